"""The part of a database that SQLAlchemy does not hide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL


class Dialect(Protocol):
    """One kind of database."""

    backup_magic: bytes
    """How a backup of such a database begins."""
    readers: int
    """Threads of one process that should read at the same time."""

    inside: bool
    """The database is read by this process itself."""

    def open(self, url: URL) -> Engine:
        """Return an engine with the settings that this database needs.

        Raises:
            StoreUnavailableError: The database cannot be opened.
            MissingExtraError: Its driver is not installed.
        """

    def options(self, *, writing: bool) -> dict[str, Any]:
        """Return the execution options of a connection for a unit of work.

        Reading sees one state of the store throughout; writing sees what others have committed.
        """

    def limit(self, connection: Connection, end: float | None) -> None:
        """Have statements of a connection stop at a time of the monotonic clock; None for no limit.

        Only of databases that are :attr:`inside`.
        """

    def turn(self, engine: Engine) -> AbstractContextManager[None]:
        """Wait for the turn to write among the threads of this process, where they take turns.

        Raises:
            StoreUnavailableError: Another thread takes too long.
        """

    def native(self, sql: str) -> str:
        """Return a statement with ``?`` marks as the driver wants it."""

    def among(self, values: Sequence[Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield a condition that a column is one of some values, and what to bind for its marks.

        As many pieces as the database takes in statements.
        """

    def walk(self, connection: Connection) -> None:
        """Have the next statements follow an index row by row, to stop after a page of them."""

    def contains(self, column: str, text: str) -> tuple[str, Any]:
        """Return a condition that a column has a text in it, and what to bind for its mark.

        Upper and lower case are the same, in every script that has them, as far as the database
        can tell.
        """

    def insert_rows(
        self,
        connection: Connection,
        table: str,
        columns: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
        *,
        replace: bool = False,
        ignore: bool = False,
    ) -> None:
        """Write rows, many of them at the speed of the driver.

        Args:
            connection: Inside a transaction.
            table: Name of one of our tables.
            columns: Names in the order of the values.
            rows: At least one; values of types that the driver takes.
            replace: Overwrite rows with the same primary key; ``columns`` are all columns then.
            ignore: Leave rows alone whose unique key exists.
        """

    def reserve(self, connection: Connection, table: str, count: int) -> Sequence[int]:
        """Return unused numbers of a table, ascending, that nobody else will get."""

    def lock(self, connection: Connection, name: str) -> None:
        """Wait until no other transaction holds the lock of this name; keep it to the end.

        Every unit of work that writes takes the lock of its project first, so that those of one
        project follow one another as they do where only one may write at all.
        """

    def shared(self, connection: Connection) -> AbstractContextManager[Connection]:
        """Give the connection for rows that all units of work share, see ``Statements.shared``."""

    def migrating(self, connection: Connection) -> AbstractContextManager[None]:
        """Prepare a connection for a change of its tables, in one transaction."""

    def damage(self, connection: Connection) -> list[str]:
        """Return what the database itself finds broken in its files."""

    def refusal(self, error: BaseException) -> Exception | None:
        """Return the error to raise in place of one of the driver; None where there is no better one.

        InputError for a text that cannot be kept, TookLongError where :meth:`limit` was reached.
        """

    def backup(self, engine: Engine, path: Path) -> None:
        """Write a copy of the store to a new file, whole even while others write.

        Raises:
            UnavailableError: A tool is missing or the file cannot be written.
        """

    def restore(self, engine: Engine, path: Path) -> None:
        """Put a backup in the place of all that is in the store, whole or not at all.

        Raises:
            InputError: The backup is broken.
            UnavailableError: A tool is missing.
        """
