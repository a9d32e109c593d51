"""The one place that picks adapters: which store, which engine, which clock."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dpg_l10n.config import Settings
from dpg_l10n.ports import Clock, Engine, SourceIndex, Store

if TYPE_CHECKING:
    from dpg_l10n.engines.folder import ModelFolder
    from dpg_l10n.ports.maintenance import Maintenance


class SystemClock:
    """The computer's clock."""

    def now(self) -> int:
        """Return seconds since 1970 in UTC."""
        return int(time.time())


def clock() -> Clock:
    """Return the clock that the doors hand to use cases."""
    return SystemClock()


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """Open the store of the settings and close it at the end.

    Raises:
        StoreUnavailableError: It cannot be opened.
    """
    from dpg_l10n.store.uow import SqlStore

    store = SqlStore(settings.store)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_index(settings: Settings, *, background: bool = False) -> Iterator[SourceIndex]:
    """Open the index of the store's source texts and finish its files at the end.

    Args:
        settings: They name its folder.
        background: True for a program that stays, see :class:`dpg_l10n.memory.index.GramIndex`.
    """
    from dpg_l10n.memory.index import GramIndex

    index = GramIndex(settings.memory, background=background)
    try:
        yield index
    finally:
        index.close()


@contextmanager
def open_maintenance(settings: Settings) -> Iterator[Maintenance]:
    """Open the database of the settings to look after it, whatever version its store has.

    Raises:
        StoreUnavailableError: It cannot be opened.
    """
    from dpg_l10n.store.maintenance import SqlMaintenance

    store = SqlMaintenance(settings.store)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_engine(
    settings: Settings, name: str | None, *, also: Sequence[Path] = (), through: str | None = None
) -> Iterator[Engine | None]:
    """Open an engine of drafts and give its memory back at the end.

    Args:
        settings: They name the folder of models.
        name: Registered name; None opens none.
        also: Further folders of models, searched after that of the settings.
        through: BCP 47 tag of a language to go through where no model goes the whole way.

    Raises:
        NotFoundError: There is no engine of this name.
    """
    if name is None:
        yield None
        return
    from dpg_l10n.engines import ENGINES

    engine = ENGINES[name].open((settings.models, *also))
    if through is not None:
        from dpg_l10n.engines.relay import RelayEngine

        engine = RelayEngine(engine, through)
    try:
        yield engine
    finally:
        engine.close()


def models(settings: Settings) -> ModelFolder:
    """Return the folder of model packages."""
    from dpg_l10n.engines.folder import ModelFolder

    return ModelFolder(settings.models)
