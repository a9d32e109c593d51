"""Unpack an ``.argosmodel`` archive that a stranger may have made.

Everything is judged before the first byte is written, and bytes are counted while they are: what
an archive says of its own sizes proves nothing.
"""

from __future__ import annotations

import errno
import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from dpg_l10n.engines.package.metadata import DESCRIPTION, METADATA
from dpg_l10n.errors import PackageError
from dpg_l10n.i18n import N_

MAX_BYTES = 2 * 1024**3
"""Most bytes of an unpacked package."""

MAX_RATIO = 200
"""Most times that an archive may grow; models hardly shrink when they are packed."""

MAX_FILES = 10_000

_CHUNK = 1024 * 1024
_DAMAGED = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OverflowError,
    struct.error, zlib.error, lzma.LZMAError, IndexError, OSError,
)  # fmt: skip
"""What the standard library raises on archives that are damaged, or that it cannot unpack."""

_OURS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO})
"""Faults of this machine; any other of the system's errors is due to a name in the archive."""


def unpack(path: Path, into: Path) -> Path:
    """Unpack an archive into an empty folder.

    Returns:
        The package's folder: the one folder at the top of the archive.

    Raises:
        PackageError: ``package.archive``: not a zip archive, or a damaged one; ``package.path``: an
            entry that would be written elsewhere, a link, or not exactly one folder at the top;
            ``package.size``: too large; ``package.metadata``: no ``metadata.json``.
        OSError: This machine cannot write it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            top = _judge(path, entries)
            budget = min(MAX_BYTES, MAX_RATIO * max(path.stat().st_size, 1))
            for entry in entries:
                if not entry.is_dir():
                    budget -= _write(archive, entry, into, budget, path)
    except _DAMAGED as error:
        if isinstance(error, OSError) and error.errno in _OURS:
            raise
        raise PackageError(
            N_("{path}: not a model package, or a damaged one: {detail}"),
            code="package.archive", path=path, detail=error,
        ) from error  # fmt: skip
    return into / top


def _judge(path: Path, entries: list[zipfile.ZipInfo]) -> str:
    """Return the name of the top folder, or raise for the first entry that is not allowed."""
    if len(entries) > MAX_FILES:
        raise _too_large(path)
    if sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise _too_large(path)
    seen: set[str] = set()
    tops: set[str] = set()
    for entry in entries:
        name = entry.filename
        mode = entry.external_attr >> 16
        if entry.flag_bits & 0x1:
            raise _refused(path, N_("{path}: “{entry}” is encrypted"), name)
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise _refused(path, N_("{path}: “{entry}” is a link or a device"), name)
        if not _stays_inside(name, folder=entry.is_dir()):
            raise _refused(path, N_("{path}: “{entry}” lies outside the package's folder"), name)
        folded = name.rstrip("/").casefold()
        if folded in seen:
            raise _refused(path, N_("{path}: “{entry}” is there twice"), name)
        seen.add(folded)
        tops.add(name.split("/", 1)[0])
    if len(tops) != 1:
        raise _refused(
            path, N_("{path}: not one folder at the top but: {entry}"), ", ".join(sorted(tops)[:5])
        )
    top = tops.pop()
    if not any(f"{top}/{name}".casefold() in seen for name in (METADATA, DESCRIPTION)):
        raise PackageError(
            N_("{path}: there is no {file} in the archive"),
            code="package.metadata", path=path, file=METADATA,
        )  # fmt: skip
    return top


def _stays_inside(name: str, *, folder: bool) -> bool:
    if "\\" in name or ":" in name or any(ord(character) < 32 for character in name):
        return False
    parts = name.removesuffix("/").split("/")
    # A file directly at the top belongs to no folder; "" stands for a leading or double slash.
    return (folder or len(parts) > 1) and not any(part in ("", ".", "..") for part in parts)


def _write(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path, budget: int, path: Path
) -> int:
    target = into / PurePosixPath(entry.filename)
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(entry) as packed, target.open("xb") as file:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            if written > budget:
                raise _too_large(path)
            file.write(chunk)
    return written


def _too_large(path: Path) -> PackageError:
    return PackageError(
        N_("{path}: larger than {limit} MB when unpacked, {ratio} times its size, or {files} files"),
        code="package.size", path=path, limit=MAX_BYTES // 1024**2, ratio=MAX_RATIO,
        files=MAX_FILES,
    )  # fmt: skip


def _refused(path: Path, template: str, entry: str) -> PackageError:
    return PackageError(template, code="package.path", path=path, entry=entry[:200])
