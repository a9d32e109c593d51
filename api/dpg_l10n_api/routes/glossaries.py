"""Glossaries: the words that projects agreed on, found, decided on, taken in and given out."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Permission
from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.terms import TermStatus, Use
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Store
from dpg_l10n.services import glossaries
from dpg_l10n.services.glossaries.reports import Decision, GlossaryItem, GlossaryReport, TermHits
from dpg_l10n.services.jobs import ask_glossary
from dpg_l10n_api import deps, problems
from dpg_l10n_api.access import Who, may_read_glossary
from dpg_l10n_api.asked import ASKED, Key, answer, tools_for
from dpg_l10n_api.deps import (
    MOST_IN_ADDRESS,
    NOT_MODIFIED,
    OpenJobs,
    OpenStore,
    PathLanguage,
    Slug,
    UnitId,
    conditional,
)
from dpg_l10n_api.problems import documented
from dpg_l10n_api.receive import body_on_disk
from dpg_l10n_api.schemas.glossaries import ConceptPage, GlossaryList, Gone, NewWords, TermDecision
from dpg_l10n_api.schemas.jobs import JobItem
from dpg_l10n_api.schemas.tags import TAG
from dpg_l10n_api.send import REPORTED, download

router = APIRouter(tags=["glossaries"])
Name = Annotated[str, Path(max_length=200, description="Name of the glossary.")]
Part = Annotated[
    str, Query(max_length=200, description="In a word, the key or the definition of a concept.")
]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="Most concepts of the page.")]
Status = Annotated[TermStatus | None, Query(description="Only concepts of this status.")]
Code = Annotated[
    str,
    Query(
        max_length=100, json_schema_extra=TAG, description="BCP 47; other spellings are understood."
    ),
]
Codes = Annotated[
    list[str] | None,
    Query(alias="language", max_length=100, description="Only words of these languages, and of the source."),
]  # fmt: skip
Open = Annotated[
    str | None,
    Query(max_length=100, json_schema_extra=TAG, description="BCP 47: only concepts with words in it that wait for a decision."),
]  # fmt: skip
_TEXT = {"schema": {"type": "string"}}
_FILE = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": _TEXT, "application/x-tbx+xml": _TEXT},
    }
}
_MEDIA = {"csv": "text/csv; charset=utf-8", "tbx": "application/x-tbx+xml"}


@router.get(
    "/glossaries", response_model=GlossaryList, summary="List glossaries", responses=NOT_MODIFIED
)
def list_glossaries(request: Request, store: OpenStore, principal: Who) -> Response:
    """Return the glossaries of all projects, and those of the projects that you may read."""
    found = [
        each for each in glossaries.glossaries(store) if may_read_glossary(principal, each.project)
    ]
    return conditional(request, GlossaryList(items=found))


@router.get(
    "/glossaries/{glossary}", response_model=GlossaryItem, summary="Show a glossary",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def show_glossary(request: Request, store: OpenStore, glossary: Name) -> Response:
    """Return whose a glossary is, under which licence, and how much of it is accepted."""
    return conditional(request, glossaries.glossary(store, glossary))


@router.delete(
    "/glossaries/{glossary}", response_model=Gone, summary="Remove a glossary",
    responses=documented(404, 422),
)  # fmt: skip
def remove_glossary(store: OpenStore, glossary: Name) -> Gone:
    """Take a glossary out with all that was decided in it."""
    return Gone(name=glossary, entries=glossaries.remove_glossary(store, glossary))


@router.get(
    "/glossaries/{glossary}/concepts", response_model=ConceptPage, summary="List concepts",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def list_concepts(
    request: Request, store: OpenStore, glossary: Name, q: Part = "", status: Status = None,
    open_in: Open = None, languages: Codes = None, source_language: Code = "en",
    cursor: Cursor = None, limit: Limit = 50,
) -> Response:  # fmt: skip
    """Return a page of a glossary's concepts with their words, suggestions and rejected ones too."""
    glossaries.glossary(store, glossary)
    found = glossaries.search(
        store, q, glossary=glossary, status=status,
        open_in=canonical(open_in) if open_in is not None else None,
        languages=_languages(languages, source_language), after=_place(cursor), limit=limit,
    )  # fmt: skip
    return conditional(request, _page(found))


