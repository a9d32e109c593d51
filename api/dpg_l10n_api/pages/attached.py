"""Files that pages hand out."""

from __future__ import annotations

from fastapi import Response

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By the ending of a name."""


def attached(data: bytes, name: str) -> Response:
    """Return a file that browsers save and never run; its name says what it is."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(data, media_type=MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)
