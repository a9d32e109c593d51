"""Looking after a store: check, backup, restore, upgrade."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dpg_l10n.errors import InputError, UnavailableError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports.maintenance import Defect, Maintenance


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check of a store found."""

    store: str
    version: str
    projects: int
    units: int
    translations: int
    defects: tuple[Defect, ...]

    @property
    def ok(self) -> bool:
        """Tell whether everything holds, now that what could be repaired is."""
        return all(defect.repaired for defect in self.defects)


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was written."""

    store: str
    path: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A backup that was put back."""

    store: str
    path: Path
    version: str
    current: bool
    """False when the tables are older than this program: ``store upgrade`` comes next."""


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """Tables that were brought up to date."""

    store: str
    before: str | None
    """None when there was no store."""
    after: str


def check(store: Maintenance, *, repair_counters: bool = False) -> CheckReport:
    """Compare what a store says of itself with what is in it.

    Args:
        store: The store.
        repair_counters: Count counters and totals anew where they are wrong; the rest of what is
            found is only reported.

    Raises:
        StoreUnavailableError: The store is of another version.
    """
    counted, defects = store.check(repair=repair_counters)
    return CheckReport(
        store.name,
        store.version() or "",
        counted.projects,
        counted.units,
        counted.translations,
        defects,
    )


def backup(store: Maintenance, path: Path, *, force: bool = False) -> BackupReport:
    """Write a store to one file, whole even while others write.

    The file appears under its name when it is complete, readable by its owner only.

    Raises:
        UsageError: The file exists, and it was not said to replace it.
        UnavailableError: There is no store, the file cannot be written, or a tool is missing.
    """
    if path.exists() and not force:
        raise UsageError(
            N_("{path} exists already. Choose another name, or replace it with --force"),
            path=path,
        )
    if not store.exists():
        raise UnavailableError(N_("There is no store {store} to back up."), store=store.name)
    with _complete(path) as partial:
        store.backup(partial)
    return BackupReport(store.name, path, path.stat().st_size)


def restore(store: Maintenance, path: Path, *, force: bool = False) -> RestoreReport:
    """Put a backup in the place of all that is in a store, whole or not at all.

    Raises:
        UsageError: There is a store already, and it was not said to replace it.
        InputError: The file is no backup of this kind of database, or is broken.
        UnavailableError: A tool is missing.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(len(store.suits))
    except OSError as error:
        raise InputError(
            N_("{path} cannot be read: {detail}"), path=path, detail=error.strerror
        ) from error
    if begins != store.suits:
        raise InputError(
            N_("{path} is no backup for {store}. Backups go back to the kind of database that they are of."),
            path=path, store=store.name,
        )  # fmt: skip
    if store.exists() and not force:
        raise UsageError(
            N_(
                "There is a store {store} already, and a restore replaces all of it. Make a backup "
                "of it first, then repeat with --force"
            ),
            store=store.name,
        )
    store.restore(path)
    version = store.version() or ""
    return RestoreReport(store.name, path, version, version == store.known_version())


def upgrade(store: Maintenance) -> UpgradeReport:
    """Bring the tables of a store up to date, whole or not at all.

    Raises:
        StoreUnavailableError: The tables are of a version that this program does not know.
    """
    before, after = store.upgrade()
    return UpgradeReport(store.name, before, after)


@contextmanager
def _complete(path: Path) -> Iterator[Path]:
    """Give a name beside the path; the file gets its own name when all went well."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        # made here, so that nobody but the owner can read it at any time
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield partial
        partial.replace(path)
    except OSError as error:
        raise UnavailableError(
            N_("{path} cannot be written: {detail}"), path=path, detail=error.strerror
        ) from error
    finally:
        partial.unlink(missing_ok=True)
