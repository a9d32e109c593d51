"""The one place that picks adapters: which store, which engine, which clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dpg_l10n.config import Settings
from dpg_l10n.ports import Clock, Engine, SourceIndex, Store

if TYPE_CHECKING:
    from dpg_l10n.engines.folder import ModelFolder
    from dpg_l10n.ports.jobs import Jobs
    from dpg_l10n.ports.maintenance import Maintenance
    from dpg_l10n.services.drafting.shared import SharedDrafts
    from dpg_l10n.services.jobs import Tools

OFFLINE_ENGINE = "argos"
"""The engine that answers programs which ask for a translation and name none."""


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


def pseudo_engine(longer: float) -> Engine:
    """Return the engine of pseudo-languages, which holds nothing that had to be closed.

    Args:
        longer: Share of the length by which its texts are longer.
    """
    from dpg_l10n.engines.pseudo import PseudoEngine

    return PseudoEngine(longer=longer)


@contextmanager
def open_jobs(settings: Settings) -> Iterator[Jobs]:
    """Open the jobs of the store and close them at the end.

    Raises:
        StoreUnavailableError: Their database cannot be opened.
    """
    from dpg_l10n.jobs.table import SqlJobs

    jobs = SqlJobs(settings.jobs)
    try:
        yield jobs
    finally:
        jobs.close()


@contextmanager
def job_tools(
    settings: Settings, store: Store, index: SourceIndex | None = None
) -> Iterator[Tools]:
    """Give what the tasks of jobs work with: engines stay open, and serve one job at a time."""
    from dpg_l10n.delivery import Sender
    from dpg_l10n.services.jobs import Limits, Tools

    held: dict[str | None, Engine | None] = {}
    one_at_a_time = threading.Lock()

    @contextmanager
    def engine(name: str | None) -> Iterator[Engine | None]:
        with one_at_a_time:
            if name not in held:
                held[name] = stack.enter_context(open_engine(settings, name))
            yield held[name]

    with ExitStack() as stack:
        yield Tools(
            store, clock(), engine, index,
            Limits(settings.max_file_bytes, settings.max_upload_bytes),
            Sender(inside=settings.webhooks_inside), settings.least_chrf,
        )  # fmt: skip


@contextmanager
def shared_drafts(tools: Tools) -> Iterator[SharedDrafts]:
    """Give drafts to many who ask at once; jobs use the same models in turn."""
    from dpg_l10n.services.drafting.shared import SharedDrafts

    drafts = SharedDrafts(lambda: tools.open_engine(OFFLINE_ENGINE), tools.store, tools.least_chrf)
    try:
        yield drafts
    finally:
        drafts.close()


def run_worker(settings: Settings, stop: threading.Event) -> None:
    """Do the jobs of the store until told to stop.

    Raises:
        StoreUnavailableError: The store, or the database of its jobs, cannot be opened.
    """
    with (
        open_store(settings) as store,
        open_index(settings, background=True) as index,
        job_tools(settings, store, index) as tools,
    ):
        _work(settings, tools, stop)


@contextmanager
def working(settings: Settings, tools: Tools) -> Iterator[None]:
    """Do the jobs of the store beside other work of this process."""
    stop = threading.Event()
    worker = threading.Thread(target=_work, args=(settings, tools, stop), name="worker")
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()


def _work(settings: Settings, tools: Tools, stop: threading.Event) -> None:
    from dpg_l10n.jobs.table import SqlJobs
    from dpg_l10n.jobs.worker import run_worker as work
    from dpg_l10n.services.jobs import tasks

    with closing(SqlJobs(settings.jobs)) as jobs:
        work(jobs, tasks(tools), stop)


def models(settings: Settings) -> ModelFolder:
    """Return the folder of model packages."""
    from dpg_l10n.engines.folder import ModelFolder

    return ModelFolder(settings.models)
