"""A worker: takes jobs from the table, lets DBOS do their steps, and takes over from the dead."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Mapping
from contextlib import closing

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetEnqueueOptions, SetWorkflowID

from dpg_l10n.jobs import steps
from dpg_l10n.jobs.opening import driver_url, is_sqlite
from dpg_l10n.jobs.places import ServerPlace, file_place
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.ports.jobs import JobState, Task

_QUEUE, _LANES = "jobs", "lanes"
_LOOK_EVERY_S = 0.3
_TIDY_EVERY_S = 60.0
_AT_ONCE = 2
"""Jobs of one worker at a time: one that computes, and one that need not wait for it."""
_LANES_AT_ONCE = 8
"""Jobs of one worker that wait for others, each of them for somebody else."""
_WRITES_S = 0.2
"""What DBOS needs after a step to write down how it ended."""
_LOST = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_DAY_S = 86_400
_HELD_S = 900
"""Whoever does a job at once has done it by then, or died."""


def run_worker(
    jobs: SqlJobs,
    tasks: Mapping[str, Task],
    stop: threading.Event,
    *,
    keep_days: int = 14,
    finish_s: float = 30.0,
) -> None:
    """Do jobs until told to stop.

    Args:
        jobs: Where they are.
        tasks: What does them, by kind.
        stop: Set it to end: steps under way are finished, jobs go on where the next worker starts.
        keep_days: Days after which a job that ended is forgotten.
        finish_s: Seconds that steps under way get to finish.
    """
    if is_sqlite(jobs.url):
        path = sa.make_url(jobs.url).database or ""
        with file_place(path, stop) as mine:
            if mine:
                _work(jobs, tasks, stop, "one", keep_days, finish_s)
        return
    with closing(ServerPlace(jobs.url, socket.gethostname())) as place:
        _work(jobs, tasks, stop, place.name, keep_days, finish_s, place)


def _work(
    jobs: SqlJobs,
    tasks: Mapping[str, Task],
    stop: threading.Event,
    name: str,
    keep_days: int,
    finish_s: float,
    place: ServerPlace | None = None,
) -> None:
    room = steps.Room(jobs, tasks)
    steps.enter(room)
    DBOS(config=_config(jobs, name))
    try:
        DBOS.launch()
        DBOS.register_queue(_QUEUE, worker_concurrency=_AT_ONCE, polling_interval_sec=_LOOK_EVERY_S)
        DBOS.register_queue(
            _LANES, worker_concurrency=_LANES_AT_ONCE, partition_worker_concurrency=1,
            polling_interval_sec=_LOOK_EVERY_S,
        )  # fmt: skip
        if place is not None:
            place.begin()
        handed: set[str] = set()
        tidied = time.monotonic()
        while not stop.wait(_LOOK_EVERY_S):
            handed = _hand_over(jobs, handed)
            if time.monotonic() - tidied > _TIDY_EVERY_S:
                _tidy(jobs, keep_days)
                tidied = time.monotonic()
    finally:
        room.leaving.set()
        until = time.monotonic() + finish_s
        while room.busy and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(_WRITES_S)
        DBOS.destroy()
        steps.enter(None)


def _config(jobs: SqlJobs, name: str) -> DBOSConfig:
    config = DBOSConfig(
        name="dpg-l10n",
        system_database_url=driver_url(jobs.url),
        # the default is a hash of the source: any change of it would orphan what is under way
        application_version=steps.STEPS_VERSION,
        executor_id=name,
        # the default is pickle: whoever can write the tables could run code here
        serializer=DBOSPortableJSONSerializer(),
        log_level="ERROR",
        enable_otlp=False,
    )
    if is_sqlite(jobs.url):
        config["system_database_engine"] = jobs.engine
    return config


def _hand_over(jobs: SqlJobs, handed: set[str]) -> set[str]:
    """Give waiting jobs to DBOS, which takes each number once; return those that still wait."""
    waiting = set()
    try:
        for job_id, lane in jobs.waiting(int(time.time())).items():
            if job_id not in handed:
                with SetWorkflowID(job_id), SetEnqueueOptions(queue_partition_key=lane):
                    DBOS.enqueue_workflow(_LANES if lane else _QUEUE, steps.work_off, job_id)
            waiting.add(job_id)
    except sa.exc.DBAPIError:
        return handed  # the database is away; the next look comes soon
    return waiting


def _tidy(jobs: SqlJobs, keep_days: int) -> None:
    """End jobs that DBOS gave up, take up those whose holder died, forget old ones."""
    try:
        for job_id in jobs.abandoned(int(time.time()) - _HELD_S):
            if not DBOS.list_workflows(workflow_ids=[job_id]):
                jobs.release(job_id)
        under_way = jobs.in_state(JobState.RUNNING)
        if under_way:
            for lost in DBOS.list_workflows(workflow_ids=[*under_way], status=_LOST):
                steps.give_up(jobs, lost.workflow_id)
        gone = jobs.forget(int(time.time()) - keep_days * _DAY_S)
        if gone:
            DBOS.delete_workflows([*gone])
    except sa.exc.DBAPIError:
        return  # the database is away; the next look comes soon
