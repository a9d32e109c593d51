"""Migrations through Alembic. Importing this takes longer than opening a store."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from dpg_l10n.errors import StoreUnavailableError
from dpg_l10n.store.check import repair_trend
from dpg_l10n.store.dialects.spec import Dialect
from dpg_l10n.store.opening import version_of
from dpg_l10n.store.statements import Statements

_DAYS_SINCE = "0006"
"""Version from which on days of coverage are kept: those before are counted from the history."""


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings; with a connection it can also run."""
    found = Config()
    # Alembic's settings take % for the beginning of a variable
    place = str(Path(__file__).parent / "migrations").replace("%", "%%")
    found.set_main_option("script_location", place)
    found.attributes["connection"] = connection
    return found


def versions() -> tuple[str, ...]:
    """Return every version of the tables, oldest first."""
    scripts = ScriptDirectory.from_config(config()).walk_revisions()
    return tuple(reversed([script.revision for script in scripts]))


def upgrade(engine: Engine, dialect: Dialect, to: str = "head") -> tuple[str | None, str]:
    """Bring the tables to a version, whole or not at all; return the version before and after.

    Raises:
        StoreUnavailableError: The tables are of a version that this program does not know.
    """
    options = dialect.options(writing=True)
    with engine.connect().execution_options(**options) as connection, dialect.migrating(connection):
        connection.begin()
        dialect.lock(connection, "tables")
        before = version_of(connection)
        try:
            command.upgrade(config(connection), to)
        except CommandError as error:
            raise StoreUnavailableError(store=str(engine.url), detail=str(error)) from error
        after = version_of(connection)
        if before is not None and before < _DAYS_SINCE <= (after or ""):
            repair_trend(Statements(connection, dialect))
        connection.commit()
    return before, after or ""
