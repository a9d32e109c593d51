"""Static files: found by what they hold, so that a browser may keep each for ever."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

FOLDER = Path(__file__).with_name("static")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_FOR_EVER = "public, max-age=31536000, immutable"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file, read once."""

    media_type: str
    data: bytes
    compressed: bytes
    """With gzip; the same bytes on every machine."""


@lru_cache(maxsize=1)
def _assets() -> tuple[dict[str, str], dict[str, Asset]]:
    """Return addresses by name, and files by address."""
    addresses, files = {}, {}
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix not in _TYPES:
            continue
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()[:12]
        name = path.relative_to(FOLDER).as_posix()
        address = f"{name.removesuffix(path.suffix)}.{digest}{path.suffix}"
        addresses[name] = f"/static/{address}"
        files[address] = Asset(_TYPES[path.suffix], data, gzip.compress(data, 9, mtime=0))
    return addresses, files


def address(name: str) -> str:
    """Return where a static file is served: ``/static/app.0123456789ab.css`` of ``app.css``."""
    return _assets()[0][name]


@router.get("/static/{name:path}", name="static")
def static(request: Request, name: str) -> Response:
    """Answer with a static file; its address changes when it does."""
    asset = _assets()[1].get(name)
    if asset is None:
        raise HTTPException(404)
    headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.compressed, media_type=asset.media_type, headers=headers)
    return Response(asset.data, media_type=asset.media_type, headers=headers)
