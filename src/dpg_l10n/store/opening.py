"""Opening a store: new ones get their tables, others must be of this program's version."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from dpg_l10n.errors import StoreUnavailableError
from dpg_l10n.i18n import N_
from dpg_l10n.store.dialects import DIALECTS
from dpg_l10n.store.dialects.spec import Dialect
from dpg_l10n.store.tables import SCHEMA_VERSION, Row

_NAMES = {"postgres": "postgresql"}
"""Other names of databases in URLs."""
_VERSION_TABLE = "alembic_version"


def connect(url: str) -> tuple[URL, Dialect, Engine]:
    """Return the parsed URL, the dialect and an engine; look at nothing inside.

    Raises:
        StoreUnavailableError: The database cannot be opened.
        NotFoundError: There is no such kind of database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailableError(store=url, detail="it is no database URL") from error
    name = parsed.get_backend_name()
    dialect = DIALECTS[_NAMES.get(name, name)]
    return parsed, dialect, dialect.open(parsed)


def version_of(connection: Connection) -> str | None:
    """Return the version of the tables, None where there are none yet."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {_VERSION_TABLE}").scalar()
    return None if found is None else str(found)


def prepare(engine: Engine, dialect: Dialect, store: str) -> None:
    """Make the tables of a new store; of an existing one only look at the version.

    Looking first lets a store be opened while somebody else writes to it.

    Args:
        engine: Of the database.
        dialect: Of the same database.
        store: The URL as people may see it.

    Raises:
        StoreUnavailableError: The database is of another version, or is no store.
    """
    with engine.connect() as connection:
        version = version_of(connection)
    if version is None:
        with engine.connect().execution_options(**dialect.options(writing=True)) as connection:
            connection.begin()
            dialect.lock(connection, "tables")
            version = version_of(connection)
            if version is None:
                version = _make(connection, store)
            connection.commit()
    require_current(version, store)


def require_current(version: str | None, store: str) -> None:
    """Refuse a store of another version.

    Raises:
        StoreUnavailableError: ``unavailable.store``.
    """
    if version == SCHEMA_VERSION:
        return
    if version is None:
        raise StoreUnavailableError(store=store, detail="it is empty")
    if version.isdigit() and version < SCHEMA_VERSION:
        raise StoreUnavailableError(
            N_(
                "The store {store} has schema {version}, this program needs {known}. Make a backup "
                "of it, then bring it up to date with: dpg-l10n store upgrade"
            ),
            store=store, version=version, known=SCHEMA_VERSION,
        )  # fmt: skip
    raise StoreUnavailableError(
        N_(
            "The store {store} has schema {version}, this program knows {known}. Use the program "
            "that wrote it, or a newer one."
        ),
        store=store, version=version, known=SCHEMA_VERSION,
    )  # fmt: skip


def _make(connection: Connection, store: str) -> str:
    strangers = sorted(set(inspect(connection).get_table_names()) & set(Row.metadata.tables))
    if strangers:
        detail = f"it is no store of this program, and has a table “{strangers[0]}”"
        raise StoreUnavailableError(store=store, detail=detail)
    # Alembic would come to the same tables, but importing it takes longer than all of this
    Row.metadata.create_all(connection)
    version = Row.metadata.tables[_VERSION_TABLE]
    connection.execute(version.insert().values(version_num=SCHEMA_VERSION))
    return SCHEMA_VERSION
