"""Forms: what a browser posts, and where it goes afterwards."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n_api.pages.faults import PageRoute

_MOST_BYTES = 4_000_000
_MOST_FIELDS = 2_000


class TooLongError(UsageError):
    """A form with more than any of our pages sends."""

    code = "request.too_long"
    template = N_("This is more than one form may send.")


class Posted:
    """The fields of a form.

    Args:
        data: As the framework read them.
    """

    def __init__(self, data: FormData) -> None:
        """Keep the fields."""
        self._data = data

    def __contains__(self, name: str) -> bool:
        """Tell whether a field was sent."""
        return name in self._data

    def get(self, name: str, most: int = 100_000) -> str:
        """Return a field cut to its longest value, empty where it was not sent.

        Browsers send line breaks as CR LF; texts hold LF.
        """
        value = self._data.get(name)
        return value.replace("\r\n", "\n")[:most] if isinstance(value, str) else ""

    def all(self, name: str) -> list[str]:
        """Return every value of a field."""
        return [value for value in self._data.getlist(name) if isinstance(value, str)]

    def names(self, prefix: str) -> list[str]:
        """Return the names of fields that begin alike, in the order of the form."""
        return [name for name in dict(self._data) if name.startswith(prefix)]

    async def file(self, name: str) -> tuple[str, bytes] | None:
        """Return name and bytes of a file that was chosen, None where none was."""
        value = self._data.get(name)
        if not isinstance(value, UploadFile) or not value.filename:
            return None
        data = await value.read()
        await value.close()
        return value.filename, data


async def _posted(request: Request) -> Posted:
    """Return the fields of a form.

    Raises:
        TooLongError: It is longer than any of ours.
    """
    if int(request.headers.get("content-length") or 0) > _MOST_BYTES:
        raise TooLongError
    return Posted(await request.form(max_fields=_MOST_FIELDS, max_files=1))


Fields = Annotated[Posted, Depends(_posted)]


class DeskRoute(PageRoute):
    """A route of pages that are for people who signed in: others are sent to sign in first."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler of the route."""
        shown = super().get_route_handler()

        async def answer(request: Request) -> Response:
            response = await shown(request)
            if response.status_code != 401 or request.method != "GET":
                return response
            there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/signin?next={quote(there)}", 303)

        return answer


def see(address: str) -> Response:
    """Return the answer that makes a browser get a page after it posted a form."""
    return RedirectResponse(address, 303)
