"""Files that are sent: whole on disk first, so that an error is a problem and never half a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from fastapi.responses import StreamingResponse

from dpg_l10n.interchange.plain import plain

_PORTION = 1 << 18
REPORT = "X-Report"
REPORTED = {
    REPORT: {
        "description": "What was written, as the console prints it with `--json`.",
        "schema": {"type": "string"},
    }
}
"""What operations that send a file say of their headers."""


def download(
    write: Callable[[Callable[[bytes], object]], object], name: str, media_type: str
) -> StreamingResponse:
    """Return what a use case writes as a file.

    Args:
        write: Is called with what takes bytes; returns the report of what it wrote.
        name: Of the file; characters that a header cannot hold become hyphens.
        media_type: Of the file.
    """
    file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - closed when it is sent
    try:
        report = write(file.write)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    safe = "".join(
        each if each.isascii() and (each.isalnum() or each in "._") else "-" for each in name
    )
    return StreamingResponse(
        _portions(file), media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{safe}"', REPORT: told(report)},
    )  # fmt: skip


def told(report: object) -> str:
    """Return a report as the value of a header: JSON without a character that a header cannot hold."""
    return json.dumps(plain(report))


def _portions(file: BinaryIO) -> Iterator[bytes]:
    with closing(file):
        while data := file.read(_PORTION):
            yield data
