"""An uploaded archive: looked at before anything is unpacked, and unpacked within limits."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from dpg_l10n.errors import InputError
from dpg_l10n.i18n import N_

UPLOAD = "upload.zip"
"""Name of the file that goes with a push."""
DIGEST = "sha256"
"""Argument of a job with a key: the digest of its file, by which another question is known."""
_PORTION = 1 << 20
_MOST_FILES = 20_000
_FOLDERS = frozenset({"..", ".git"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an upload may be."""

    file_bytes: int
    """Of one file, unpacked."""
    upload_bytes: int
    """Of the archive."""

    @property
    def unpacked_bytes(self) -> int:
        """Of all files together, unpacked: catalogues are words, which pack well."""
        return 10 * self.upload_bytes


@contextmanager
def unpacked(file: BinaryIO, limits: Limits) -> Iterator[Path]:
    """Unpack an archive into a folder that is gone at the end.

    Raises:
        InputError: ``input.archive``: it is no ZIP, or names places outside; ``input.size``: it is
            larger than it may be.
    """
    with TemporaryDirectory(prefix="dpg-l10n-") as folder:
        try:
            with zipfile.ZipFile(file) as archive:
                _unpack(archive, Path(folder), limits)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
            # the module says so of passwords, unknown compression and torn entries
            raise _refused(str(error) or "it is no ZIP archive") from error
        except (EOFError, OSError, zipfile.LargeZipFile) as error:
            raise _refused(str(error) or "it ends too early") from error
        yield Path(folder)


def _unpack(archive: zipfile.ZipFile, folder: Path, limits: Limits) -> None:
    members = [each for each in archive.infolist() if not each.is_dir()]
    if len(members) > _MOST_FILES:
        raise _refused(f"it holds more than {_MOST_FILES:,} files")
    left = limits.unpacked_bytes
    for member in members:
        place = folder / _path(member.filename)
        place.parent.mkdir(parents=True, exist_ok=True)
        written = 0
        # what the archive says of its sizes may be a lie: what comes out is counted
        with archive.open(member) as packed, place.open("xb") as target:
            while data := packed.read(_PORTION):
                written += len(data)
                if written > min(limits.file_bytes, left):
                    raise InputError(
                        N_("{path} is too large: files of an upload have at most {limit} MB."),
                        code="input.size", path=member.filename[:200],
                        limit=limits.file_bytes // 1_048_576,
                    )  # fmt: skip
                target.write(data)
        left -= written


def _path(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    bad = path.is_absolute() or not path.parts or _FOLDERS & set(path.parts)
    if bad or "\\" in name or ":" in name or "\0" in name or len(name) > 500:
        raise _refused(f"“{name[:100]}” is no path inside of it")
    return path


def _refused(detail: str) -> InputError:
    return InputError(
        N_("The upload cannot be used: {detail}."), code="input.archive", detail=detail
    )
