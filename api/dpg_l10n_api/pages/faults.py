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
from dpg_l10n_api.pages.render import page

_NO_PAGE = N_("There is no such page.")
_NOT_MEANT = N_("This address cannot be meant: one of its values is not possible.")


class PageRoute(APIRoute):
    """A route whose errors are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler of the route, which answers errors with a page."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except DpgL10nError as error:
                body = problems.described(error)
                return _fault(request, int(body["status"]), str(body["detail"]))
            except RequestValidationError:
                return _fault(request, 422, _NOT_MEANT)

        return answer


def install(app: FastAPI, root: str) -> None:
    """Answer browsers that ask for an unknown page with a page; others get a problem.

    Args:
        app: The application, whose problems are installed.
        root: Path below which the API lies; its addresses are never pages.
    """

    def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
        wants_page = "text/html" in request.headers.get("accept", "")
        if error.status_code == 404 and wants_page and not request.url.path.startswith(root):
            return _fault(request, 404, _NO_PAGE)
        return problems.on_http(request, error)

    app.add_exception_handler(HTTPException, on_http)


def _fault(request: Request, status: int, sentence: str) -> Response:
    return page(request, "fault.html", status=status, sentence=sentence)
