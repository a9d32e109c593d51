"""Jobs in two tables: who asked for what and how far it is, and the files that go with it."""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from dpg_l10n.jobs.opening import JOB, PART, connect
from dpg_l10n.ports.jobs import ENDED, Job, JobState, NewJob

_PORTION = 1 << 20
"""Bytes of a file in one row."""


class SqlJobs:
    """Jobs of one database.

    Args:
        url: Database URL.
    """

    def __init__(self, url: str) -> None:
        """Open the database.

        Raises:
            StoreUnavailableError: It cannot be opened.
        """
        self.url = url
        self.engine = connect(url)

    def enqueue(
        self, job: NewJob, at: int, files: Mapping[str, BinaryIO] | None = None, *,
        held: bool = False,
    ) -> tuple[Job, bool]:  # fmt: skip
        """Keep a job and its files in one transaction."""
        # nobody else has the address of somebody's keys
        key = json.dumps([job.actor, job.project, job.kind, job.key]) if job.key else None
        number = secrets.token_hex(8)
        try:
            with self.engine.begin() as connection:
                connection.execute(
                    JOB.insert().values(
                        id=number, kind=job.kind, project=job.project, actor=job.actor, key=key,
                        state=JobState.RUNNING if held else JobState.QUEUED, created=at, updated=at, done=0, whole=0,
                        arguments=json.dumps(job.arguments), cancelling=False, due=job.due, lane=job.lane,
                    )
                )  # fmt: skip
                for name, file in (files or {}).items():
                    _write(connection, number, name, file)
        except IntegrityError:
            with self.engine.connect() as connection:
                row = connection.execute(sa.select(JOB).where(JOB.c.key == key)).one()
                return _job(row), False
        return self._require(number), True

    def status(self, job_id: str) -> Job | None:
        """Return a job, or None."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(JOB).where(JOB.c.id == job_id)).one_or_none()
        return None if row is None else _job(row)

    def list(self, projects: Collection[str] | None, limit: int) -> tuple[Job, ...]:
        """Return the newest jobs first."""
        found = sa.select(JOB).order_by(JOB.c.created.desc(), JOB.c.id).limit(limit)
        if projects is not None:
            found = found.where(JOB.c.project.in_(sorted(projects)))
        with self.engine.connect() as connection:
            return tuple(map(_job, connection.execute(found)))

    def cancel(self, job_id: str, at: int) -> Job | None:
        """Ask to end a job; one that waits is ended at once, one that has ended stays as it is."""
        with self.engine.begin() as connection:
            mine = JOB.update().where(JOB.c.id == job_id)
            connection.execute(
                mine.where(JOB.c.state == JobState.QUEUED).values(
                    state=JobState.CANCELLED, cancelling=True, updated=at
                )
            )
            connection.execute(
                mine.where(JOB.c.state == JobState.RUNNING).values(cancelling=True, updated=at)
            )
        return self.status(job_id)

    def note(self, job_id: str, value: Any) -> None:
        """Keep a JSON value for the task itself."""
        self._set(job_id, note=json.dumps(value))

    def progress(self, job_id: str, done: int, whole: int, at: int) -> None:
        """Write down how far a job is."""
        self._set(job_id, state=JobState.RUNNING, done=done, whole=whole, updated=at)

    def end(
        self, job_id: str, state: JobState, at: int, *, report: Any = None, problem: Any = None
    ) -> None:
        """Write down how a job ended; the first end stays."""
        values: dict[str, Any] = {"state": state, "updated": at}
        if state is JobState.DONE:
            values |= {"report": json.dumps(report), "whole": JOB.c.done}
        if problem is not None:
            values["problem"] = json.dumps(problem)
        with self.engine.begin() as connection:
            connection.execute(
                JOB.update().where(JOB.c.id == job_id, JOB.c.state.not_in(ENDED)).values(values)
            )

    def in_state(self, state: JobState) -> Sequence[str]:
        """Return the jobs in a state, oldest first."""
        found = sa.select(JOB.c.id).where(JOB.c.state == state).order_by(JOB.c.created)
        with self.engine.connect() as connection:
            return connection.execute(found).scalars().all()

    def waiting(self, now: int) -> Mapping[str, str | None]:
        """Return the lanes of the jobs that somebody may do now by their numbers, oldest first."""
        due = sa.or_(JOB.c.due.is_(None), JOB.c.due <= now)
        found = sa.select(JOB.c.id, JOB.c.lane).where(JOB.c.state == JobState.QUEUED, due)
        with self.engine.connect() as connection:
            return {row.id: row.lane for row in connection.execute(found.order_by(JOB.c.created))}

    def abandoned(self, before: int) -> Sequence[str]:
        """Return the jobs under way of which nothing was heard since a time."""
        found = sa.select(JOB.c.id).where(JOB.c.state == JobState.RUNNING, JOB.c.updated < before)
        with self.engine.connect() as connection:
            return connection.execute(found).scalars().all()

    def release(self, job_id: str) -> None:
        """Let a worker do a job that was held."""
        self._set(job_id, state=JobState.QUEUED)

    def count(self) -> dict[str, int]:
        """Return how many jobs there are by state."""
        found = sa.select(JOB.c.state, sa.func.count()).group_by(JOB.c.state)
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(found)}

    def forget(self, before: int) -> Sequence[str]:
        """Delete the jobs that ended before a time, with their files; return them."""
        old = (JOB.c.state.in_(ENDED), JOB.c.updated < before)
        with self.engine.begin() as connection:
            gone = connection.execute(sa.select(JOB.c.id).where(*old)).scalars().all()
            if gone:
                connection.execute(PART.delete().where(PART.c.job_id.in_(gone)))
                connection.execute(JOB.delete().where(JOB.c.id.in_(gone)))
        return gone

    def write_file(self, job_id: str, name: str, file: BinaryIO) -> None:
        """Keep a file of a job in place of one of that name, whole or not at all."""
        with self.engine.begin() as connection:
            _write(connection, job_id, name, file)

    def read_file(self, job_id: str, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file, a row at a time."""
        at = 0
        while True:
            with self.engine.connect() as connection:
                data = connection.execute(
                    sa.select(PART.c.data).where(
                        PART.c.job_id == job_id, PART.c.name == name, PART.c.at == at
                    )
                ).scalar()
            if data is None:
                return
            yield bytes(data)
            at += 1

    def close(self) -> None:
        """Give the database back."""
        self.engine.dispose()

    def _set(self, job_id: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                JOB.update().where(JOB.c.id == job_id, JOB.c.state.not_in(ENDED)).values(values)
            )

    def _require(self, job_id: str) -> Job:
        found = self.status(job_id)
        assert found is not None  # noqa: S101 - it was just written
        return found


def _write(connection: sa.Connection, job_id: str, name: str, file: BinaryIO) -> None:
    connection.execute(PART.delete().where(PART.c.job_id == job_id, PART.c.name == name))
    file.seek(0, io.SEEK_SET)
    at = 0
    while (data := file.read(_PORTION)) or at == 0:
        connection.execute(PART.insert().values(job_id=job_id, name=name, at=at, data=data))
        at += 1


def _job(row: Any) -> Job:
    return Job(
        row.id, row.kind, row.project, row.actor, JobState(row.state), row.created, row.updated,
        json.loads(row.arguments), row.done, row.whole, _json(row.report), _json(row.problem),
        _json(row.note), bool(row.cancelling),
    )  # fmt: skip


def _json(text: str | None) -> Any:
    return None if text is None else json.loads(text)
