"""Errors as RFC 9457 problems: the one place that knows the status of a class of errors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from dpg_l10n.errors import (
    AccessError,
    ConfigError,
    ConflictError,
    DpgL10nError,
    ForbiddenError,
    GateError,
    InputError,
    NotFoundError,
    SignInError,
    StaleRevisionError,
    ThrottledError,
    UnavailableError,
    UsageError,
)
from dpg_l10n.i18n import N_

MEDIA_TYPE = "application/problem+json"
URN = "urn:dpg-l10n:problem:"
_LOG = logging.getLogger(__name__)


@runtime_checkable
class Described(Protocol):
    """An application that knows its operations."""

    def methods_of(self, path: str) -> list[str]:
        """Return the methods of an address, none where it has no operation."""


class CursorError(UsageError):
    """A cursor that no list of ours gave out."""

    code = "request.cursor"
    template = N_("This is no cursor of this list. Take “next” of a page as it is, or none.")


class FieldsError(UsageError):
    """Members of units that there are not."""

    code = "request.fields"
    template = N_("Units have no “{field}”. They have: {known}.")


class RevisionMissingError(UsageError):
    """A write that does not say on which revision it was made."""

    code = "request.revision_missing"
    template = N_("Name the revision that you saw: If-Match with the ETag of what you read.")


class RevisionUnreadableError(UsageError):
    """An If-Match that names no revision, or several."""

    code = "request.revision"
    template = N_('If-Match names one revision, as "3", or "0" when nothing was there.')


class ForeignHostError(UsageError):
    """A request for another host: a page elsewhere may have pointed its name at this machine."""

    code = "request.host"
    template = N_("This service is not called “{host}”.")


class ForeignOriginError(UsageError):
    """A write that a page of another origin makes a browser send."""

    code = "request.origin"
    template = N_("Pages of another origin may not change anything here.")


_KINDS: dict[type[DpgL10nError], tuple[int, str]] = {
    DpgL10nError: (500, "Internal error"),
    UsageError: (422, "The request cannot be meant"),
    ConfigError: (500, "Internal error"),
    NotFoundError: (404, "Not found"),
    InputError: (422, "The input is refused"),
    UnavailableError: (503, "Not available now"),
    AccessError: (403, "Not allowed"),
    SignInError: (401, "Sign in first"),
    ForbiddenError: (403, "Not allowed"),
    ThrottledError: (429, "Too many tries"),
    ConflictError: (409, "Conflict"),
    GateError: (409, "The gate is shut"),
    StaleRevisionError: (412, "The text was changed meanwhile"),
    CursorError: (422, "Unknown cursor"),
    FieldsError: (422, "Unknown field"),
    RevisionMissingError: (428, "The revision is missing"),
    RevisionUnreadableError: (422, "The revision cannot be read"),
    ForeignHostError: (421, "Another host is meant"),
    ForeignOriginError: (403, "Another origin asks"),
}
_TITLES = {
    "request.invalid": "The request is not valid",
    "request.address": "No such address",
    "request.method": "This method is not allowed here",
    "request.size": "The body is too large",
    "request.refused": "The request is refused",
    "internal": "Internal error",
}
_HTTP = {
    404: "request.address",
    405: "request.method",
    413: "request.size",
    422: "request.invalid",
}
_MEANINGS = {
    401: "Nobody is signed in, or with a secret that is not good.",
    403: "Who asks may not do this, or a page of another origin asks for a change.",
    404: "No such project, catalogue, unit, language, account or token.",
    408: "The body came too slowly.",
    409: "It is against a rule: a text with errors, a second person is needed, a name is taken.",
    412: "Another revision is current; it is in `current`. A text of yours is kept as a suggestion.",
    413: "The body is larger than it may be here.",
    421: "The Host header names another service.",
    422: "A parameter or the body cannot be meant.",
    428: "If-Match is missing.",
    429: "Too many tries; `Retry-After` says how long to wait.",
    500: N_("A fault of the service; nothing was changed."),
    503: N_("The store cannot be used now."),
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what an operation says of its problems, for FastAPI's ``responses``."""
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {
                MEDIA_TYPE: {
                    "schema": {
                        "$ref": "#/components/schemas/"
                        + ("StaleProblem" if status == 412 else "Problem")
                    }
                }
            },
        }
        for status in statuses
    }


