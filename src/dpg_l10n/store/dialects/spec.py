"""The part of a database that SQLAlchemy does not hide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Engine


class Dialect(Protocol):
    """One kind of database."""

    def open(self, url: str) -> Engine:
        """Return an engine with the settings that this database needs.

        Raises:
            StoreUnavailableError: The database cannot be opened.
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
        """Write many rows at the speed of the driver.

        Args:
            connection: Inside a transaction.
            table: Name of one of our tables.
            columns: Names in the order of the values.
            rows: Values; types that the driver takes.
            replace: Overwrite rows with the same primary key.
            ignore: Leave rows alone whose unique key exists.
        """
