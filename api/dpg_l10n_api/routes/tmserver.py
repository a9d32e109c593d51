"""The protocol of tmserver, by which Weblate and others ask a memory.

Nobody in particular asks, so that only texts under permissive licences are answered.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.convertors import StringConvertor, register_url_convertor

from dpg_l10n.domain.locales import base, canonical
from dpg_l10n.domain.memory import serves
from dpg_l10n.services import memory
from dpg_l10n.services.coverage import coverage, projects
from dpg_l10n_api.deps import MOST_IN_ADDRESS, OpenIndex, OpenStore
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.memory import TmLanguages, TmMatch
from dpg_l10n_api.schemas.tags import TAG


class _Lines(StringConvertor):
    """The rest of an address, line feeds included, which the convertor ``path`` does not take."""

    regex = "(?s:.*)"


register_url_convertor("lines", _Lines())
router = APIRouter(prefix="/tm", tags=["memory"])
Code = Annotated[
    str, Path(max_length=100, json_schema_extra=TAG, description="As tmserver spells it: `pt_br`.")
]


@router.get("/languages/", response_model=TmLanguages, summary="List languages for tmserver")
def list_memory_languages(store: OpenStore) -> TmLanguages:
    """Return the languages that texts can be asked from and to.

    Those without a region are among them: clients that ask for `pt` are answered in `pt_br` too, and
    ask for nothing that is not in the list.
    """
    known = projects(store)
    targets = {row.language for each in known for row in coverage(store, each.project).languages}
    targets |= {item for each in memory.memories(store) for item in each.languages}
    return TmLanguages(
        sourceLanguages=_spellings({each.source_language for each in known} | {"en"}),
        targetLanguages=_spellings(targets),
    )


@router.get(
    "/{source}/{target}/unit/{text:lines}", response_model=list[TmMatch],
    summary="Search the memory as tmserver", responses=documented(404, 422),
)  # fmt: skip
def search_as_tmserver(
    store: OpenStore,
    index: OpenIndex,
    source: Code,
    target: Code,
    text: Annotated[str, Path(max_length=MOST_IN_ADDRESS, description="Source text.")],
    min_similarity: Annotated[
        int, Query(ge=1, le=100, description="Lowest likeness in percent.")
    ] = 70,
    max_candidates: Annotated[int, Query(ge=1, le=50, description="Most matches.")] = 5,
) -> list[TmMatch]:
    """Return finished translations of texts like this one, best first."""
    report = memory.search(
        store, index, text, language=canonical(target), source_language=canonical(source),
        threshold=min_similarity / 100, limit=max_candidates,
    )  # fmt: skip
    return list(map(TmMatch.of_hit, report.hits))


def _spellings(tags: set[str]) -> list[str]:
    """Return tags as tmserver spells them, with those of another region that they serve."""
    general = {base(tag) for tag in tags if serves(tag, base(tag))}
    return sorted(tag.replace("-", "_").lower() for tag in tags | general)
