"""SQL of one transaction, with ``?`` marks whatever the marks of the database are."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from dpg_l10n.ports import TookLongError
from dpg_l10n.store.dialects.spec import Dialect
from dpg_l10n.store.driver import Rows, execute, execute_many

SHARED = "shared rows"
"""Lock of those who add texts, languages, origins or actors; held for moments."""


class Statements:
    """Runs SQL inside one transaction of one kind of database."""

    def __init__(
        self, connection: Connection, dialect: Dialect, *, end: float | None = None
    ) -> None:
        """Work inside the connection's transaction, until a time of the monotonic clock."""
        self._connection = connection
        self._dialect = dialect
        self._end = end

    def run(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """Run a statement and return its rows.

        Raises:
            TookLongError: The time is over.
        """
        if self._end is not None and time.monotonic() > self._end:
            raise TookLongError
        return execute(self._connection, self._dialect.native(sql), values)

    def run_many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement once for each row of values."""
        if rows:
            execute_many(self._connection, self._dialect.native(sql), rows)

    def among(self, values: Sequence[Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield conditions on a column, see :meth:`~dpg_l10n.store.dialects.spec.Dialect.among`."""
        return self._dialect.among(values)

    def walk(self) -> None:
        """Have the next statements follow an index row by row, to stop after a page of them."""
        self._dialect.walk(self._connection)

    def contains(self, column: str, text: str) -> tuple[str, Any]:
        """Return a condition that a column has a text in it, and what to bind for its mark."""
        return self._dialect.contains(column, text)

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
        *,
        replace: bool = False,
        ignore: bool = False,
    ) -> None:
        """Write many rows, see :meth:`~dpg_l10n.store.dialects.spec.Dialect.insert_rows`."""
        if rows:
            self._dialect.insert_rows(
                self._connection, table, columns, rows, replace=replace, ignore=ignore
            )

    def reserve(self, table: str, count: int) -> Sequence[int]:
        """Return unused numbers of a table, ascending, that nobody else will get."""
        return self._dialect.reserve(self._connection, table, count) if count else ()

    def lock(self, name: str) -> None:
        """Wait until no other unit of work holds the lock of this name; keep it to the end."""
        self._dialect.lock(self._connection, name)

    def find_number(self, table: str, **key: str) -> int | None:
        """Return the number of the row with a unique key, or None."""
        where = " AND ".join(f"{name} = ?" for name in key)
        found = self.run(f"SELECT id FROM {table} WHERE {where}", tuple(key.values())).scalar()
        return None if found is None else int(found)

    def number(self, table: str, **key: str) -> int:
        """Return the number of the row with a unique key, adding the row when it is new."""
        found = self.find_number(table, **key)
        if found is None:
            with self.shared() as shared:
                shared.insert(table, tuple(key), [tuple(key.values())], ignore=True)
                found = shared.find_number(table, **key)
        assert found is not None  # noqa: S101 - the row was there or was just added
        return found

    @contextmanager
    def shared(self) -> Iterator[Statements]:
        """Give statements for rows that units of work share and that nobody ever changes.

        Where several units of work write at the same time such rows are committed at once: two
        that added the same rows in another order would otherwise wait for each other. A unit of
        work that is undone then leaves rows behind that nothing points to.
        """
        with self._dialect.shared(self._connection) as connection:
            statements = Statements(connection, self._dialect)
            statements.lock(SHARED)
            yield statements
