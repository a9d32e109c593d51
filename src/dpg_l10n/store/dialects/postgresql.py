"""PostgreSQL through psycopg 3: COPY for many rows, writers of one project in a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from dpg_l10n.errors import InputError, MissingExtraError, StoreUnavailableError
from dpg_l10n.i18n import N_
from dpg_l10n.store.chunks import chunks, like_anywhere
from dpg_l10n.store.dialects import postgresql_tools
from dpg_l10n.store.tables import Row

_ARRAY = 20_000
"""Most values of one array; more of them would only take memory."""
_WALK = "; ".join(
    f"SET LOCAL {setting}"
    for setting in (
        "enable_hashjoin = off", "enable_mergejoin = off", "enable_bitmapscan = off",
        "enable_seqscan = off", "enable_sort = off", "max_parallel_workers_per_gather = 0",
        "plan_cache_mode = force_custom_plan",
    )
)  # fmt: skip
_FEW = 40
"""Up to so many rows a plain statement is quicker than COPY with a table in between."""


class Postgresql:
    """A database server for many people at once."""

    backup_magic = b"PGDMP"
    readers = 8
    inside = False

    def open(self, url: URL) -> Engine:
        """Return an engine on the database of the URL."""
        try:
            import psycopg  # noqa: F401 - asked for here to say which extra is missing
        except ImportError as error:
            raise MissingExtraError(extra="postgresql") from error
        # nobody waits for a connection: a unit of work that has one may need a second
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=10,
            max_overflow=-1,
            pool_pre_ping=True,
            connect_args={**_CONNECTION, **({} if "options" in url.query else _OPTIONS)},
        )
        try:
            with engine.connect():
                return engine
        except DBAPIError as error:
            raise StoreUnavailableError(store=str(url), detail=_reason(error)) from error

    def options(self, *, writing: bool) -> dict[str, Any]:
        """Return a snapshot for reading; for writing what is committed, after the lock."""
        if writing:
            return {"isolation_level": "READ COMMITTED"}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

    def limit(self, connection: Connection, end: float | None) -> None:
        """Do nothing: one always waits for another program."""

    def turn(self, engine: Engine) -> AbstractContextManager[None]:
        """Return at once: the server orders writers."""
        return nullcontext()

    def native(self, sql: str) -> str:
        """Return the statement with psycopg's marks."""
        return _native(sql)

    def among(self, values: Sequence[Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield one mark for an array: the driver is slow with thousands of marks."""
        for part in chunks(values, _ARRAY):
            yield "= ANY(?)", (list(part),)

    def walk(self, connection: Connection) -> None:
        """Turn off the plans that read all of a catalogue, or of all texts, before the first row.

        The planner cannot know that a page is soon full, and at ten million rows it scans half a
        million texts for one word.
        """
        connection.exec_driver_sql(_WALK)

    def contains(self, column: str, text: str) -> tuple[str, Any]:
        """Return PostgreSQL's ILIKE with the usual spellings of the text.

        Of a server whose locale is C it knows the case of ASCII alone.
        """
        if text.isascii():
            return f"{column} ILIKE ?", like_anywhere(text)
        spelled = dict.fromkeys((text, text.lower(), text.upper(), text.capitalize()))
        return f"{column} ILIKE ANY(?)", [like_anywhere(each) for each in spelled]

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
        """Write rows by COPY; through a temporary table where they may meet others."""
        names = ", ".join(columns)
        conflict = _on_conflict(table, columns, replace=replace, ignore=ignore)
        if len(rows) <= _FEW:
            marks = ", ".join(["%s"] * len(columns))
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) VALUES ({marks}) {conflict}", list(rows)
            )
        elif not conflict:
            _copy(connection, f"{table} ({names})", rows)
        else:
            stage = f"stage_{table}"
            connection.exec_driver_sql(
                f"CREATE TEMPORARY TABLE IF NOT EXISTS {stage} (LIKE {table}) ON COMMIT DELETE ROWS"
            )
            # LIKE takes NOT NULL over, and a number that the table itself will give has no value
            absent = {column.name for column in Row.metadata.tables[table].columns} - set(columns)
            for name in sorted(absent):
                connection.exec_driver_sql(f"ALTER TABLE {stage} ALTER COLUMN {name} DROP NOT NULL")
            connection.exec_driver_sql(f"TRUNCATE {stage}")
            _copy(connection, f"{stage} ({names})", rows)
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM {stage} {conflict}"
            )

    def reserve(self, connection: Connection, table: str, count: int) -> Sequence[int]:
        """Return the next numbers of the table's sequence, which nobody gets twice."""
        rows = connection.exec_driver_sql(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            (table, count),
        )
        return [row[0] for row in rows]

    def lock(self, connection: Connection, name: str) -> None:
        """Take an advisory lock that ends with the transaction."""
        digest = hashlib.blake2b(f"dpg-l10n:{name}".encode(), digest_size=8).digest()
        key = int.from_bytes(digest, "big", signed=True)
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (key,))

    @contextmanager
    def shared(self, connection: Connection) -> Iterator[Connection]:
        """Give a second connection whose short transaction is committed at the end."""
        with connection.engine.connect() as second, second.begin():
            yield second

    @contextmanager
    def migrating(self, connection: Connection) -> Iterator[None]:
        """Do nothing: tables are changed in place."""
        yield

    def damage(self, connection: Connection) -> list[str]:
        """Return nothing: the server looks after its own files."""
        return []

    def refusal(self, error: BaseException) -> Exception | None:
        """Tell that NUL is no character for PostgreSQL."""
        if "NUL (0x00)" not in str(error):
            return None
        return InputError(
            N_("A text holds the character U+0000, which PostgreSQL cannot keep. Take it out."),
            code="input.character",
        )

    def backup(self, engine: Engine, path: Path) -> None:
        """Let ``pg_dump`` write its own format."""
        postgresql_tools.dump(engine.url, path)

    def restore(self, engine: Engine, path: Path) -> None:
        """Let ``pg_restore`` put the tables back in one transaction."""
        postgresql_tools.restore(engine.url, path)


_CONNECTION = {
    "application_name": "dpg-l10n", "keepalives_idle": 10, "keepalives_interval": 5,
    "keepalives_count": 3,
}  # fmt: skip
"""Seconds, seconds, times: a machine that vanished gives its locks back after 25 seconds."""
_OPTIONS = {"options": "-c jit=off"}
"""Compiling a plan takes longer than any statement of ours."""


@lru_cache(maxsize=512)
def _native(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


@lru_cache(maxsize=64)
def _conflict_of(table: str, columns: tuple[str, ...]) -> str:
    keys = [column.name for column in Row.metadata.tables[table].primary_key.columns]
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    return f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"


def _on_conflict(table: str, columns: Sequence[str], *, replace: bool, ignore: bool) -> str:
    if replace:
        return _conflict_of(table, tuple(columns))
    return "ON CONFLICT DO NOTHING" if ignore else ""


def _copy(connection: Connection, place: str, rows: Sequence[tuple[Any, ...]]) -> None:
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {place} FROM STDIN") as copy:
        write = copy.write_row
        for row in rows:
            write(row)


def _reason(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())


DIALECT = Postgresql()
