"""Reading and writing the files of a working tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dpg_l10n.errors import InputError
from dpg_l10n.i18n import N_


def read_limited(file: Path, max_bytes: int, path: str) -> bytes:
    """Return the bytes of a file.

    Args:
        file: Where it is.
        max_bytes: Largest size that is read.
        path: Name for messages.

    Raises:
        InputError: ``input.size``: it is larger; ``input.kind``: it is no regular file.
        OSError: It cannot be read.
    """
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

    Raises:
        OSError: It cannot be written; what was there stays.
    """
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def write_whole(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the folders that it lies in.

    Raises:
        OSError: It cannot be written; what was there stays.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file) as out:
        out.write(data)
