"""Coverage of a project."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from dpg_l10n.interchange.coverage import as_json
from dpg_l10n.services.coverage import coverage
from dpg_l10n_api.deps import NOT_MODIFIED, OpenStore, Slug, conditional
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.units import Coverage

router = APIRouter(prefix="/projects", tags=["coverage"])


@router.get(
    "/{project}/coverage", response_model=Coverage, summary="Show coverage",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def show_coverage(request: Request, store: OpenStore, project: Slug) -> Response:
    """Return how much of a project people can read in each language. Drafts do not count."""
    report = coverage(store, project)
    return conditional(request, as_json(report.project, report.count, report.languages))
