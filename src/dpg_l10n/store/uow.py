"""The SQL unit of work: one transaction, and the repositories inside it."""

from __future__ import annotations

from types import TracebackType

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, SQLModel, select

from dpg_l10n.errors import StoreUnavailableError
from dpg_l10n.store import tables
from dpg_l10n.store.catalogues import SqlCatalogues
from dpg_l10n.store.dialects import DIALECTS
from dpg_l10n.store.dialects.spec import Dialect
from dpg_l10n.store.memory import SqlMemory
from dpg_l10n.store.projects import SqlProjects
from dpg_l10n.store.translations import SqlTranslations
from dpg_l10n.store.units import SqlUnits


class SqlUnitOfWork:
    """One transaction on the store.

    Args:
        engine: From :func:`open_store`.
        dialect: Of the same database.
        writing: True takes the writer's place from the first statement on.
    """

    projects: SqlProjects
    catalogues: SqlCatalogues
    units: SqlUnits
    translations: SqlTranslations
    memory: SqlMemory

    def __init__(self, engine: Engine, dialect: Dialect, *, writing: bool) -> None:
        """Remember what to open; nothing happens before ``with``."""
        self._engine = engine
        self._dialect = dialect
        self._writing = writing
        self._connection: Connection | None = None

    def __enter__(self) -> SqlUnitOfWork:
        """Begin."""
        connection = self._engine.connect().execution_options(writing=self._writing)
        self._connection = connection
        connection.begin()
        session = Session(bind=connection)
        self.projects = SqlProjects(session)
        self.catalogues = SqlCatalogues(session, self.projects)
        self.units = SqlUnits(connection, self._dialect)
        self.translations = SqlTranslations(connection, self._dialect, self.projects)
        self.memory = SqlMemory(connection)
        self._session = session
        return self

    def commit(self) -> None:
        """Make everything since the beginning last."""
        assert self._connection is not None  # noqa: S101 - a program error, not a user's
        self._session.flush()
        self._connection.commit()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed."""
        assert self._connection is not None  # noqa: S101 - as above
        self._session.close()
        self._connection.close()
        self._connection = None


class SqlStore:
    """A store of one database: opens units of work."""

    def __init__(self, url: str) -> None:
        """Open the database and make its tables where it is new.

        Raises:
            StoreUnavailableError: It cannot be opened, is no store, or is of a newer version.
        """
        self.url = url
        name = make_url(url).get_backend_name()
        self._dialect = DIALECTS[name]
        self._engine = self._dialect.open(url)
        try:
            self._prepare()
        except DatabaseError as error:
            raise StoreUnavailableError(store=url, detail=str(error.orig)) from error

    def _prepare(self) -> None:
        """Make the tables of a new store; of an existing one only look at the version.

        Looking first lets a store be opened while somebody else writes to it.
        """
        with self._engine.connect() as connection:
            version = _version(connection)
        if version is None:
            with self._engine.connect().execution_options(writing=True) as connection:
                SQLModel.metadata.create_all(connection)
                version = _version(connection)
                if version is None:
                    version = str(tables.SCHEMA_VERSION)
                    session = Session(bind=connection)
                    session.add(tables.MetaRow(name="schema_version", value=version))
                    session.flush()
                connection.commit()
        if version != str(tables.SCHEMA_VERSION):
            raise StoreUnavailableError(
                store=self.url,
                detail=f"it has schema {version}, this program knows {tables.SCHEMA_VERSION}",
            )

    def read(self) -> SqlUnitOfWork:
        """Return a unit of work that only looks."""
        return SqlUnitOfWork(self._engine, self._dialect, writing=False)

    def write(self) -> SqlUnitOfWork:
        """Return a unit of work that changes things."""
        return SqlUnitOfWork(self._engine, self._dialect, writing=True)

    def close(self) -> None:
        """Give the database file back."""
        self._engine.dispose()


def _version(connection: Connection) -> str | None:
    """Return the version of the tables, None where there are none yet."""
    if not inspect(connection).has_table("meta"):
        return None
    query = select(tables.MetaRow.value).where(tables.MetaRow.name == "schema_version")
    return Session(bind=connection).exec(query).first()
