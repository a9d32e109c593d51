"""What the use cases need of long work: four verbs, and the files that go with a job."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO, Protocol, TypeAlias

from dpg_l10n.errors import DpgL10nError


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
    """Name of a task, one of those of :mod:`dpg_l10n.services.jobs.tasks`."""
    project: str
    """Slug; who may read the project may see the job."""
    actor: str
    """Pseudonym."""
    arguments: Mapping[str, Any]
    """JSON values."""
    key: str = ""
    """The same key by the same person means the same job; empty for a new one each time."""
    due: int | None = None
    """Seconds since 1970 in UTC before which nobody does it; None for at once."""
    lane: str | None = None
    """Of work that waits for others, whom for: such jobs take no place of those that compute, and a
    worker does one of a lane at a time. None for all other work."""


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

    def enqueue(
        self, job: NewJob, at: int, files: Mapping[str, BinaryIO] | None = None, *,
        held: bool = False,
    ) -> tuple[Job, bool]:  # fmt: skip
        """Keep a job with its files.

        Args:
            job: What is asked for.
            at: Seconds since 1970 in UTC.
            files: By name.
            held: True where the caller does it at once; no worker takes it meanwhile.

        Returns:
            The job and True, or the one that has the same key and False.
        """

    def status(self, job_id: str) -> Job | None:
        """Return a job, or None."""

    def list(self, projects: Collection[str] | None, limit: int) -> tuple[Job, ...]:
        """Return the newest jobs of some projects (None: of all)."""

    def cancel(self, job_id: str, at: int) -> Job | None:
        """Ask to end a job, which happens before its next step; return it."""

    def note(self, job_id: str, value: Any) -> None:
        """Keep a JSON value for the task itself."""

    def progress(self, job_id: str, done: int, whole: int, at: int) -> None:
        """Write down how far a job is."""

    def end(
        self, job_id: str, state: JobState, at: int, *, report: Any = None, problem: Any = None
    ) -> None:
        """Write down how a job ended; the first end stays."""

    def count(self) -> Mapping[str, int]:
        """Return how many jobs there are by state."""

    def write_file(self, job_id: str, name: str, file: BinaryIO) -> None:
        """Keep a file of a job in place of one of that name."""

    def read_file(self, job_id: str, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file in portions; none where there is none."""

    def close(self) -> None:
        """Give the database back."""


def problem_of(error: DpgL10nError) -> dict[str, Any]:
    """Return the problem that a job keeps of an error."""
    return {
        "code": error.error_code,
        "message": str(error).strip(),
        "exit_code": error.exit_code,
    }


Task: TypeAlias = "Callable[[Jobs, Job, Any], Turn]"
"""Does the next step of a job: gets what the step before left, None at first. A step that was cut
off is done again, and has to come to the same."""
