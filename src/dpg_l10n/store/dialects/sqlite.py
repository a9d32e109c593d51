"""SQLite: one file, write-ahead log, one writer at a time from the first statement on."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from dpg_l10n.errors import InputError, StoreUnavailableError, UnavailableError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import TookLongError
from dpg_l10n.store.chunks import chunks, like_anywhere, marks
from dpg_l10n.store.driver import execute, execute_many

_SETTINGS = (
    # a writer waits for the one before it, which may be a push of a large project
    "PRAGMA busy_timeout=30000",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-8000",
    "PRAGMA temp_store=MEMORY",
)
_PATIENCE_S = 30
_TRIES = 600
_TURNS: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
"""By database file: one writer at a time in this process."""
_STEPS = 2000
"""Of SQLite's virtual machine between two looks at the clock: some 0.1 ms."""
_PAGES = 2000
"""Pages copied in one step of a backup; writers come in between."""


class Sqlite:
    """The default database."""

    backup_magic = b"SQLite format 3\0"
    readers = 1
    inside = True

    def open(self, url: URL) -> Engine:
        """Return an engine on the file of the URL, whose folder is made when it is missing."""
        path = url.database
        in_file = bool(path) and path != ":memory:"
        # nobody waits for a connection: a thread that waits for one may hold what others wait for
        pool = {"max_overflow": -1} if in_file else {}
        try:
            if path and in_file:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(url, connect_args={"check_same_thread": False}, **pool)
            event.listen(engine, "connect", _configure)
            event.listen(engine, "begin", _begin)
            with engine.connect():
                return engine
        except (OSError, DBAPIError) as error:
            detail = str(getattr(error, "orig", error))
            raise StoreUnavailableError(store=path or str(url), detail=detail) from error

    def options(self, *, writing: bool) -> dict[str, Any]:
        """Say to :func:`_begin` which transaction to begin."""
        return {"writing": writing}

    def limit(self, connection: Connection, end: float | None) -> None:
        """Look at the clock now and then while a statement runs."""
        if end is None:
            _driver(connection).set_progress_handler(None, 0)
        else:
            _driver(connection).set_progress_handler(lambda: time.monotonic() > end, _STEPS)

    @contextmanager
    def turn(self, engine: Engine) -> Iterator[None]:
        """Queue the threads of this process.

        SQLite lets a writer that finds another one sleep and try again, the longer the more often
        it failed: with 16 threads some wait for half a second although each writes for one
        millisecond.
        """
        lock = _TURNS[str(engine.url.database)]
        if not lock.acquire(timeout=_PATIENCE_S):
            raise StoreUnavailableError(
                store=str(engine.url.database), detail="another writer takes too long"
            )
        try:
            yield
        finally:
            lock.release()

    def native(self, sql: str) -> str:
        """Return the statement: the marks are SQLite's own."""
        return sql

    def among(self, values: Sequence[Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield lists of marks."""
        for part in chunks(values):
            yield f"IN ({marks(part)})", tuple(part)

    def walk(self, connection: Connection) -> None:
        """Do nothing: SQLite knows no other way."""

    def contains(self, column: str, text: str) -> tuple[str, Any]:
        """Return SQLite's LIKE, which knows the case of ASCII alone, or our own function."""
        if text.isascii():
            return f"{column} LIKE ? ESCAPE '\\'", like_anywhere(text)
        return f"instr(fold({column}), ?) > 0", text.casefold()

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
        verb = "INSERT OR REPLACE" if replace else "INSERT OR IGNORE" if ignore else "INSERT"
        values = ",".join("?" * len(columns))
        execute_many(
            connection, f"{verb} INTO {table} ({','.join(columns)}) VALUES ({values})", rows
        )

    def reserve(self, connection: Connection, table: str, count: int) -> Sequence[int]:
        """Return the numbers after the last: nobody else writes meanwhile."""
        last = execute(connection, f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one()
        return range(last + 1, last + 1 + count)

    def lock(self, connection: Connection, name: str) -> None:
        """Do nothing: ``BEGIN IMMEDIATE`` let nobody else write."""

    @contextmanager
    def shared(self, connection: Connection) -> Iterator[Connection]:
        """Give the connection itself: only one unit of work writes."""
        yield connection

    @contextmanager
    def migrating(self, connection: Connection) -> Iterator[None]:
        """Let tables be made anew, which foreign keys would forbid."""
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - an open connection has one
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield
        finally:
            driver.execute("PRAGMA foreign_keys=ON")

    def damage(self, connection: Connection) -> list[str]:
        """Return what SQLite's own checks say."""
        said = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        keys = connection.exec_driver_sql("PRAGMA foreign_key_check")
        broken = [f"row {row[1]} of {row[0]} points to no row of {row[2]}" for row in keys]
        return [line for line in said if line != "ok"] + broken

    def refusal(self, error: BaseException) -> Exception | None:
        """Tell that a limit was reached; SQLite keeps every text."""
        driver = getattr(error, "orig", error)
        code = getattr(driver, "sqlite_errorcode", sqlite3.SQLITE_OK)
        return TookLongError() if code == sqlite3.SQLITE_INTERRUPT else None

    def backup(self, engine: Engine, path: Path) -> None:
        """Copy the pages with SQLite's online backup."""
        try:
            with closing(sqlite3.connect(path)) as target, engine.connect() as connection:
                _driver(connection).backup(target, pages=_PAGES)
                # a backup is one file: without this it would be opened with a log beside it
                target.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise UnavailableError(
                N_("{path} cannot be written: {detail}"), path=path, detail=error
            ) from error

    def restore(self, engine: Engine, path: Path) -> None:
        """Copy the pages back in one transaction; other processes see the change at once."""
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
                said = source.execute("PRAGMA integrity_check").fetchone()[0]
                if said != "ok":
                    raise sqlite3.DatabaseError(said)
                with engine.connect() as connection:
                    source.backup(_driver(connection))
        except sqlite3.Error as error:
            raise InputError(
                N_("{path} cannot be restored: {detail}"), path=path, detail=error
            ) from error


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - SQLAlchemy's default driver
    return driver


def _configure(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: it would begin them deferred, and a reader
    # that turns writer fails at once with "database is locked" instead of waiting.
    connection.isolation_level = None
    for statement in _SETTINGS:
        connection.execute(statement)
    _write_ahead(connection)
    connection.create_function("fold", 1, str.casefold, deterministic=True)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on: the one statement for which SQLite's busy handler does not wait.

    Of several processes that open a new store at the same moment all but one find it locked.
    """
    for _ in range(_TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_PATIENCE_S / _TRIES)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


DIALECT = Sqlite()
