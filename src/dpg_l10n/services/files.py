"""Reading and writing the files of a working tree, those in ZIP archives among them."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dpg_l10n.domain.paths import ZIP, in_archive
from dpg_l10n.errors import FormatError, InputError
from dpg_l10n.formats import zipped
from dpg_l10n.i18n import N_


def archive_above(file: Path) -> tuple[Path, str] | None:
    """Return the ZIP archive that a path leads into and the member's name, None of other paths.

    The archive may be one that is not there yet; a folder that is called like one is none.
    """
    for above in reversed(file.parents):
        if above.suffix.lower() == ZIP and not above.is_dir():
            return above, file.relative_to(above).as_posix()
    return None


def is_there(file: Path) -> bool:
    """Tell whether a path leads to something, in an archive too.

    Raises:
        FormatError: The archive cannot be used.
    """
    inside = archive_above(file)
    if inside is None or not inside[0].is_file():
        return file.exists()
    return inside[1] in zipped.members(zipped.opened(inside[0].read_bytes()))


def list_below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder; those of an archive where the folder is one, or lies in one.

    Raises:
        FormatError: The archive cannot be used.
    """
    inside = archive_above(folder / "any")
    if inside is None:
        yield from (path for path in folder.rglob("*") if path.is_file())
    elif inside[0].is_file():
        for name in zipped.members(zipped.opened(inside[0].read_bytes())):
            yield inside[0] / name


def read_archive(path: str, read: Callable[[str], bytes]) -> tuple[str, bytes] | None:
    """Return the archive that a path leads into with its bytes, None of other paths.

    Args:
        path: Relative to a project.
        read: Returns the bytes of a path.

    Raises:
        InputError: The archive cannot be read.
        OSError: As ``read``.
    """
    inside = in_archive(path)
    if inside is None:
        return None
    try:
        return inside[0], read(inside[0])
    except InputError as error:
        if error.error_code == "input.kind":
            return None  # a folder that is called like an archive
        raise


def read_limited(file: Path, max_bytes: int, path: str) -> bytes:
    """Return the bytes of a file, or of a member of an archive.

    Args:
        file: Where it is.
        max_bytes: Largest size that is read.
        path: Name for messages.

    Raises:
        InputError: ``input.size``: it is larger; ``input.kind``: it is no regular file.
        FormatError: It is in an archive that cannot be used, or no member that can be read.
        OSError: It cannot be read.
    """
    inside = archive_above(file)
    if inside is not None:
        archive, name = inside
        at = path.removesuffix(f"/{name}")
        data = _within(archive, max_bytes, at)
        try:
            return zipped.member(zipped.opened(data), name)
        except FormatError as error:
            error.path = at
            raise
    return _within(file, max_bytes, path)


def _within(file: Path, max_bytes: int, path: str) -> bytes:
    if not file.is_file():
        if file.exists():
            raise InputError(N_("{path} is no file."), code="input.kind", path=path)
        raise InputError(N_("{path} does not exist."), code="input.missing", path=path)
    size = file.stat().st_size
    if size > max_bytes:
        raise InputError(
            N_(
                "{path} has {size} MB; files above {limit} MB are refused. Catalogues are smaller; "
                "when this one is not: DPG_L10N_MAX_FILE_MB={size}"
            ),
            code="input.size", path=path, size=-(-size // 1_048_576), limit=max_bytes // 1_048_576,
        )  # fmt: skip
    return file.read_bytes()


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of another one when all of it is written.

    It gets the permissions of the one whose place it takes.

    Raises:
        OSError: It cannot be written; what was there stays.
    """
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("wb") as out:
            yield out
        if file.is_file():
            part.chmod(stat.S_IMODE(file.stat().st_mode))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def write_whole(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the folders that it lies in.

    What lies in an archive is put into it, and the archive is written.

    Raises:
        FormatError: It lies in an archive that cannot be used.
        OSError: It cannot be written; what was there stays.
    """
    inside = archive_above(file)
    if inside is not None:
        file, name = inside
        data = zipped.with_members(file.read_bytes() if file.exists() else None, {name: data})
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file) as out:
        out.write(data)
