"""Long work: asking for it, watching it, ending it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Permission, Principal
from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.merge import OnConflict
from dpg_l10n.domain.states import State
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports.jobs import ENDED, Job, Jobs, JobState
from dpg_l10n.services import jobs as service
from dpg_l10n.services.coverage import projects as all_projects
from dpg_l10n.services.export import ExportOptions
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.ingest import PushOptions
from dpg_l10n_api.access import Who
from dpg_l10n_api.asked import ASKED, Key, answer, tools_for
from dpg_l10n_api.deps import OpenJobs, OpenStore, Slug
from dpg_l10n_api.problems import documented
from dpg_l10n_api.receive import archive
from dpg_l10n_api.schemas.jobs import JobItem, JobList, NewAcceptance, NewDrafts, NewExport, NewUndo

router = APIRouter(tags=["jobs"])
JobId = Annotated[str, Path(max_length=40, description="Number of the job.")]
_WITH_FILE = frozenset({"export", "report"})
_LOOK_EVERY_S = 0.5
_LONGEST_WATCH = 7200
"""Looks after which a watcher has to ask again: an hour."""
_EVENT = {
    "type": "object",
    "properties": {"event": {"const": "job"}, "data": {"type": "string"}},
    "description": "One event; its data is a job as JSON.",
}
_FILE = {"type": "string", "contentMediaType": "application/octet-stream"}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/zip": {"schema": _FILE, "example": "the bytes of tree.zip"},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "array", "items": _FILE}},
                },
                "example": {"file": ["the bytes of i18n/en.json, under this name"]},
            },
        },
    }
}


@router.post(
    "/projects/{project}/pushes", response_model=JobItem, status_code=202, summary="Push files",
    responses={**ASKED, **documented(404, 422)}, openapi_extra=_BODY,
)  # fmt: skip
async def add_push(
    request: Request, response: Response, store: OpenStore, jobs: OpenJobs, principal: Who,
    project: Slug,
    dry_run: Annotated[bool, Query(description="Report and store nothing.")] = False,
    prune: Annotated[bool, Query(description="Take out units that the source lacks.")] = False,
    yes: Annotated[bool, Query(description="With `prune`: even when they are many.")] = False,
    minor: Annotated[bool, Query(description="Changed sources mean the same.")] = False,
    on_conflict: OnConflict = OnConflict.KEEP,
    accept_as: Annotated[str, Query(alias="as", pattern="^(translated|reviewed)$")] = "translated",
    accept_damage: bool = False,
    keep_going: bool = False,
    key: Key = None,
) -> JobItem:  # fmt: skip
    """Take the files of a working tree into the store: a ZIP, or parts named by their paths.

    A small upload is pushed at once (200), another one by a job (202). What the console refuses is
    in the report, or the problem of the job.
    """
    options = PushOptions(
        principal.name, State(accept_as), prune, yes, minor, on_conflict, dry_run, accept_damage,
        keep_going,
    )  # fmt: skip
    async with archive(request) as (file, size):
        job = await run_in_threadpool(
            service.ask_push, jobs, project, file, options, bootstrap.clock(), key or "",
            tools=tools_for(request, size),
        )  # fmt: skip
    return answer(response, job)


@router.post(
    "/projects/{project}/drafts", response_model=JobItem, status_code=202, summary="Draft",
    responses={**ASKED, **documented(404, 422)},
)  # fmt: skip
def add_drafts(
    response: Response, store: OpenStore, jobs: OpenJobs, principal: Who, project: Slug,
    asked: NewDrafts, key: Key = None,
) -> JobItem:  # fmt: skip
    """Fill what is missing with drafts: from the memory, then by machine. They never count."""
    job = service.ask_draft(
        jobs, store, project, principal.name, bootstrap.clock(),
        languages=[*map(canonical, asked.languages)], engine=asked.engine, limit=asked.limit,
        key=key or "",
    )  # fmt: skip
    return answer(response, job)


@router.post(
    "/projects/{project}/exports", response_model=JobItem, status_code=202, summary="Export",
    responses={**ASKED, **documented(404, 422)},
)  # fmt: skip
def add_export(
    response: Response, store: OpenStore, jobs: OpenJobs, principal: Who, project: Slug,
    asked: NewExport, key: Key = None,
) -> JobItem:  # fmt: skip
    """Write the translated files into one archive; `GET /jobs/{job}/file` has it when done.

    With `release` it is a release: made only where the gate passes, and remembered.
    """
    options = ExportOptions(
        asked.format, tuple(map(canonical, asked.languages)),
        Only(asked.only) if asked.only else None, asked.include_drafts,
    )  # fmt: skip
    clock = bootstrap.clock()
    job = service.ask_export(
        jobs, store, project, principal.name, clock, options, key or "", asked.release or ""
    )
    return answer(response, job)


@router.post(
    "/projects/{project}/acceptances", response_model=JobItem, status_code=202,
    summary="Accept many texts in a job", responses={**ASKED, **documented(404, 422)},
)  # fmt: skip
def add_acceptance(
    response: Response, store: OpenStore, jobs: OpenJobs, principal: Who, project: Slug,
    asked: NewAcceptance, key: Key = None,
) -> JobItem:  # fmt: skip
    """Accept what a query asks for, as `units:accept` does, however many they are."""
    language = canonical(asked.language)
    principal.require(Permission.REVIEW, project, language)
    clock = bootstrap.clock()
    job = service.ask_accept(
        jobs, store, project, principal.name, clock, language, asked.q, key or ""
    )
    return answer(response, job)


@router.post(
    "/projects/{project}/undos", response_model=JobItem, status_code=202, summary="Undo",
    responses={**ASKED, **documented(404, 422)},
)  # fmt: skip
def add_undo(
    response: Response, store: OpenStore, jobs: OpenJobs, principal: Who, project: Slug,
    asked: NewUndo, key: Key = None,
) -> JobItem:  # fmt: skip
    """Take a push, or the acceptance of many texts, back; what people wrote after it stays.

    Nothing is deleted: each text that goes back is a new revision.
    """
    job = service.ask_undo(
        jobs, store, project, principal.name, bootstrap.clock(), asked.id, key or "",
        dry_run=asked.dry_run,
    )  # fmt: skip
    return answer(response, job)


@router.get(
    "/jobs", response_model=JobList, summary="List jobs", responses=documented(404, 422),
)  # fmt: skip
def list_jobs(
    store: OpenStore, jobs: OpenJobs, principal: Who,
    project: Annotated[str | None, Query(max_length=200, description="Only of this one.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> JobList:  # fmt: skip
    """Return the newest jobs of the projects that you may read."""
    if principal.may(Permission.READ):
        readable = None if project is None else [project]
    else:
        known = [one.project for one in all_projects(store)] if project is None else [project]
        readable = [slug for slug in known if principal.may(Permission.READ, slug)]
    return JobList(items=[JobItem.of_job(job) for job in jobs.list(readable, limit)])


@router.get(
    "/jobs/{job}", response_model=JobItem, summary="Show a job", responses=documented(404, 422),
)  # fmt: skip
def show_job(jobs: OpenJobs, principal: Who, job: JobId) -> JobItem:
    """Return how far a job is; at the end its report, or the problem that ended it."""
    return JobItem.of_job(_readable(jobs, principal, job))


@router.delete(
    "/jobs/{job}", response_model=JobItem, summary="Cancel a job", responses=documented(404, 422),
)  # fmt: skip
def cancel_job(jobs: OpenJobs, principal: Who, job: JobId) -> JobItem:
    """End a job before its next step; what is done stays. One that has ended stays as it is."""
    found = _readable(jobs, principal, job)
    if found.actor != principal.name:
        principal.require(Permission.MAINTAIN, found.project)
    return JobItem.of_job(jobs.cancel(job, bootstrap.clock().now()) or found)


@router.get(
    "/jobs/{job}/file", response_class=StreamingResponse, summary="Download what a job made",
    responses={
        200: {"content": {"application/zip": {"schema": _FILE}}, "description": "The archive."},
        **documented(404, 422),
    },
)  # fmt: skip
def download_job(jobs: OpenJobs, principal: Who, job: JobId) -> StreamingResponse:
    """Return the archive of an export or a report that is done."""
    found = _readable(jobs, principal, job)
    if found.kind not in _WITH_FILE or found.state is not JobState.DONE:
        raise NotFoundError(kind="file", name=service.RESULT, hint="")
    title = found.project or f"dpg-l10n-{found.kind}"
    name = "".join(each if each.isalnum() and each.isascii() else "-" for each in title)
    return StreamingResponse(
        jobs.read_file(job, service.RESULT), media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"'},
    )  # fmt: skip


@router.get(
    "/jobs/{job}/events", response_class=StreamingResponse, summary="Watch a job",
    responses={
        200: {"content": {"text/event-stream": {"schema": _EVENT}},
              "description": "Events `job`, each with the job as JSON."},
        **documented(404, 422),
    },
)  # fmt: skip
def watch_job(jobs: OpenJobs, principal: Who, job: JobId) -> StreamingResponse:
    """Send the job as a server-sent event whenever it changed, until it has ended."""
    first = _readable(jobs, principal, job)
    return StreamingResponse(_events(jobs, first), media_type="text/event-stream")


async def _events(jobs: Jobs, job: Job) -> AsyncIterator[str]:
    said, found = "", job
    for _ in range(_LONGEST_WATCH):
        text = JobItem.of_job(found).model_dump_json()
        if text != said:
            yield f"event: job\ndata: {text}\n\n"
            said = text
        if found.state in ENDED:
            return
        await asyncio.sleep(_LOOK_EVERY_S)
        found = await run_in_threadpool(service.find_job, jobs, job.id)


def _readable(jobs: Jobs, principal: Principal, job_id: str) -> Job:
    """Return a job of a project that somebody may read; of others nobody learns that they are."""
    job = service.find_job(jobs, job_id)
    if job.actor != principal.name and not principal.may(Permission.READ, job.project):
        raise NotFoundError(kind="job", name=job_id, hint="")
    return job
