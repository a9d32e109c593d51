"""Memories as files: taken in, given out, taken away again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from dpg_l10n import bootstrap
from dpg_l10n.domain.locales import canonical
from dpg_l10n.services import memory
from dpg_l10n.services.jobs import ask_memory
from dpg_l10n_api.access import Who
from dpg_l10n_api.asked import ASKED, Key, answer, tools_for
from dpg_l10n_api.deps import NOT_MODIFIED, OpenJobs, OpenSettings, OpenStore, Slug, conditional
from dpg_l10n_api.problems import documented
from dpg_l10n_api.receive import body_on_disk
from dpg_l10n_api.schemas.glossaries import Gone
from dpg_l10n_api.schemas.jobs import JobItem
from dpg_l10n_api.schemas.memory import MemoryList
from dpg_l10n_api.send import REPORTED, download

router = APIRouter(tags=["memory"])
Name = Annotated[str, Path(alias="memory", max_length=200, description="Name of the memory.")]
Codes = Annotated[
    list[str] | None,
    Query(alias="language", max_length=100, description="BCP 47; only translations in these."),
]
_TMX = "application/x-tmx+xml"
_TEXT = {"schema": {"type": "string"}}
_FILE = {
    200: {"content": {_TMX: _TEXT}, "description": "The file.", "headers": REPORTED},
    **documented(404, 422),
}


@router.get(
    "/memories", response_model=MemoryList, summary="List memories", responses=NOT_MODIFIED
)  # fmt: skip
def list_memories(request: Request, store: OpenStore) -> Response:
    """Return the memories that came as files."""
    return conditional(request, MemoryList(items=list(memory.memories(store))))


@router.post(
    "/memories/{memory}/imports", response_model=JobItem, status_code=202, tags=["jobs"],
    summary="Import a memory", responses={**ASKED, **documented(404, 422)},
    openapi_extra={"requestBody": {"required": True, "content": {_TMX: _TEXT, "text/x-gettext-translation": _TEXT}}},
)  # fmt: skip
async def add_memory_import(
    request: Request, response: Response, jobs: OpenJobs, config: OpenSettings, principal: Who,
    name: Name,
    filename: Annotated[
        str, Query(max_length=200, description="Name of the file, by which formats are known.")
    ] = "memory.tmx",
    licence: Annotated[
        str | None, Query(max_length=200, description="SPDX, of entries that name none.")
    ] = None,
    language: Annotated[
        str | None,
        Query(max_length=100, description="BCP 47, where the file does not say it; of TMX only this one."),
    ] = None,
    source_language: Annotated[
        str, Query(max_length=100, description="BCP 47, where the file does not say it.")
    ] = "en",
    replace: Annotated[bool, Query(description="Take out first what the memory had.")] = False,
    key: Key = None,
) -> JobItem:  # fmt: skip
    """Take the finished translations of a TMX, PO or XLIFF file in as a memory.

    The file is the body of the request. A small one is taken in at once (200), another one by a job (202). Broken units are left out and named in the report.
    """
    options = memory.ImportOptions(
        name, licence, canonical(language) if language is not None else None,
        canonical(source_language), replace, principal.name, config.max_file_bytes,
    )  # fmt: skip
    async with body_on_disk(request) as (file, size):
        job = await run_in_threadpool(
            ask_memory, jobs, file, filename, options, bootstrap.clock(), key or "",
            tools=tools_for(request, size),
        )  # fmt: skip
    return answer(response, job)


@router.get(
    "/memories/{memory}/file", response_class=StreamingResponse, summary="Export a memory",
    responses=_FILE,
)  # fmt: skip
def export_memory(
    store: OpenStore, name: Name, languages: Codes = None
) -> StreamingResponse:  # fmt: skip
    """Write the entries of a memory that came as a file as TMX, each with its licence and state."""
    return download(
        lambda put: memory.export_memory(
            store, put, memory=name, languages=tuple(map(canonical, languages or ()))
        ),
        f"{name.removesuffix('.tmx')}.tmx", _TMX,
    )  # fmt: skip


@router.get(
    "/memory/file", response_class=StreamingResponse, summary="Export what is for everybody",
    responses=_FILE,
)  # fmt: skip
def export_shared_memory(store: OpenStore, languages: Codes = None) -> StreamingResponse:
    """Write the finished translations of all projects as TMX, those under permissive licences."""
    return download(
        lambda put: memory.export_memory(
            store, put, languages=tuple(map(canonical, languages or ()))
        ),
        "memory.tmx", _TMX,
    )  # fmt: skip


@router.get(
    "/projects/{project}/memory", response_class=StreamingResponse,
    summary="Export what a project translated", responses=_FILE,
)  # fmt: skip
def export_project_memory(
    store: OpenStore, project: Slug, languages: Codes = None
) -> StreamingResponse:  # fmt: skip
    """Write the finished translations of a project as TMX, each with its licence and state."""
    return download(
        lambda put: memory.export_memory(
            store, put, project=project, languages=tuple(map(canonical, languages or ()))
        ),
        f"{project}.tmx", _TMX,
    )  # fmt: skip


@router.delete(
    "/memories/{memory}", response_model=Gone, summary="Remove a memory",
    responses=documented(404, 422),
)  # fmt: skip
def remove_memory(store: OpenStore, name: Name) -> Gone:
    """Take a memory that came as a file out, with all its entries."""
    return Gone(name=name, entries=memory.remove_memory(store, name))
