"""Archives that jobs leave: the same files make the same bytes."""

from __future__ import annotations

import zipfile

RESULT = "result.zip"
"""Name of the archive that an export or a report leaves, among the files of its job."""
_WHEN = (1980, 1, 1, 0, 0, 0)


def add_file(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    """Add a file to an archive, without the time."""
    member = zipfile.ZipInfo(path, _WHEN)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    archive.writestr(member, data)
