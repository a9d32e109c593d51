"""The SQL unit of work: one transaction, and the repositories inside it."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from types import TracebackType

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlmodel import Session

from dpg_l10n.errors import StoreUnavailableError
from dpg_l10n.store.accounts import SqlAccounts
from dpg_l10n.store.bundles import SqlBundles
from dpg_l10n.store.catalogues import SqlCatalogues
from dpg_l10n.store.dialects.spec import Dialect
from dpg_l10n.store.foreign import SqlForeign
from dpg_l10n.store.glossaries import SqlGlossaries
from dpg_l10n.store.goods import SqlGoods
from dpg_l10n.store.memory import SqlMemory
from dpg_l10n.store.opening import connect, prepare
from dpg_l10n.store.past import SqlPast
from dpg_l10n.store.projects import SqlProjects
from dpg_l10n.store.releases import SqlReleases
from dpg_l10n.store.statements import Statements
from dpg_l10n.store.talk import SqlTalk
from dpg_l10n.store.terminology import Kept
from dpg_l10n.store.translations import SqlTranslations
from dpg_l10n.store.units import SqlUnits
from dpg_l10n.store.webhooks import SqlWebhooks


class SqlUnitOfWork:
    """One transaction on the store.

    Args:
        engine: From :func:`dpg_l10n.store.opening.connect`.
        dialect: Of the same database.
        kept: Indexed glossaries, which units of work share.
        limit: Seconds that reading may take; None for any.
        writing: True takes the writer's place: from the first statement on where only one may
            write, else when the project is named.
    """

    projects: SqlProjects
    catalogues: SqlCatalogues
    units: SqlUnits
    translations: SqlTranslations
    memory: SqlMemory
    foreign: SqlForeign
    glossaries: SqlGlossaries
    goods: SqlGoods
    past: SqlPast
    releases: SqlReleases
    talk: SqlTalk
    webhooks: SqlWebhooks
    accounts: SqlAccounts
    bundles: SqlBundles

    def __init__(
        self,
        engine: Engine,
        dialect: Dialect,
        kept: Kept,
        *,
        writing: bool,
        limit: float | None = None,
    ) -> None:
        """Remember what to open; nothing happens before ``with``."""
        self._engine = engine
        self._dialect = dialect
        self._kept = kept
        self._writing = writing
        self._limit = limit
        self._connection: Connection | None = None
        self._turn: AbstractContextManager[None] = nullcontext()

    def __enter__(self) -> SqlUnitOfWork:
        """Begin.

        Raises:
            StoreUnavailableError: The database is gone, or another writer took too long.
        """
        connection = None
        turn = self._dialect.turn(self._engine) if self._writing else nullcontext()
        turn.__enter__()
        try:
            connection = self._engine.connect()
            connection.execution_options(**self._dialect.options(writing=self._writing))
            connection.begin()
            end = None if self._limit is None else time.monotonic() + self._limit
            if end is not None:
                self._dialect.limit(connection, end)
        except BaseException as error:
            if connection is not None:
                connection.close()
            turn.__exit__(None, None, None)
            if not isinstance(error, DBAPIError):
                raise
            store = str(self._engine.url)
            raise StoreUnavailableError(store=store, detail=str(error.orig)) from error
        self._connection = connection
        self._turn = turn
        session = Session(bind=connection)
        self.statements = statements = Statements(connection, self._dialect, end=end)
        self.projects = SqlProjects(session, statements, writing=self._writing)
        self.catalogues = SqlCatalogues(session, statements, self.projects)
        self.units = SqlUnits(statements, self.projects)
        self.translations = SqlTranslations(statements, self.projects)
        self.memory = SqlMemory(statements)
        self.foreign = SqlForeign(statements, self.projects, self.units)
        self.glossaries = SqlGlossaries(statements, self.projects, self._kept)
        self.goods = SqlGoods(statements)
        self.past = SqlPast(statements, self.projects)
        self.releases = SqlReleases(statements, self.projects)
        self.talk = SqlTalk(statements, self.projects)
        self.webhooks = SqlWebhooks(statements)
        self.accounts = SqlAccounts(statements)
        self.bundles = SqlBundles(statements, self.projects, self.units)
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
        """Undo what was not committed.

        Raises:
            InputError: ``input.character``: the database cannot keep a text that was written.
            TookLongError: Reading would take longer than it may.
        """
        assert self._connection is not None  # noqa: S101 - as above
        try:
            if self._limit is not None:
                self._dialect.limit(self._connection, None)
            self._session.close()
            self._connection.close()
        finally:
            self._connection = None
            self._turn.__exit__(None, None, None)
        refusal = None if error is None else self._dialect.refusal(error)
        if refusal is not None:
            raise refusal from error


class SqlStore:
    """A store of one database: opens units of work."""

    def __init__(self, url: str) -> None:
        """Open the database and make its tables where it is new.

        Raises:
            StoreUnavailableError: It cannot be opened, is no store, or is of another version.
            NotFoundError: There is no such kind of database.
            MissingExtraError: The driver of the database is not installed.
        """
        parsed, self._dialect, self._engine = connect(url)
        self._kept = Kept()
        self._limit: float | None = None
        self.url = str(parsed)
        try:
            prepare(self._engine, self._dialect, self.url)
        except DatabaseError as error:
            self._engine.dispose()
            raise StoreUnavailableError(store=self.url, detail=str(error.orig)) from error
        except StoreUnavailableError:
            self._engine.dispose()
            raise

    def hurried(self, seconds: float) -> SqlStore | None:
        """Return a view of the store for reading by a thread that must not wait."""
        if not self._dialect.inside:
            return None
        view = copy(self)
        view._kept, view._limit = self._kept.at_hand(), seconds
        return view

    def read(self) -> SqlUnitOfWork:
        """Return a unit of work that only looks."""
        return SqlUnitOfWork(
            self._engine, self._dialect, self._kept, writing=False, limit=self._limit
        )

    def write(self) -> SqlUnitOfWork:
        """Return a unit of work that changes things."""
        return SqlUnitOfWork(self._engine, self._dialect, self._kept, writing=True)

    @property
    def readers(self) -> int:
        """How many threads should read at the same time: with more of them all get slower."""
        return self._dialect.readers

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()
