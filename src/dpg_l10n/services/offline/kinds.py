"""The formats of offline packages, and which one a file that comes back is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from dpg_l10n.formats.workbook import is_archive
from dpg_l10n.services.offline import po, sheet, xliff
from dpg_l10n.services.offline.content import Contents, Package, Packed


class Kind(NamedTuple):
    """One format of packages."""

    suffix: str
    media_type: str
    write: Callable[[Package], bytes]
    read: Callable[[bytes], Contents]
    holds: Callable[[Packed], bool]


KINDS: Mapping[str, Kind] = {
    "po": Kind(".po", "text/x-gettext-translation", po.write, po.read, po.holds),
    "xliff": Kind(".xlf", "application/x-xliff+xml", xliff.write, xliff.read, xliff.holds),
    "xlsx": Kind(
        ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.write,
        sheet.read, sheet.holds,
    ),
}  # fmt: skip
_SNIFFED = 4096


def read(data: bytes) -> Contents:
    """Return what a file brings back, in whatever format it is.

    Raises:
        FormatError: It is broken as a whole.
        InputError: ``offline.format``: it is no package.
    """
    head = data[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n")
    if is_archive(data):
        found = sheet.read(data)
    elif head.startswith(b"<"):
        found = xliff.read(data)
    elif b"msgid" in data:
        found = po.read(data)
    else:
        found = sheet.read(data)
    if not any(line.mark for line in found.lines):
        raise sheet.no_package()
    return found
