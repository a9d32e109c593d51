"""Languages in use."""

from __future__ import annotations

from collections import defaultdict

from fastapi import APIRouter, Request, Response

from dpg_l10n import bootstrap
from dpg_l10n.domain.locales import display_name, is_right_to_left
from dpg_l10n.services.coverage import coverage, projects
from dpg_l10n_api.deps import NOT_MODIFIED, OpenSettings, OpenStore, conditional
from dpg_l10n_api.schemas.units import LanguageItem, LanguageList

router = APIRouter(tags=["languages"])


@router.get(
    "/languages", response_model=LanguageList, summary="List languages in use",
    responses=NOT_MODIFIED,
)  # fmt: skip
def list_languages(request: Request, store: OpenStore, settings: OpenSettings) -> Response:
    """Return the languages that projects or installed models have, with names and directions."""
    drafts_from: defaultdict[str, set[str]] = defaultdict(set)
    for project in projects(store):
        for row in coverage(store, project.project).languages:
            drafts_from[row.language] |= set()
        drafts_from[project.source_language] |= set()
    for package in bootstrap.models(settings).list():
        if package.pair is not None and package.problem is None:
            drafts_from[package.pair.target].add(package.pair.source)
            drafts_from[package.pair.source] |= set()
    items = [
        LanguageItem(
            language=tag,
            name=display_name(tag),
            own_name=display_name(tag, tag),
            direction="rtl" if is_right_to_left(tag) else "ltr",
            drafts_from=sorted(sources),
        )
        for tag, sources in sorted(drafts_from.items())
    ]
    return conditional(request, LanguageList(items=items))
