"""Files of the index: written beside their name, made to last, then put in place in one step."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dpg_l10n.memory.segment import Segment
from dpg_l10n.ports.memory import Place

_MAGIC = b"dpg-l10n memory 2\n"
"""Its number changes with the arrays or the pieces; files of another number are made anew."""
_HEAD = 4096
"""Bytes before the first array."""
_ALIGNED = 64
PART = ".part"
"""How the names of files and folders end that are only needed while one is written."""
_ABANDONED_S = 3600
"""Seconds after which whoever wrote one is taken for dead."""


class Head(NamedTuple):
    """What a file says of itself."""

    after: int
    """Number of the place after which its texts came."""
    place: Place
    """How far the store had been read when it was written."""


class Writer:
    """Writes arrays one after another into a file, and at last where they are.

    Args:
        file: Empty, open for writing.
        folder: For files that are needed meanwhile; None takes that of the system.
    """

    def __init__(self, file: BinaryIO, folder: Path | None = None) -> None:
        """Leave room for what is said at the end."""
        self.folder = folder
        self._file = file
        self._file.write(bytes(_HEAD))
        self._head: dict[str, Any] = {"arrays": {}}

    def say(self, name: str, value: str | int) -> None:
        """Note a fact about the whole file."""
        self._head[name] = value

    def say_head(self, head: Head) -> None:
        """Note which texts of the store are in the file."""
        self._head |= {"after": head.after, "last": head.place.number}
        self.put_bytes("mark", (head.place.mark,))

    def put(self, name: str, array: NDArray[Any]) -> None:
        """Write an array."""
        self.put_all(name, (array,), array.dtype)

    def put_all(self, name: str, pieces: Iterable[NDArray[Any]], kind: np.dtype[Any]) -> None:
        """Write an array that comes in pieces."""
        begin, count = self._align(), 0
        for piece in pieces:
            self._file.write(piece.tobytes())
            count += len(piece)
        self._head["arrays"][name] = [kind.str, begin, count]

    def put_bytes(self, name: str, data: Iterable[bytes]) -> int:
        """Write bytes; return where they begin."""
        begin, count = self._align(), 0
        for piece in data:
            self._file.write(piece)
            count += len(piece)
        self._head["arrays"][name] = ["|u1", begin, count]
        return begin

    def finish(self) -> None:
        """Say where everything is, and wait until the disk has it."""
        self._head["size"] = self._file.tell()
        said = json.dumps(self._head).encode()
        self._file.seek(0)
        self._file.write(_MAGIC + b"%08x %s\n" % (zlib.crc32(said), said))
        self._file.flush()
        os.fsync(self._file.fileno())

    def _align(self) -> int:
        at = self._file.tell()
        self._file.write(bytes(-at % _ALIGNED))
        return at + -at % _ALIGNED


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give an empty file that takes the place of another when it is whole.

    Until then, and after a crash at any time, the other one is there as it was.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=PART)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _keep(path.parent)


def sweep(folder: Path) -> None:
    """Take away what programs that died left behind."""
    oldest = time.time() - _ABANDONED_S
    for path in folder.glob(f"*{PART}"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < oldest:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def read(file: BinaryIO) -> tuple[Head, Segment] | None:
    """Return what a file says of itself and its segment, None where it is no whole file of ours.

    The file may be closed after that.
    """
    start = file.read(_HEAD)
    checksum, _, said = start.removeprefix(_MAGIC).partition(b" ")
    said = said.partition(b"\n")[0]
    if not start.startswith(_MAGIC) or checksum != b"%08x" % zlib.crc32(said):
        return None
    found: dict[str, Any] = json.loads(said)
    if found["size"] != os.fstat(file.fileno()).st_size:
        return None
    mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
    arrays = {
        name: np.frombuffer(mapped, dtype=kind, offset=begin, count=count)
        for name, (kind, begin, count) in found.pop("arrays").items()
        if name != "texts"
    }
    mark = arrays.pop("mark").tobytes()
    head = Head(found["after"], Place(found["last"], mark))
    return head, Segment(mapped, found["bits"], **arrays)


def _keep(folder: Path) -> None:
    """Make a new name in a folder last, where systems can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
