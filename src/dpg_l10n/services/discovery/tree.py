"""The files of a working tree: which there are, and the beginning of each."""

from __future__ import annotations

import os
import stat
import subprocess
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from dpg_l10n.formats.gzipped import beginning
from dpg_l10n.services.discovery.words import is_left_out

HEAD_BYTES = 64 * 1024
_GIT_TIMEOUT_S = 60


class Tree:
    """A folder as discovery sees it: sorted relative paths, and bytes on demand.

    Symbolic links, devices and pipes are not files of it, so nothing outside the folder is read.
    """

    def __init__(self, root: Path, files: Sequence[str] | None = None) -> None:
        """List the folder, or take a list of POSIX paths relative to it."""
        self.root = root
        listed = list_files(root) if files is None else [path for path in files if _is_kept(path)]
        self.files: list[str] = sorted({path for path in listed if _is_text(path)})
        self.present = frozenset(self.files)
        self.head = lru_cache(maxsize=256)(self._head)

    def under(self, prefix: str) -> Iterator[str]:
        """Yield the paths that begin with a prefix, sorted."""
        start = bisect_left(self.files, prefix)
        for place in range(start, len(self.files)):
            if not self.files[place].startswith(prefix):
                return
            yield self.files[place]

    def is_file(self, path: str) -> bool:
        """Tell whether a path is a regular file, and not a link."""
        try:
            return stat.S_ISREG(os.lstat(self.root / path).st_mode)
        except (OSError, ValueError):
            return False

    def _head(self, path: str) -> bytes:
        """Return the first 64 KiB of a file, unpacked; empty where it cannot be read."""
        try:
            if not self.is_file(path):
                return b""
            with (self.root / path).open("rb") as file:
                return beginning(file.read(HEAD_BYTES), HEAD_BYTES)
        except OSError:
            return b""

    def read(self, path: str, max_bytes: int) -> bytes | None:
        """Return a whole file, or None where it cannot be read or is larger."""
        try:
            place = self.root / path
            if not self.is_file(path) or place.stat().st_size > max_bytes:
                return None
            return place.read_bytes()
        except OSError:
            return None


def list_files(root: Path) -> list[str]:
    """Return the files of a folder as POSIX paths relative to it.

    In a git checkout those that git tracks or does not ignore, elsewhere all. Vendored, built and
    test folders are left out in both.
    """
    tracked = _tracked(root)
    return tracked or list(_walked(root))


def _is_text(path: str) -> bool:
    """Tell whether a path can be written down: one of undecodable bytes has no name in a file."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_kept(path: str) -> bool:
    return not is_left_out(tuple(path.split("/")[:-1]))


def _tracked(root: Path) -> list[str]:
    if not any((folder / ".git").exists() for folder in (root, *root.resolve().parents)):
        return []
    command = (
        "git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "-C", str(root),
        "ls-files", "-z", "--cached", "--others", "--exclude-standard",
    )  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 - fixed words; a checkout's own hook is switched off
            command, capture_output=True, check=True, timeout=_GIT_TIMEOUT_S
        )
    except (OSError, subprocess.SubprocessError):
        return []
    paths = (os.fsdecode(path) for path in done.stdout.split(b"\0") if path)
    kept = _remember(is_left_out)
    return [path for path in paths if not kept(tuple(path.split("/")[:-1]))]


def _remember(
    ask: Callable[[tuple[str, ...]], bool],
) -> Callable[[tuple[str, ...]], bool]:
    """Ask once for each folder: a folder has many files."""
    return lru_cache(maxsize=None)(ask)


def _walked(root: Path) -> Iterator[str]:
    """Walk without following links; a folder that is left out is never entered."""
    for folder, folders, names in os.walk(root):
        inside = Path(folder).relative_to(root).parts
        folders[:] = sorted(
            name
            for name in folders
            if not is_left_out((*inside, name)) and not name.endswith(".egg-info")
        )
        prefix = "".join(f"{part}/" for part in inside)
        for name in names:
            yield prefix + name
