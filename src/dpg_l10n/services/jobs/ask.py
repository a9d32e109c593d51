"""What the doors ask for: each question becomes a job of a project."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, BinaryIO

from dpg_l10n.domain import query
from dpg_l10n.domain.records import Project
from dpg_l10n.errors import DpgL10nError, NotFoundError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports import Clock, Store
from dpg_l10n.ports.jobs import Job, Jobs, JobState, NewJob, Task, problem_of
from dpg_l10n.services import glossaries, memory
from dpg_l10n.services.export import ExportOptions
from dpg_l10n.services.ingest import PushOptions
from dpg_l10n.services.jobs.imports import IMPORT
from dpg_l10n.services.jobs.push import as_arguments
from dpg_l10n.services.jobs.report import PLAN, ReportOptions, plan
from dpg_l10n.services.jobs.tasks import task_of
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.jobs.upload import DIGEST, UPLOAD
from dpg_l10n.services.releases import check_name


def ask_push(
    jobs: Jobs, project: str, file: BinaryIO, options: PushOptions, clock: Clock, key: str = "", *,
    tools: Tools | None = None,
) -> Job:  # fmt: skip
    """Ask for a push of an archive; the project may be new.

    Args:
        jobs: Where to.
        project: Slug.
        file: The archive.
        options: How the push is meant.
        clock: Gives the time.
        key: See :class:`dpg_l10n.ports.jobs.NewJob`.
        tools: Does it at once with these; None leaves it to a worker.
    """
    new = NewJob("push", project, options.actor, as_arguments(options), key)
    return _with_file(jobs, new, UPLOAD, file, clock, tools)


def ask_memory(
    jobs: Jobs, file: BinaryIO, path: str, options: memory.ImportOptions, clock: Clock,
    key: str = "", *, tools: Tools | None = None,
) -> Job:  # fmt: skip
    """Ask for a file to become a memory; the job is of no project, so of those who see all.

    Args:
        jobs: Where to.
        file: TMX, or another format with sources and translations.
        path: Its name, by which formats are known.
        options: Name, licence, languages.
        clock: Gives the time.
        key: See :class:`dpg_l10n.ports.jobs.NewJob`.
        tools: As for :func:`ask_push`.
    """
    new = NewJob("memory", "", options.actor, {"path": path, "options": asdict(options)}, key)
    return _with_file(jobs, new, IMPORT, file, clock, tools)


def ask_glossary(
    jobs: Jobs, store: Store, file: BinaryIO, path: str, options: glossaries.ImportOptions,
    clock: Clock, key: str = "", *, tools: Tools | None = None,
) -> Job:  # fmt: skip
    """Ask for a file to become a glossary; the job is of the glossary's project, if it has one.

    Args:
        jobs: Where to.
        store: Knows whose the glossary is.
        file: CSV or TBX.
        path: Its name, for messages.
        options: Name, project, licence, whether to accept.
        clock: Gives the time.
        key: See :class:`dpg_l10n.ports.jobs.NewJob`.
        tools: As for :func:`ask_push`.

    Raises:
        NotFoundError: There is no such project.
    """
    old = glossaries.find(store, options.name)
    project = (old.project if old else options.project) or ""
    if options.project is not None:
        _require(store, options.project)
    arguments = {"path": path, "options": asdict(options)}
    new = NewJob("glossary", project, options.actor, arguments, key)
    return _with_file(jobs, new, IMPORT, file, clock, tools)


def _with_file(
    jobs: Jobs, new: NewJob, name: str, file: BinaryIO, clock: Clock, tools: Tools | None
) -> Job:
    """Keep a job with its file; do it here where there are tools for it."""
    if new.key:
        digest = hashlib.sha256()
        while data := file.read(1 << 20):
            digest.update(data)
        file.seek(0)
        new = replace(new, arguments={**new.arguments, DIGEST: digest.hexdigest()})
    job, is_new = _enqueue(jobs, new, clock, {name: file}, held=tools is not None)
    if tools is None or not is_new:
        return job
    return do_now(jobs, job, task_of(new.kind, tools), clock)


def _enqueue(
    jobs: Jobs, new: NewJob, clock: Clock, files: Mapping[str, BinaryIO] | None = None, *,
    held: bool = False,
) -> tuple[Job, bool]:  # fmt: skip
    """Keep a job, as :meth:`dpg_l10n.ports.jobs.Jobs.enqueue` does.

    Raises:
        UsageError: ``job.key``: the key was that of another question.
    """
    job, is_new = jobs.enqueue(new, clock.now(), files, held=held)
    if not is_new and job.arguments != json.loads(json.dumps(new.arguments)):
        raise UsageError(
            N_("The key “{key}” was used for another question. Take a new key for each."),
            code="job.key", key=new.key,
        )  # fmt: skip
    return job, is_new


def do_now(jobs: Jobs, job: Job, task: Task, clock: Clock) -> Job:
    """Do a job here that is held, and return what became of it."""
    state: Any = None
    try:
        while True:
            turn = task(jobs, job, state)
            jobs.progress(job.id, turn.done, turn.whole, clock.now())
            if turn.report is not None:
                jobs.end(job.id, JobState.DONE, clock.now(), report=turn.report)
                break
            state = turn.state
    except DpgL10nError as error:
        jobs.end(job.id, JobState.FAILED, clock.now(), problem=problem_of(error))
    return find_job(jobs, job.id)


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
    return _enqueue(jobs, NewJob("draft", project, actor, arguments, key), clock)[0]


def ask_export(
    jobs: Jobs, store: Store, project: str, actor: str, clock: Clock, options: ExportOptions,
    key: str = "", release: str = "",
) -> Job:  # fmt: skip
    """Ask for an export; with a name it is a release.

    Raises:
        NotFoundError: There is no such project.
        UsageError: As :func:`dpg_l10n.services.releases.check_name`.
    """
    if release:
        check_name(release, options)
    _require(store, project)
    arguments = {
        "format": options.format,
        "languages": list(options.languages),
        "only": options.only.value if options.only else None,
        "include_drafts": options.include_drafts,
        "release": release,
    }
    return _enqueue(jobs, NewJob("export", project, actor, arguments, key), clock)[0]


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
    return _enqueue(jobs, NewJob("accept", project, actor, arguments, key), clock)[0]


def ask_report(
    jobs: Jobs, store: Store, actor: str, clock: Clock, options: ReportOptions,
    visible: Callable[[Project], bool] = lambda _project: True, key: str = "",
) -> Job:  # fmt: skip
    """Ask for a report on many countries or projects; the job is of no project.

    Args:
        jobs: Where to.
        store: Has the projects.
        actor: Pseudonym.
        clock: Gives the time.
        options: What of.
        visible: Tells which projects who asks may see: others are in no figure.
        key: See :class:`dpg_l10n.ports.jobs.NewJob`.

    Raises:
        NotFoundError: There is no such country, or no such project among those.
    """
    planned = io.BytesIO(plan(store, options, visible))
    new = NewJob("report", "", actor, plain(asdict(options)), key)
    return _enqueue(jobs, new, clock, {PLAN: planned})[0]


def ask_terms(
    jobs: Jobs, store: Store, project: str, actor: str, clock: Clock, languages: Sequence[str],
    key: str = "",
) -> Job:  # fmt: skip
    """Ask what the glossary says of all that is translated.

    Raises:
        NotFoundError: There is no such project.
    """
    _require(store, project)
    arguments = {"languages": list(languages)}
    return _enqueue(jobs, NewJob("terms", project, actor, arguments, key), clock)[0]


def ask_undo(
    jobs: Jobs, store: Store, project: str, actor: str, clock: Clock, number: int, key: str = "", *,
    dry_run: bool = False,
) -> Job:  # fmt: skip
    """Ask to take a push or a bulk accept back, by its number.

    Raises:
        NotFoundError: There is no such project.
    """
    _require(store, project)
    arguments = {"id": number, "dry_run": dry_run}
    return _enqueue(jobs, NewJob("undo", project, actor, arguments, key), clock)[0]


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
