"""Projects and their catalogues."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dpg_l10n.services.coverage import projects, status
from dpg_l10n.services.reports import StatusReport
from dpg_l10n_api.deps import NOT_MODIFIED, OpenStore, Slug, conditional
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.units import CatalogueList, ProjectList

router = APIRouter(prefix="/projects", tags=["projects"])


@router.get(
    "", response_model=ProjectList, summary="List projects",
    responses=NOT_MODIFIED,
)  # fmt: skip
def list_projects(request: Request, store: OpenStore) -> Response:
    """Return what the store knows of each project, by slug."""
    return conditional(request, ProjectList(items=list(projects(store))))


@router.get(
    "/{project}", response_model=StatusReport, summary="Show a project",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def show_project(request: Request, store: OpenStore, project: Slug) -> Response:
    """Return what the store knows of a project, as `dpg-l10n status --json` prints it."""
    return conditional(request, status(store, project))


@router.get(
    "/{project}/catalogues", response_model=CatalogueList, summary="List catalogues",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def list_catalogues(request: Request, store: OpenStore, project: Slug) -> Response:
    """Return the catalogues of a project, by name."""
    return conditional(request, CatalogueList(items=list(status(store, project).catalogues)))
