"""What the use cases need of long work: four verbs, and the files that go with a job."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO, Protocol, TypeAlias


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True, slots=True)
class NewJob:
    """Long work that somebody asks for."""

    kind: str
    """Name of a task: ``push``, ``draft``, ``export``, ``accept``."""
    project: str
    """Slug; who may read the project may see the job."""
    actor: str
    """Pseudonym."""
    arguments: Mapping[str, Any]
    """JSON values."""
    key: str = ""
    """The same key by the same person means the same job; empty for a new one each time."""


@dataclass(frozen=True, slots=True)
class Job:
    """Long work, and what became of it."""

    id: str
    kind: str
    project: str
    actor: str
    state: JobState
    created: int
    """Seconds since 1970 in UTC, as ``updated``."""
    updated: int
    arguments: Mapping[str, Any]
    done: int
    """Steps done, of ``whole``; what a step is depends on the kind."""
    whole: int
    report: Any
    """JSON of the report; None before the end."""
    problem: Mapping[str, Any] | None
    """``code``, ``message`` and ``exit_code`` of the error that ended it."""
    note: Any
    """What a task wrote down for itself; None where nothing."""
    cancelling: bool
    """True when somebody asked to end it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One durable step of a job: what the next one begins with, or the report at the end."""

    state: Any
    """JSON values; the next step gets them."""
    done: int
    whole: int
    report: Any = None
    """A report ends the job."""


class Jobs(Protocol):
    """Long work that survives a crash, can be cancelled and is safe to run twice."""

    def enqueue(self, job: NewJob, at: int, files: Mapping[str, BinaryIO] | None = None) -> Job:
        """Keep a job with its files; return it, or the one that has the same key."""

    def status(self, job_id: str) -> Job | None:
        """Return a job, or None."""

    def list(self, projects: Collection[str] | None, limit: int) -> tuple[Job, ...]:
        """Return the newest jobs of some projects (None: of all)."""

    def cancel(self, job_id: str, at: int) -> Job | None:
        """Ask to end a job, which happens before its next step; return it."""

    def note(self, job_id: str, value: Any) -> None:
        """Keep a JSON value for the task itself."""

    def write_file(self, job_id: str, name: str, file: BinaryIO) -> None:
        """Keep a file of a job in place of one of that name."""

    def read_file(self, job_id: str, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file in portions; none where there is none."""

    def close(self) -> None:
        """Give the database back."""


Task: TypeAlias = "Callable[[Jobs, Job, Any], Turn]"
"""Does the next step of a job: gets what the step before left, None at first. A step that was cut
off is done again, and has to come to the same."""