@router.get(
    "/projects/{project}/concepts", response_model=ConceptPage, summary="Search concepts",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def search_concepts(
    request: Request, store: OpenStore, project: Slug, q: Part = "", status: Status = None,
    open_in: Open = None, languages: Codes = None, source_language: Code = "en",
    cursor: Cursor = None, limit: Limit = 50,
) -> Response:  # fmt: skip
    """Return a page of the concepts that hold for a project: its own and those of all projects."""
    found = glossaries.search(
        store, q, project=project, status=status,
        open_in=canonical(open_in) if open_in is not None else None,
        languages=_languages(languages, source_language), after=_place(cursor), limit=limit,
    )  # fmt: skip
    return conditional(request, _page(found))


@router.get(
    "/projects/{project}/terms", response_model=TermHits, summary="Find the terms of a text",
    responses=documented(404, 422),
)  # fmt: skip
def find_terms(
    store: OpenStore, project: Slug, language: Code,
    text: Annotated[str, Query(min_length=1, max_length=MOST_IN_ADDRESS, description="Source text.")],
) -> TermHits:  # fmt: skip
    """Return the terms of any source text with the words of a language, each with its status."""
    return glossaries.hits_of_text(store, project, text, canonical(language))


@router.get(
    "/projects/{project}/units/{unit}/translations/{language}/terms", response_model=TermHits,
    summary="Show the terms of a unit", responses=documented(404, 422),
)  # fmt: skip
def show_terms(
    store: OpenStore, project: Slug, unit: UnitId, language: PathLanguage
) -> TermHits:  # fmt: skip
    """Return the terms of a unit's source with the words of a language, each with its status."""
    return glossaries.hits_of_unit(store, project, unit, language)


@router.post(
    "/glossaries/{glossary}/imports", response_model=JobItem, status_code=202, tags=["jobs"],
    summary="Import a glossary", responses={**ASKED, **documented(404, 422)},
    openapi_extra=_FILE,
)  # fmt: skip
async def import_glossary(
    request: Request, response: Response, store: OpenStore, jobs: OpenJobs, principal: Who,
    glossary: Name,
    project: Annotated[
        str | None,
        Query(max_length=200, description="Slug of the project that a new glossary belongs to; without it all."),
    ] = None,
    licence: Annotated[
        str | None, Query(max_length=200, description="SPDX, of concepts that name none.")
    ] = None,
    source_language: Code = "en",
    accept: Annotated[
        bool, Query(description="Accept in your name what the file says is accepted.")
    ] = False,
    key: Key = None,
) -> JobItem:  # fmt: skip
    """Take the concepts of a CSV or TBX file in as suggestions; the same file twice changes nothing.

    A small file is taken in at once (200), another one by a job (202). Broken rows are left out and named by their line. `accept` needs the right to accept texts of
    risk in all languages.
    """
    options = glossaries.ImportOptions(
        glossary, project, licence, canonical(source_language), accept, principal.name
    )
    async with body_on_disk(request) as (file, size):
        if accept:
            owner = await run_in_threadpool(_owner, store, glossary, project)
            principal.require(Permission.REVIEW_RISK, owner)
        job = await run_in_threadpool(
            ask_glossary, jobs, store, file, glossary, options, bootstrap.clock(), key or "",
            tools=tools_for(request, size),
        )  # fmt: skip
    return answer(response, job)


@router.get(
    "/glossaries/{glossary}/file", response_class=StreamingResponse, summary="Export a glossary",
    responses={
        200: {"content": {"text/csv": _TEXT, "application/x-tbx+xml": _TEXT}, "description": "The file.",
              "headers": REPORTED},
        **documented(404, 422),
    },
)  # fmt: skip
def export_glossary(
    store: OpenStore, glossary: Name,
    kind: Annotated[
        Literal["csv", "tbx", "tbx-v2"],
        Query(alias="format", description="`tbx` is ISO 30042:2019, `tbx-v2` that of 2008."),
    ] = "csv",
    languages: Codes = None,
    source_language: Code = "en",
    accepted: Annotated[bool, Query(description="Only what people accepted.")] = False,
) -> StreamingResponse:  # fmt: skip
    """Write concepts and their words as a table or as TBX-Basic, with status, risk and licence."""
    suffix = kind.partition("-")[0]
    return download(
        lambda put: glossaries.export_glossary(
            store, put, name=glossary, kind=kind, languages=tuple(map(canonical, languages or ())),
            source_language=canonical(source_language), accepted=accepted,
        ),
        f"{glossary}.{suffix}", _MEDIA[suffix],
    )  # fmt: skip


@router.post(
    "/glossaries/{glossary}/decisions", response_model=Decision, summary="Decide on words",
    responses=documented(404, 422),
)  # fmt: skip
def decide_on_concepts(
    store: OpenStore, principal: Who, glossary: Name, asked: TermDecision
) -> Decision:  # fmt: skip
    """Accept or reject the words of a language for concepts, or concepts: what is accepted is asked for.

    Concepts of risk are accepted by their key, by those who may accept texts of risk.
    """
    language = canonical(asked.language) if asked.language else None
    if not asked.concepts and language is None:
        raise UsageError(
            N_("Name the concepts, or the language whose open words are meant."),
            code="glossary.nothing",
        )
    owner = _owner(store, glossary)
    principal.require(Permission.REVIEW, owner, language)
    return glossaries.decide(
        store, bootstrap.clock(), glossary, tuple(asked.concepts), TermStatus(asked.status),
        language=language, texts=tuple(asked.words),
        source_language=canonical(asked.source_language), actor=principal.name,
        may_accept_risk=principal.may(Permission.REVIEW_RISK, owner, language),
    )  # fmt: skip


@router.post(
    "/glossaries/{glossary}/words", response_model=Decision, summary="Add words",
    responses=documented(404, 422),
)  # fmt: skip
def add_words(store: OpenStore, principal: Who, glossary: Name, asked: NewWords) -> Decision:
    """Add words for a concept in a language, accepted in your name."""
    language = canonical(asked.language)
    owner = _owner(store, glossary)
    principal.require(Permission.REVIEW, owner, language)
    return glossaries.add_words(
        store, bootstrap.clock(), glossary, asked.concept, language, tuple(asked.words),
        Use.FORBIDDEN if asked.forbidden else Use.ADMITTED, actor=principal.name,
        may_accept_risk=principal.may(Permission.REVIEW_RISK, owner, language),
    )  # fmt: skip


def _owner(store: Store, glossary: str, project: str | None = None) -> str | None:
    """Return the slug of whose a glossary is, or will be when it is new; None for all projects."""
    found = glossaries.find(store, glossary)
    return (found.project or None) if found else project


def _languages(asked: list[str] | None, source_language: str) -> tuple[str, ...] | None:
    source = canonical(source_language)
    return (source, *map(canonical, asked)) if asked else None


def _page(found: GlossaryReport) -> ConceptPage:
    after = None if found.more is None else deps.cursor([found.more])
    return ConceptPage(items=list(found.concepts), next=after)


def _place(cursor: str | None) -> int:
    if cursor is None:
        return 0
    match deps.place_of(cursor):
        case [int(number)] if 0 <= number < 2**63:
            return number
    raise problems.CursorError
