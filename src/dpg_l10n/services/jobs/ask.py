"""What the doors ask for: each question becomes a job of a project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from dpg_l10n.domain import query
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import Clock, Store
from dpg_l10n.ports.jobs import Job, Jobs, NewJob
from dpg_l10n.services.export import ExportOptions
from dpg_l10n.services.ingest import PushOptions
from dpg_l10n.services.jobs.push import as_arguments
from dpg_l10n.services.jobs.upload import UPLOAD


def ask_push(
    jobs: Jobs, project: str, file: BinaryIO, options: PushOptions, clock: Clock, key: str = ""
) -> Job:
    """Ask for a push of an archive; the project may be new."""
    new = NewJob("push", project, options.actor, as_arguments(options), key)
    return jobs.enqueue(new, clock.now(), {UPLOAD: file})


def ask_draft(
    jobs: Jobs, store: Store, project: str, actor: str, clock: Clock, *,
    languages: Sequence[str], engine: str | None, limit: int | None, key: str = "",
) -> Job:  # fmt: skip
    """Ask for drafts.

    Raises:
        NotFoundError: There is no such project.
    """
    _require(store, project)
    arguments = {"languages": list(languages), "engine": engine, "limit": limit}
    return jobs.enqueue(NewJob("draft", project, actor, arguments, key), clock.now())


def ask_export(
    jobs: Jobs, store: Store, project: str, actor: str, clock: Clock, options: ExportOptions,
    key: str = "",
) -> Job:  # fmt: skip
    """Ask for an export.

    Raises:
        NotFoundError: There is no such project.
    """
    _require(store, project)
    arguments = {
        "format": options.format,
        "languages": list(options.languages),
        "only": options.only.value if options.only else None,
        "include_drafts": options.include_drafts,
    }
    return jobs.enqueue(NewJob("export", project, actor, arguments, key), clock.now())


def ask_accept(
    jobs: Jobs, store: Store, project: str, actor: str, clock: Clock, language: str, asked: str,
    key: str = "",
) -> Job:  # fmt: skip
    """Ask to accept what a query asks for.

    Raises:
        NotFoundError: There is no such project.
        UsageError: The query cannot be read.
    """
    _require(store, project)
    query.parse(asked)
    arguments = {"language": language, "q": asked}
    return jobs.enqueue(NewJob("accept", project, actor, arguments, key), clock.now())


def find_job(jobs: Jobs, job_id: str) -> Job:
    """Return a job.

    Raises:
        NotFoundError: There is none of this number.
    """
    job = jobs.status(job_id)
    if job is None:
        raise NotFoundError(kind="job", name=job_id, hint="")
    return job


def _require(store: Store, project: str) -> None:
    with store.read() as uow:
        uow.projects.require(project)
