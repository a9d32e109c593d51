"""Requests that a browser was tricked into: refused before any route sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dpg_l10n_api.problems import ForeignHostError, ForeignOriginError, response

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""How a service is called that only this machine reaches."""
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]/@]+)(?::[0-9]{1,5})?")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Refuses foreign Host headers and writes from pages of other origins.

    A page whose name was pointed at this machine after it was loaded (DNS rebinding) still says its
    own name in Host; a page elsewhere that posts here says its own origin.

    Args:
        app: The application.
        names: Host names that are ours, without ports; IPv6 addresses in brackets.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        """Remember the names in lower case."""
        self._app = app
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused request, pass others on and mark their answers as not to be kept."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is not None:
            await response(refusal)(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, send_marked)

    def _refusal(
        self, method: str, headers: Headers
    ) -> ForeignHostError | ForeignOriginError | None:
        host = headers.get("host", "").lower()
        match = _HOST.fullmatch(host)
        if match is None or match[1] not in self._names:
            return ForeignHostError(host=host[:100])
        if method in _SAFE:
            return None
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in (f"http://{host}", f"https://{host}"):
            return ForeignOriginError()
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return ForeignOriginError()
        return None


def inside(address: str, otherwise: str = "/") -> str:
    """Return an address of ours, or another one where it leads elsewhere."""
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain and not parts.netloc and not parts.scheme else otherwise
