"""Coverage of a project."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from dpg_l10n import bootstrap
from dpg_l10n.interchange.coverage import as_json
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.trends import Trend, trend
from dpg_l10n_api.deps import NOT_MODIFIED, OpenStore, Slug, conditional
from dpg_l10n_api.lane import at_once
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.units import Coverage

router = APIRouter(prefix="/projects", tags=["coverage"])
MOST_DAYS = 400
Days = Annotated[
    list[date] | None,
    Query(alias="day", max_length=MOST_DAYS, description="Days, each by itself; at most 400. "
          "Without any 13 from the first change to today."),
]  # fmt: skip


@router.get(
    "/{project}/coverage", response_model=Coverage, summary="Show coverage",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
@at_once
def show_coverage(request: Request, store: OpenStore, project: Slug) -> Response:
    """Return how much of a project people can read in each language. Drafts do not count."""
    report = coverage(store, project)
    return conditional(request, as_json(report.project, report.count, report.languages))


@router.get(
    "/{project}/trend", response_model=Trend, summary="Show coverage over time",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def show_trend(request: Request, store: OpenStore, project: Slug, days: Days = None) -> Response:
    """Return what was covered at the end of some days, in UTC.

    A recount of the history gives the same figures for each of them.
    """
    return conditional(request, trend(store, project, bootstrap.clock(), days=sorted(days or ())))
