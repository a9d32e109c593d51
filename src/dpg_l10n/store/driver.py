"""Statements straight to the driver of the database, inside a transaction of SQLAlchemy.

SQLAlchemy's results are made for rows with types and names. To describe their columns takes longer than
to find a page of texts, and rows here are tuples whose places the statement knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]


class Rows:
    """What a statement found or changed; to be read once."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:
        """Take over a cursor that has executed a statement."""
        self._cursor = cursor

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows as the database gives them."""
        return iter(self._cursor)

    def all(self) -> list[Row]:
        """Return all rows."""
        return list(self._cursor.fetchall())

    def first(self) -> Row | None:
        """Return the first row, or None; the others are not read."""
        row: Row | None = self._cursor.fetchone()
        self._cursor.close()
        return row

    def one(self) -> Row:
        """Return the row of a statement that always finds one."""
        row = self.first()
        assert row is not None  # noqa: S101 - a program error
        return row

    def scalar(self) -> Any:
        """Return the first value of the first row, or None."""
        row = self.first()
        return None if row is None else row[0]

    def scalar_one(self) -> Any:
        """Return the first value of a statement that always finds a row."""
        return self.one()[0]

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return int(self._cursor.rowcount)


def execute(connection: Connection, sql: str, values: Sequence[Any] = ()) -> Rows:
    """Run a statement with the marks of the driver.

    Raises:
        DBAPIError: As SQLAlchemy's own statements do.
    """
    bound = tuple(values)
    try:
        cursor = connection.connection.cursor()
        cursor.execute(sql, bound)
    except Exception as error:
        raise _named(connection, sql, bound, error) from error
    return Rows(cursor)


def execute_many(connection: Connection, sql: str, rows: Sequence[Row]) -> None:
    """Run a statement with the marks of the driver once for each row of values.

    Raises:
        DBAPIError: As SQLAlchemy's own statements do.
    """
    try:
        connection.connection.cursor().executemany(sql, rows)
    except Exception as error:
        raise _named(connection, sql, (), error) from error


def _named(connection: Connection, sql: str, values: Row, error: Exception) -> BaseException:
    return DBAPIError.instance(sql, values, error, connection.dialect.loaded_dbapi.Error)
