"""Read the packages in folders, whichever of the two kinds they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dpg_l10n.engines.package.described import read_described
from dpg_l10n.engines.package.metadata import DESCRIPTION, Package, read_package
from dpg_l10n.errors import PackageError


def read_any(folder: Path) -> Package:
    """Read an unpacked package: one that is described by hand, or one of Argos's.

    Raises:
        PackageError: It cannot be used.
    """
    described = (folder / DESCRIPTION).is_file()
    return read_described(folder) if described else read_package(folder)


def installed(folders: Iterable[Path]) -> list[Package]:
    """Return the packages in folders, in order; one that cannot be used says why in ``problem``."""
    return [_read_or_explain(entry) for folder in folders for entry in _subfolders(folder)]


def _subfolders(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    yield from (entry for entry in entries if not entry.name.startswith(".") and entry.is_dir())


def _read_or_explain(folder: Path) -> Package:
    try:
        return read_any(folder)
    except PackageError as error:
        return Package(folder, folder.name, "", None, folder.name, problem=str(error))
