"""Looking after the database of a store, whatever version its tables have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from dpg_l10n.errors import InputError, StoreUnavailableError
from dpg_l10n.i18n import N_
from dpg_l10n.ports.maintenance import Counted, Defect
from dpg_l10n.store import check
from dpg_l10n.store.opening import connect, require_current, version_of
from dpg_l10n.store.statements import Statements
from dpg_l10n.store.tables import SCHEMA_VERSION


class SqlMaintenance:
    """One database.

    Raises:
        StoreUnavailableError: It cannot be opened.
        NotFoundError: There is no such kind of database.
        MissingExtraError: Its driver is not installed.
    """

    def __init__(self, url: str) -> None:
        """Open the database and look at nothing."""
        parsed, self._dialect, self._engine = connect(url)
        self.name = str(parsed)
        self.suits = self._dialect.backup_magic

    def exists(self) -> bool:
        """Tell whether there is a store already."""
        return self.version() is not None

    def version(self) -> str | None:
        """Return the version of the tables, None where there are none.

        Raises:
            StoreUnavailableError: This is no database.
        """
        try:
            with self._engine.connect() as connection:
                return version_of(connection)
        except DatabaseError as error:
            raise StoreUnavailableError(store=self.name, detail=str(error.orig)) from error

    def known_version(self) -> str:
        """Return the version of the tables that this program works with."""
        return SCHEMA_VERSION

    def upgrade(self) -> tuple[str | None, str]:
        """Bring the tables up to date; return the version before and after."""
        from dpg_l10n.store.migrate import upgrade

        return upgrade(self._engine, self._dialect)

    def check(self, *, repair: bool) -> tuple[Counted, tuple[Defect, ...]]:
        """Look for what does not hold; ``repair`` counts the counters anew where they are wrong.

        Raises:
            StoreUnavailableError: The store is of another version.
        """
        require_current(self.version(), self.name)
        with self._statements(writing=False) as (sql, damaged):
            counted = check.count(sql)
            found = [Defect("damage", "database", line) for line in damaged]
            found += check.defects(sql)
            slugs: dict[int, str] = dict(sql.run("SELECT id, slug FROM project").all())
        if repair:
            left = self._repair(slugs)
            found = [
                replace(each, repaired=True)
                if each.code in ("counter", "total", "trend") and each not in left
                else each
                for each in found
            ]
        return counted, tuple(found)

    def backup(self, path: Path) -> None:
        """Write a copy to a file."""
        self._dialect.backup(self._engine, path)

    def restore(self, path: Path) -> None:
        """Put a backup in the place of all that is in the store.

        Raises:
            InputError: The backup is broken, or of something else than a store.
        """
        self._dialect.restore(self._engine, path)
        if self.version() is None:
            raise InputError(N_("{path} was restored, and is no store."), path=path)

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()

    def _repair(self, slugs: dict[int, str]) -> set[Defect]:
        """Count anew, project after project as those who write do; return what is still wrong."""
        left: set[Defect] = set()
        for project_id, slug in slugs.items():
            with self._statements(writing=True) as (sql, _):
                sql.lock(f"project {slug}")
                check.repair_counters(sql, project_id)
                check.repair_trend(sql, project_id)
                left.update(check.counter_defects(sql, project_id))
                left.update(check.trend_defects(sql, project_id))
        return left

    @contextmanager
    def _statements(self, *, writing: bool) -> Iterator[tuple[Statements, list[str]]]:
        """Give statements, and what the database finds broken before a reader looks."""
        options = self._dialect.options(writing=writing)
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            damaged = [] if writing else self._dialect.damage(connection)
            yield Statements(connection, self._dialect), damaged
