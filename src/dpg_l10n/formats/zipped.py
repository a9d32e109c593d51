"""ZIP archives of catalogues: a member is read like any file and put back in its place.

A format knows nothing of it. A member's path is that of its archive and its own name
(``i18n.zip/fr.json``). Nothing is ever unpacked into a folder.
"""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from dpg_l10n.domain.paths import ZIP, in_archive
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._archive import Archive
from dpg_l10n.formats._limits import MOST_BYTES
from dpg_l10n.i18n import N_

__all__ = ["MOST_BYTES", "Archive", "member", "members", "opened", "with_members"]

_EMPTY = b"PK\x05\x06" + bytes(18)
_OUTSIDE = re.compile(r"[A-Za-z]:|.*[\\\x00-\x1f]", re.DOTALL)
_ENCRYPTED = 0x41
"""APPNOTE 4.4.4: a password, or strong encryption."""
_SHOWN = 100
_MOST_TOGETHER = 4 * MOST_BYTES
"""Bytes of all members, unpacked."""


def opened(data: bytes) -> Archive:
    """Return an archive whose members can be told apart, read and written back.

    Raises:
        FormatError: ``format.archive``: damaged, of an unusual kind, or a member's name stands twice
            or leads outside; ``format.size``: too many members, or too large ones.
    """
    archive = Archive.read(data)
    if sum(info.file_size for info in archive.infos.values()) > _MOST_TOGETHER:
        raise FormatError(
            N_("The archive holds more than any honest one. Check where it is from."),
            code="size",
        )  # fmt: skip
    if len(archive.infos) < len(archive.names):
        twice = Counter(archive.names).most_common(1)[0][0]
        raise _refused(N_("The archive has two members named “{member}”. Remove one."), twice)
    for name in archive.names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts or _OUTSIDE.match(name):
            raise _refused(
                N_("The archive names a place outside of it: “{member}”. Do not trust where it "
                   "came from, or pack it again."),
                name,
            )  # fmt: skip
    archive.with_members({})  # what cannot be written back is refused before anyone works on it
    return archive


def members(archive: Archive) -> tuple[str, ...]:
    """Return the names of an archive's files, in its order."""
    return tuple(name for name in archive.names if _is_file(archive, name))


def member(archive: Archive, name: str) -> bytes:
    """Return what a member holds.

    Raises:
        FormatError: ``format.archive``: there is none, it is encrypted, damaged or an archive
            itself; ``format.size``: it is larger than any honest one.
    """
    if name.lower().endswith(ZIP) or in_archive(name):
        raise _refused(
            N_("“{member}” is an archive inside of an archive, which is not read. Unpack the outer "
               "one."),
            name,
        )  # fmt: skip
    info = archive.infos.get(name)
    if info is None or not _is_file(archive, name):
        raise _refused(N_("The archive has no file “{member}”."), name)
    if info.flag_bits & _ENCRYPTED:
        raise _refused(
            N_("“{member}” in the archive is encrypted. Pack the archive again without a password."),
            name,
        )  # fmt: skip
    return archive.unpacked(name) or b""


def with_members(data: bytes | None, written: Mapping[str, bytes]) -> bytes:
    """Return an archive in which some members hold something else; the same bytes where none does.

    Args:
        data: The archive; None for a new one.
        written: Content by name. A name that the archive has not is added.

    Raises:
        FormatError: As :func:`opened` and :func:`member`.
    """
    archive = opened(_EMPTY if data is None else data)
    changed = {
        name: content
        for name, content in written.items()
        if name not in archive.infos or member(archive, name) != content
    }
    return archive.with_members(changed) if changed else archive.data


def _is_file(archive: Archive, name: str) -> bool:
    return not name.endswith("/") and not stat.S_ISLNK(archive.infos[name].external_attr >> 16)


def _refused(template: str, name: str) -> FormatError:
    return FormatError(template, code="archive", member=name[:_SHOWN])
