"""Jobs over a small project, and a worker for them: ``python -m tests.support.jobs STORE JOBS MOMENT [real]``.

The worker sends itself SIGKILL at a moment: before the numbered commit to the store (from 1), or
``after`` a step was done that nobody has written down yet. With ``never`` it lives. Its engine is a fake
one; with ``real`` it is that of the installed models, and no other machine can be reached.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from tools.draft_projects import refuse_sockets

from dpg_l10n import bootstrap
from dpg_l10n.config import settings as configured
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.jobs.worker import run_worker
from dpg_l10n.ports.jobs import ENDED, Job, Jobs, Task, Turn
from dpg_l10n.services.jobs import tasks
from dpg_l10n.store.uow import SqlStore
from tests.support.api import settings_in
from tests.support.engines import FakeEngine


def archive(files: Mapping[str, bytes]) -> io.BytesIO:
    """Return a ZIP of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for path, data in files.items():
            target.writestr(path, data)
    made.seek(0)
    return made


def work_until(
    jobs: SqlJobs, store: SqlStore, job_id: str, within_s: float = 60, *, inside: bool = False
) -> Job:
    """Let a worker of this process do a job, and return it when it has ended."""
    with working(jobs, store, inside=inside):
        return wait_for(jobs, job_id, within_s)


@contextmanager
def working(jobs: SqlJobs, store: SqlStore, *, inside: bool = False) -> Iterator[None]:
    """Let a worker of this process do jobs."""
    settings = replace(settings_in(Path(), store.url), webhooks_inside=inside)
    stop = threading.Event()
    with bootstrap.job_tools(settings, store) as tools:
        worker = threading.Thread(target=run_worker, args=(jobs, tasks(tools), stop))
        worker.start()
        try:
            yield
        finally:
            stop.set()
            worker.join()


def wait_for(jobs: SqlJobs, job_id: str, within_s: float = 60) -> Job:
    """Return a job when it has ended."""
    until = time.monotonic() + within_s
    while True:
        job = jobs.status(job_id)
        assert job is not None
        if job.state in ENDED:
            return job
        assert time.monotonic() < until, job
        time.sleep(0.05)


def main(store_url: str, jobs_url: str, moment: str, engine: str = "fake") -> None:
    """Work, and die on the way."""
    numbers = count(1)

    def before_commit(connection: Connection) -> None:
        options = connection.get_execution_options()
        writes = options.get("writing") or options.get("isolation_level") == "READ COMMITTED"
        if writes and str(next(numbers)) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def dying(task: Task) -> Task:
        def do(jobs: Jobs, job: Job, state: Any) -> Turn:
            turn = task(jobs, job, state)
            if moment == "after":
                os.kill(os.getpid(), signal.SIGKILL)
            return turn

        return do

    settings, stop = settings_in(Path(), store_url), threading.Event()
    if engine == "real":
        refuse_sockets()
        settings = replace(settings, models=configured().models)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with (
        closing(SqlStore(store_url)) as store,
        closing(SqlJobs(jobs_url)) as jobs,
        bootstrap.job_tools(settings, store) as tools,
    ):
        if engine == "fake":
            tools = replace(tools, open_engine=lambda _name: nullcontext(FakeEngine()))  # noqa: PLW2901 - the same tools
        event.listen(Engine, "commit", before_commit)
        run_worker(jobs, {kind: dying(task) for kind, task in tasks(tools).items()}, stop)


if __name__ == "__main__":
    main(*sys.argv[1:])