def described(error: DpgL10nError, say: Callable[[str], str] = str) -> dict[str, Any]:
    """Return the problem that an error is.

    Args:
        error: What happened. What a fault of the service says stays in its log: it may name paths.
        say: Translates a sentence for who reads it; programs get English.
    """
    kind = next(kind for kind in type(error).__mro__ if kind in _KINDS)
    status, title = _KINDS[kind]
    if status >= 500:
        _LOG.error("%s: %s", error.error_code, error)
        return _body(status, error.error_code, title, say(_MEANINGS[status]))
    # the hint of a missing name is for the console: it lists all names, and commands
    shown = {**error.params, "hint": ""} if kind is NotFoundError else error.params
    detail = type(error)(say(error.message_template), code=error.error_code, **shown)
    return _body(status, error.error_code, title, str(detail).strip())


def response(error: DpgL10nError, /, **members: Any) -> JSONResponse:
    """Return the answer to an error, with more members of the problem."""
    body = {**described(error), **members}
    headers = {}
    if isinstance(error, ThrottledError):
        headers["Retry-After"] = str(error.params.get("seconds", 1))
    if isinstance(error, SignInError):
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, body["status"], headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make the application answer every error with a problem."""
    app.add_exception_handler(DpgL10nError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, on_fault)


def _body(status: int, code: str, title: str, detail: str) -> dict[str, Any]:
    return {"type": URN + code, "title": title, "status": status, "detail": detail}


def _problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    headers: dict[str, str] | None = None,
    **members: Any,
) -> JSONResponse:
    body = {**_body(status, code, title, detail), **members}
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


# Starlette types every handler as one of Exception, whatever class it is registered for.
def _on_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DpgL10nError)  # noqa: S101 - registered for this class
    return response(error)


def _on_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    return invalid(error)


def invalid(error: RequestValidationError, *, as_error: bool = False) -> JSONResponse:
    """Return the answer to a request that is not valid.

    Args:
        error: What is not valid, and where.
        as_error: True where clients look for the sentence in a member ``error``.
    """
    # the input itself is not repeated: it may be long, or somebody's
    faults = [{"place": _place(one["loc"]), "message": one["msg"]} for one in error.errors()]
    detail = "; ".join(f"{fault['place']}: {fault['message']}" for fault in faults[:3])
    more: dict[str, Any] = {"error": detail} if as_error else {}
    title = _TITLES["request.invalid"]
    return _problem(422, "request.invalid", title, detail, errors=faults, **more)


def _place(parts: Sequence[int | str]) -> str:
    return "/".join(map(str, parts))


def on_http(request: Request, error: Exception) -> JSONResponse:
    """Answer what the framework refuses: an unknown address, a method that is not allowed."""
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    if error.status_code == 405 and isinstance(request.app, Described):
        # an address with several methods is several routes, and the framework names those of one
        methods = request.app.methods_of(request.url.path)
        error.headers = {"Allow": ", ".join(methods)} if methods else error.headers
    return refused(error)


def refused(error: HTTPException, /, **members: Any) -> JSONResponse:
    """Return the answer to what the framework refuses, with more members of the problem."""
    # a body that cannot be read: the framework calls it 400, all others that cannot be meant are 422
    status = 422 if error.status_code == 400 else error.status_code
    code = _HTTP.get(status, "request.refused")
    headers = dict(error.headers) if error.headers else None
    return _problem(status, code, _TITLES[code], str(error.detail), headers=headers, **members)


def on_fault(_request: Request, _error: Exception) -> JSONResponse:
    """Answer a fault of the service."""
    # the server logs the traceback: Starlette raises the error again after this answer
    return _problem(500, "internal", _TITLES["internal"], _MEANINGS[500])
