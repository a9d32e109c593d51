"""Install, verify and remove packages in a folder that Argos Translate reads too."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dpg_l10n.engines.package.archive import MAX_BYTES, MAX_FILES, unpack
from dpg_l10n.engines.package.lock import Pin, digests, read_lock, sha256_of, write_lock
from dpg_l10n.engines.package.metadata import Package
from dpg_l10n.engines.package.reading import read_any
from dpg_l10n.engines.runtime import Model
from dpg_l10n.errors import MissingExtraError, PackageError, UnavailableError
from dpg_l10n.i18n import N_


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of the files of a package since it was installed."""

    package: Package
    pinned: bool
    """False when the lock file does not know the package: Argos may have installed it."""
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def intact(self) -> bool:
        """True when every file is the one that was installed."""
        return self.pinned and not (self.changed or self.missing or self.added)


def install(path: Path, folder: Path, *, sha256: str | None = None) -> Package:
    """Install a package and pin its files.

    The package is unpacked aside, looked through and loaded once before it gets its place, so that
    a refused one leaves nothing behind.

    Args:
        path: Archive (``.argosmodel``), or the folder of an unpacked one.
        folder: Where the packages are; made when it is not there.
        sha256: What the archive's checksum must be, in hexadecimal; None accepts any.

    Raises:
        PackageError: The package is refused: ``package.archive``, ``.path``, ``.size``,
            ``.metadata``, ``.contents``, ``.checksum``, ``.model``, or ``.exists`` when this
            version is installed already.
        UnavailableError: The folder cannot be written.
    """
    archive = _checksum(path)
    if sha256 is not None and archive != sha256.strip().lower():
        raise PackageError(
            N_("{path}: its SHA-256 is {found}, expected {expected}"),
            code="package.checksum", path=path, found=archive or "none (a folder)", expected=sha256,
        )  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _workspace(folder) as workspace:
            unpacked = _copy(path, workspace) if path.is_dir() else unpack(path, workspace)
            return _place(unpacked, folder, archive)
    except PackageError as error:
        error.params["path"] = path  # what the caller knows, and not where it was unpacked
        raise
    except OSError as error:
        raise UnavailableError(
            N_("{folder}: cannot install here: {detail}"), folder=folder, detail=error
        ) from error


def _checksum(path: Path) -> str:
    try:
        return "" if path.is_dir() else sha256_of(path)
    except OSError as error:
        raise PackageError(
            N_("{path}: cannot be read: {detail}"),
            code="package.archive", path=path, detail=error.strerror,
        ) from error  # fmt: skip


def _place(unpacked: Path, folder: Path, archive: str) -> Package:
    package = read_any(unpacked)
    target = folder / package.folder_name
    if target.exists():
        raise PackageError(
            N_("{path}: {name} {version} is installed already. Remove it first to replace it."),
            code="package.exists", path=unpacked, name=package.name, version=package.version,
        )  # fmt: skip
    _try_out(package)
    lock = read_lock(folder)
    pin = Pin(archive, digests(unpacked))
    unpacked.rename(target)
    write_lock(folder, lock.with_pin(target.name, pin))
    return replace(package, path=target, sha256=archive)


def _try_out(package: Package) -> None:
    """Load the model and translate a word, where the packages for that are installed."""
    # Without them nothing can be translated either; a machine may install models for another one.
    with contextlib.suppress(MissingExtraError):
        model = Model(package.path, *package.codes, layout=package.layout, threads=1)
        try:
            model.translate(["Save"])
        except (RuntimeError, ValueError) as error:
            raise PackageError(
                N_("{path}: the model does not translate: {detail}"),
                code="package.model", path=package.path, detail=error,
            ) from error  # fmt: skip


def verify(package: Package) -> Verification:
    """Compare the files of an installed package with the lock file.

    Raises:
        PackageError: ``package.checksum``: the lock file is damaged.
    """
    pin = read_lock(package.path.parent).pins.get(package.path.name)
    if pin is None:
        return Verification(package, pinned=False)
    found = digests(package.path)
    return Verification(
        package,
        pinned=True,
        changed=tuple(
            n for n in sorted(pin.files.keys() & found.keys()) if pin.files[n] != found[n]
        ),
        missing=tuple(sorted(pin.files.keys() - found.keys())),
        added=tuple(sorted(found.keys() - pin.files.keys())),
    )


def remove(package: Package) -> None:
    """Remove an installed package, a broken one too.

    Raises:
        UnavailableError: Its folder cannot be written.
    """
    folder = package.path.parent
    try:
        if package.path.is_symlink():
            package.path.unlink()
        else:
            with _workspace(folder) as workspace:
                # Nobody may find half a package: it goes away in one step, then its files do.
                package.path.rename(workspace / package.path.name)
        lock = read_lock(folder)
        if package.path.name in lock.pins:
            write_lock(folder, lock.with_pin(package.path.name, None))
    except OSError as error:
        raise UnavailableError(
            N_("{folder}: cannot remove the package: {detail}"), folder=folder, detail=error
        ) from error


@contextlib.contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    """Make a folder on the same file system as ``folder``, outside it where that is possible.

    Argos takes every folder among its packages for a package and fails on one without metadata.
    """
    place = folder
    if folder.resolve().parent.stat().st_dev == folder.stat().st_dev:
        place = folder.resolve().parent
    try:
        workspace = Path(tempfile.mkdtemp(dir=place, prefix=".dpg-l10n-"))
    except PermissionError:
        workspace = Path(tempfile.mkdtemp(dir=folder, prefix=".dpg-l10n-"))
    try:
        yield workspace
    finally:
        shutil.rmtree(workspace, ignore_errors=True)


def _copy(path: Path, workspace: Path) -> Path:
    entries = list(path.rglob("*"))
    if any(entry.is_symlink() or not (entry.is_file() or entry.is_dir()) for entry in entries):
        raise PackageError(
            N_("{path}: the folder holds a link or a device"), code="package.path", path=path
        )
    size = sum(entry.stat().st_size for entry in entries if entry.is_file())
    if size > MAX_BYTES or len(entries) > MAX_FILES:
        raise PackageError(
            N_("{path}: larger than {limit} MB or {files} files"),
            code="package.size", path=path, limit=MAX_BYTES // 1024**2, files=MAX_FILES,
        )  # fmt: skip
    return Path(shutil.copytree(path, workspace / "package"))
