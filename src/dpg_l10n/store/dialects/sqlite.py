"""SQLite: one file, write-ahead log, one writer at a time from the first statement on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from dpg_l10n.errors import StoreUnavailableError

_SETTINGS = (
    "PRAGMA busy_timeout=10000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32000",
    "PRAGMA mmap_size=1073741824",
    "PRAGMA temp_store=MEMORY",
)


class Sqlite:
    """The default database."""

    def open(self, url: str) -> Engine:
        """Return an engine on the file of the URL, whose folder is made when it is missing."""
        path = make_url(url).database
        try:
            if path and path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(url, connect_args={"check_same_thread": False})
            event.listen(engine, "connect", _configure)
            event.listen(engine, "begin", _begin)
            with engine.connect():
                return engine
        except (OSError, DBAPIError) as error:
            detail = str(getattr(error, "orig", error))
            raise StoreUnavailableError(store=path or url, detail=detail) from error

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
        """Write rows with one prepared statement."""
        if not rows:
            return
        verb = "INSERT OR REPLACE" if replace else "INSERT OR IGNORE" if ignore else "INSERT"
        values = ",".join("?" * len(columns))
        connection.exec_driver_sql(
            f"{verb} INTO {table} ({','.join(columns)}) VALUES ({values})", list(rows)
        )


def _configure(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: it would begin them deferred, and a reader
    # that turns writer fails at once with "database is locked" instead of waiting.
    connection.isolation_level = None
    for statement in _SETTINGS:
        connection.execute(statement)


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


DIALECT = Sqlite()
