"""Errors as pages: the same sentences that the API answers with, for people."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from dpg_l10n.errors import DpgL10nError
from dpg_l10n.i18n import N_
from dpg_l10n_api import problems
from dpg_l10n_api.pages.reader import reader_of
from dpg_l10n_api.pages.render import page

_NO_PAGE = N_("There is no such page.")
_NOT_MEANT = N_("This address cannot be meant: one of its values is not possible.")
_TOO_LONG = N_("This is more than one form may send.")
_FAULT = N_("A fault of the service; nothing was changed.")


class PageRoute(APIRoute):
    """A route whose errors are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler of the route, which answers errors with a page."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except DpgL10nError as error:
                return _told(request, error)
            except RequestValidationError:
                return _fault(request, 422, _NOT_MEANT)

        return answer


def install(app: FastAPI, root: str) -> None:
    """Answer browsers with a page where no route could; others get a problem.

    Args:
        app: The application, whose problems are installed.
        root: Path below which the API lies; its addresses are never pages.
    """

    def wants_page(request: Request) -> bool:
        asks = "text/html" in request.headers.get("accept", "")
        return asks and not request.url.path.startswith(root)

    def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
        if wants_page(request):
            said = _TOO_LONG if error.status_code == 413 else _NO_PAGE
            return _fault(request, error.status_code, said)
        return problems.on_http(request, error)

    def on_fault(request: Request, error: Exception) -> Response:
        # the server logs the traceback: Starlette raises the error again after this answer
        if wants_page(request):
            return _fault(request, 500, _FAULT)
        return problems.on_fault(request, error)

    def on_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, DpgL10nError)  # noqa: S101 - as above
        return _told(request, error) if wants_page(request) else problems.response(error)

    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(DpgL10nError, on_error)
    app.add_exception_handler(Exception, on_fault)


def _told(request: Request, error: DpgL10nError) -> Response:
    body = problems.described(error, reader_of(request).say)
    return _fault(request, int(body["status"]), str(body["detail"]))


def _fault(request: Request, status: int, sentence: str) -> Response:
    wrote = request.method == "POST"
    return page(request, "fault.html", status=status, sentence=sentence, wrote=wrote)
