"""The memory: what is like a text, where words were used, and what it has for a unit."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from dpg_l10n.domain.access import Permission
from dpg_l10n.domain.locales import canonical
from dpg_l10n.services import memory
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import MOST_IN_ADDRESS, OpenIndex, OpenStore, PathLanguage, Slug, UnitId
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.memory import MemoryMatches
from dpg_l10n_api.schemas.tags import TAG

router = APIRouter(tags=["memory"])
Code = Annotated[
    str,
    Query(
        max_length=100, json_schema_extra=TAG, description="BCP 47; other spellings are understood."
    ),
]
Threshold = Annotated[float, Query(gt=0, le=1, description="Lowest likeness of the source text.")]
Limit = Annotated[int, Query(ge=1, le=50, description="Most matches.")]


@router.get(
    "/memory/search", response_model=MemoryMatches, summary="Search the memory",
    responses=documented(404, 422),
)  # fmt: skip
def search_memory(
    store: OpenStore,
    index: OpenIndex,
    principal: Who,
    text: Annotated[str, Query(min_length=1, max_length=MOST_IN_ADDRESS, description="What for.")],
    language: Code,
    source_language: Annotated[
        str | None,
        Query(
            max_length=100,
            json_schema_extra=TAG,
            description="BCP 47; without it that of the project, else `en`.",
        ),
    ] = None,
    project: Annotated[
        str | None,
        Query(max_length=200, description="Slug of who asks; its licence decides what is shown."),
    ] = None,
    words: Annotated[
        Literal["source", "translation"] | None,
        Query(description="Look for texts that hold all words of `text`, in either."),
    ] = None,
    context: Annotated[
        str, Query(max_length=1000, description="Context of the text: its own come first.")
    ] = "",
    threshold: Threshold = memory.THRESHOLD,
    limit: Limit = 5,
) -> MemoryMatches:
    """Return finished translations of texts like this one, of all projects, as they are now."""
    if project is not None:
        principal.require(Permission.READ, project)
    source = canonical(source_language) if source_language is not None else None
    if words:
        report = memory.concordance(
            store, index, text, language=canonical(language), source_language=source,
            project=project, in_target=words == "translation", limit=limit,
        )  # fmt: skip
    else:
        report = memory.search(
            store, index, text, language=canonical(language), source_language=source,
            project=project, context=context, threshold=threshold, limit=limit,
        )  # fmt: skip
    return MemoryMatches.of(report)


@router.get(
    "/projects/{project}/units/{unit}/translations/{language}/memory",
    response_model=MemoryMatches, summary="Show what the memory has for a unit",
    responses=documented(404, 422),
)  # fmt: skip
def show_memory(
    store: OpenStore, index: OpenIndex, project: Slug, unit: UnitId, language: PathLanguage,
    threshold: Threshold = memory.THRESHOLD, limit: Limit = 5,
) -> MemoryMatches:  # fmt: skip
    """Return matches for the source of a unit; its own translation is none of them."""
    return MemoryMatches.of(
        memory.suggestions(store, index, project, unit, language, threshold=threshold, limit=limit)
    )
