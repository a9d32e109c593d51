"""One workflow for every kind of job: turn after turn, each of them recorded before the next."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dbos import DBOS
from sqlalchemy.exc import OperationalError

from dpg_l10n.errors import DpgL10nError, StoreUnavailableError
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.ports.jobs import ENDED, JobState, Task, problem_of

STEPS_VERSION = "1"
"""Jobs that are under way belong to this version of the steps: to be raised when a step means
something else, and only then."""
_MOST_RECOVERIES = 20
"""A job that took so many workers with it is given up."""
_LOG = logging.getLogger(__name__)


class Leaving(BaseException):
    """The worker ends: no error of the job, which somebody takes up again where it is."""


@dataclass
class Room:
    """What the steps of this process work with."""

    jobs: SqlJobs
    tasks: Mapping[str, Task]
    leaving: threading.Event = field(default_factory=threading.Event)
    busy: int = 0
    """Turns under way."""


class _Door:
    """Where the steps find their room: DBOS calls them with JSON values alone."""

    room: Room | None = None


def enter(room: Room | None) -> None:
    """Let the steps work in a room, or in none."""
    _Door.room = room


@DBOS.step(retries_allowed=True, max_attempts=6, interval_seconds=1, backoff_rate=2)
def take_turn(job_id: str, _number: int, state: Any) -> Any:
    """Do one step of a job and return what the next begins with; with ``end`` there is none."""
    room = _Door.room
    if room is None or room.leaving.is_set():
        raise Leaving
    room.busy += 1
    try:
        return _turn(room, job_id, state)
    except (StoreUnavailableError, OperationalError):
        raise  # a database that is away comes back: the step is tried again
    except DpgL10nError as error:
        room.jobs.end(job_id, JobState.FAILED, int(time.time()), problem=problem_of(error))
        return {"end": JobState.FAILED}
    except Exception:  # noqa: BLE001 - a fault of ours ends its job, not the worker
        _LOG.exception("job %s failed", job_id)
        give_up(room.jobs, job_id)
        return {"end": JobState.FAILED}
    finally:
        room.busy -= 1


def _turn(room: Room, job_id: str, state: Any) -> Any:
    job, now = room.jobs.status(job_id), int(time.time())
    if job is not None and job.state in ENDED:
        return {"end": job.state}  # it ended, and its worker died before it wrote that down
    if job is None or job.cancelling:
        room.jobs.end(job_id, JobState.CANCELLED, now)
        return {"end": JobState.CANCELLED}
    if job.state is JobState.QUEUED:
        room.jobs.progress(job_id, 0, 0, now)
    turn = room.tasks[job.kind](room.jobs, job, state)
    room.jobs.progress(job_id, turn.done, turn.whole, int(time.time()))
    if turn.report is None:
        return {"state": turn.state}
    room.jobs.end(job_id, JobState.DONE, int(time.time()), report=turn.report)
    return {"end": JobState.DONE}


@DBOS.workflow(max_recovery_attempts=_MOST_RECOVERIES)
def work_off(job_id: str) -> str:
    """Do a job, step by step."""
    state: Any = None
    number = 0
    while True:
        out = take_turn(job_id, number, state)
        if "end" in out:
            return str(out["end"])
        state, number = out["state"], number + 1


def give_up(jobs: SqlJobs, job_id: str) -> None:
    """End a job that cannot be done; why is in the log of the service."""
    problem = {
        "code": "internal",
        "message": "A fault of the service; what was finished is kept.",
        "exit_code": DpgL10nError.exit_code,
    }
    jobs.end(job_id, JobState.FAILED, int(time.time()), problem=problem)
