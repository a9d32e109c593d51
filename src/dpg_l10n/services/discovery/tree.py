"""The files of a working tree: which there are, and the beginning of each."""

from __future__ import annotations

import os
import stat
import subprocess
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from dpg_l10n.domain.paths import ZIP, in_archive
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import zipped
from dpg_l10n.formats.gzipped import beginning
from dpg_l10n.services.discovery.words import is_left_out

HEAD_BYTES = 64 * 1024
LeftOut = Callable[[tuple[str, ...]], bool]
"""Tells whether a folder, as path components, is left out."""
_GIT_TIMEOUT_S = 60
_ZIP_HEAD = b"PK"


class Tree:
    """A folder as discovery sees it: sorted relative paths, and bytes on demand.

    The members of a ZIP archive are files below it (``i18n.zip/fr.json``); an archive that cannot be
    used, and one inside of another, is a file like others (:meth:`refusal` says why). Symbolic links, devices and pipes are not files of it, so nothing outside the folder is read.
    """

    def __init__(
        self, root: Path, files: Sequence[str] | None = None, *, built: bool = False
    ) -> None:
        """List the folder, or take a list of POSIX paths relative to it.

        Args:
            root: The folder.
            files: Its files, for a caller that knows them.
            built: Look into folders of build results too.
        """
        self.root = root
        self._built = built
        listed = (
            list_files(root, built=built)
            if files is None
            else [path for path in files if self._is_kept(path)]
        )
        self._archive = lru_cache(maxsize=2)(self._opened)
        named = {path for path in listed if _is_text(path)}
        self.files: list[str] = sorted(chain.from_iterable(map(self._unfolded, named)))
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
        """Tell whether a path is a regular file and not a link, or a member of an archive."""
        return self._is_regular(path) or self._member(path) is not None

    def refusal(self, path: str) -> FormatError | None:
        """Return why an archive is not looked into, None where it is, or is too large for it."""
        inside = in_archive(path)
        archive, name = inside if inside is not None else (path, "")
        try:
            found = self._archive(archive)
            if name and found is not None:
                zipped.member(found, name)
        except FormatError as error:
            return error
        return None

    def _is_regular(self, path: str) -> bool:
        try:
            return stat.S_ISREG(os.lstat(self.root / path).st_mode)
        except (OSError, ValueError):
            return False

    def _opened(self, path: str) -> zipped.Archive | None:
        """Return an archive, None where there is none of a size that is looked into."""
        data = self.read(path, zipped.MOST_BYTES)
        is_zip = data is not None and data.startswith(_ZIP_HEAD)  # else, say, a pointer of Git LFS
        return zipped.opened(data) if data is not None and is_zip else None

    def _is_kept(self, path: str) -> bool:
        return not is_left_out(tuple(path.split("/")[:-1]), built=self._built)

    def _unfolded(self, path: str) -> Sequence[str]:
        """Return the paths of an archive's members; of any other file, its own."""
        if not path.lower().endswith(ZIP) or in_archive(path):
            return (path,)
        try:
            archive = self._archive(path)
        except FormatError:
            return (path,)
        names = zipped.members(archive) if archive is not None else ()
        return [f"{path}/{name}" for name in names if self._is_kept(name)] or (path,)

    def _member(self, path: str) -> bytes | None:
        """Return what a member of an archive holds, None where it cannot be read."""
        inside = in_archive(path)
        try:
            archive = self._archive(inside[0]) if inside is not None else None
            return zipped.member(archive, inside[1]) if archive and inside else None
        except FormatError:
            return None

    def _head(self, path: str) -> bytes:
        """Return the first 64 KiB of a file, unpacked; empty where it cannot be read."""
        try:
            if not self._is_regular(path):
                return beginning((self._member(path) or b"")[:HEAD_BYTES], HEAD_BYTES)
            with (self.root / path).open("rb") as file:
                return beginning(file.read(HEAD_BYTES), HEAD_BYTES)
        except OSError:
            return b""

    def read(self, path: str, max_bytes: int) -> bytes | None:
        """Return a whole file, or None where it cannot be read or is larger."""
        try:
            place = self.root / path
            if not self._is_regular(path):
                data = self._member(path)
                return data if data is not None and len(data) <= max_bytes else None
            return place.read_bytes() if place.stat().st_size <= max_bytes else None
        except OSError:
            return None


def list_files(root: Path, *, built: bool = False) -> list[str]:
    """Return the files of a folder as POSIX paths relative to it.

    In a git checkout those that git tracks or does not ignore, elsewhere all. Vendored and test
    folders are left out in both, and built ones unless they are asked for.
    """
    left_out = partial(is_left_out, built=built)
    tracked = _tracked(root, left_out)
    return tracked or list(_walked(root, left_out))


def _is_text(path: str) -> bool:
    """Tell whether a path can be written down: one of undecodable bytes has no name in a file."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _tracked(root: Path, left_out: LeftOut) -> list[str]:
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
    once = lru_cache(maxsize=None)(left_out)  # a folder has many files
    return [path for path in paths if not once(tuple(path.split("/")[:-1]))]


def _walked(root: Path, left_out: LeftOut) -> Iterator[str]:
    """Walk without following links; a folder that is left out is never entered."""
    for folder, folders, names in os.walk(root):
        inside = Path(folder).relative_to(root).parts
        folders[:] = sorted(
            name
            for name in folders
            if not left_out((*inside, name)) and not name.endswith(".egg-info")
        )
        prefix = "".join(f"{part}/" for part in inside)
        for name in names:
            yield prefix + name
