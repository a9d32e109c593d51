"""The database of jobs: a file beside the store's, or the store's own server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from dpg_l10n.errors import StoreUnavailableError

_KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""Seconds, seconds, times: a machine that vanished gives its locks back after 25 seconds."""
_PRAGMAS = (
    "PRAGMA busy_timeout=30000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
)
_LATER = {"due": "BIGINT", "lane": "TEXT"}
"""Columns of jobs that the first version did not have."""
METADATA = sa.MetaData()
JOB = sa.Table(
    "job", METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("project", sa.Text, nullable=False, index=True),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("key", sa.Text, unique=True),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("created", sa.BigInteger, nullable=False, index=True),
    sa.Column("updated", sa.BigInteger, nullable=False),
    sa.Column("arguments", sa.Text, nullable=False),
    sa.Column("done", sa.BigInteger, nullable=False),
    sa.Column("whole", sa.BigInteger, nullable=False),
    sa.Column("report", sa.Text),
    sa.Column("problem", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("cancelling", sa.Boolean, nullable=False),
    sa.Column("due", sa.BigInteger),
    sa.Column("lane", sa.Text),
)  # fmt: skip
PART = sa.Table(
    "job_part", METADATA,
    sa.Column("job_id", sa.Text, sa.ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("at", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)  # fmt: skip


def is_sqlite(url: str) -> bool:
    """Tell whether the jobs are in a file of this machine."""
    return url.startswith("sqlite")


def connect(url: str) -> sa.Engine:
    """Return an engine on the database of jobs, whose tables are made where they are missing.

    Raises:
        StoreUnavailableError: It cannot be opened.
    """
    try:
        engine = _sqlite(url) if is_sqlite(url) else _postgresql(url)
        with engine.begin() as connection:
            if not is_sqlite(url):
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7161016)")
            METADATA.create_all(connection)
            there = {each["name"] for each in sa.inspect(connection).get_columns("job")}
            for name, kind in _LATER.items():
                if name not in there:
                    # jobs of an older version of this program
                    connection.exec_driver_sql(f"ALTER TABLE job ADD COLUMN {name} {kind}")
    except (OSError, DBAPIError) as error:
        detail = str(getattr(error, "orig", error))
        raise StoreUnavailableError(store=sa.make_url(url), detail=detail) from error
    return engine


def driver_url(url: str) -> str:
    """Return the URL with the driver that is installed here."""
    made = sa.make_url(url)
    if not is_sqlite(url):
        made = made.set(drivername="postgresql+psycopg")
    return made.render_as_string(hide_password=False)


def keepalive_arguments() -> dict[str, Any]:
    """Return what a connection is opened with that holds a lock on a server."""
    return dict(_KEEPALIVES)


def _postgresql(url: str) -> sa.Engine:
    return sa.create_engine(
        driver_url(url), pool_size=5, max_overflow=-1, pool_pre_ping=True,
        connect_args={"application_name": "dpg-l10n jobs", **_KEEPALIVES},
    )  # fmt: skip


def _sqlite(url: str) -> sa.Engine:
    path = sa.make_url(url).database
    if not path or path == ":memory:":
        engine = sa.create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(url, max_overflow=-1, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _configure)
    return engine


def _configure(connection: Any, _record: Any) -> None:
    # every transaction takes the writer's place at once: one that turned writer would fail
    connection.isolation_level = "IMMEDIATE"
    for pragma in _PRAGMAS:
        connection.execute(pragma)
