"""ZIP archives as other tools make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive whose members are dated and packed in different ways."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.comment = b"sent by the ministry"
        for number, (name, data) in enumerate(files.items()):
            info = zipfile.ZipInfo(name, (2020 + number, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED
            info.comment = f"member {number}".encode()
            archive.writestr(info, data)
    return into.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return what the members of an archive hold, by name in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
