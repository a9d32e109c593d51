"""The gate, and the releases that passed it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from dpg_l10n.domain.locales import canonical
from dpg_l10n.services import gates, releases
from dpg_l10n.services.export_entries import Only
from dpg_l10n_api.deps import NOT_MODIFIED, OpenStore, Slug, conditional
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.jobs import Least
from dpg_l10n_api.schemas.releases import (
    Gate,
    ReleaseDetail,
    ReleaseItem,
    ReleaseList,
    plain_release,
)

router = APIRouter(prefix="/projects/{project}", tags=["releases"])
_ANSWERS = {**NOT_MODIFIED, **documented(404, 422)}
Name = Annotated[str, Path(max_length=100, description="Name of the release.")]
Language = Annotated[str, Query(max_length=100)]


@router.get("/gate", response_model=Gate, summary="Look at the gate", responses=_ANSWERS)
def show_gate(
    request: Request, store: OpenStore, project: Slug,
    language: Annotated[
        list[Language], Query(max_length=200, description="Only these languages.")
    ] = [],  # noqa: B006 - FastAPI makes a new one for each request
    only: Annotated[Least | None, Query(description="Least state of the texts.")] = None,
) -> Response:  # fmt: skip
    """Tell whether the project fulfils what it asks of itself before a release."""
    wanted = [canonical(each) for each in language]
    found = gates.gate(store, project, wanted, Only(only) if only else None)
    return conditional(request, Gate.of(found))


@router.get("/releases", response_model=ReleaseList, summary="List releases", responses=_ANSWERS)
def list_releases(request: Request, store: OpenStore, project: Slug) -> Response:
    """Return the named exports that passed the gate, the newest first."""
    found = [ReleaseItem(**plain_release(each)) for each in releases.releases(store, project)]
    return conditional(request, ReleaseList(items=found))


@router.get(
    "/releases/{release}", response_model=ReleaseDetail, summary="Show a release",
    responses=_ANSWERS,
)  # fmt: skip
def show_release(request: Request, store: OpenStore, project: Slug, release: Name) -> Response:
    """Return the files that a release had, and which of its texts were withdrawn since."""
    view = releases.show_release(store, project, release)
    return conditional(request, ReleaseDetail.of_view(view))
