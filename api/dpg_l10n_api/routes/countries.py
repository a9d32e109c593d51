"""Countries: which services their people can read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from dpg_l10n import bootstrap
from dpg_l10n.services.countries import country
from dpg_l10n.services.country_report import CountryReport
from dpg_l10n.services.trends import ReachTrend, reach_trend
from dpg_l10n_api.access import Who, may_see
from dpg_l10n_api.deps import NOT_MODIFIED, OpenStore, conditional
from dpg_l10n_api.problems import documented
from dpg_l10n_api.routes.coverage import Days

router = APIRouter(prefix="/countries", tags=["coverage"])
CountryCode = Annotated[
    str, Path(max_length=20, description="ISO 3166-1 alpha-2.", examples=["KE"])
]

Threshold = Annotated[
    float, Query(ge=0.01, le=1, description="Coverage from which on a project is usable.")
]


@router.get(
    "/{cc}", response_model=CountryReport, summary="Show a country",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def show_country(
    request: Request,
    store: OpenStore,
    principal: Who,
    cc: CountryCode,
    threshold: Threshold = 0.8,
) -> Response:
    """Return how many people can use each project that you may see, and what to translate next.

    Figures are those that `dpg-l10n country --json` prints. Who speaks the source language is in no
    range.
    """
    report = country(store, cc, threshold=threshold, visible=lambda one: may_see(principal, one))
    return conditional(request, report)


@router.get(
    "/{cc}/trend", response_model=ReachTrend, summary="Show people reached over time",
    responses={**NOT_MODIFIED, **documented(404, 422)},
)  # fmt: skip
def show_reach_trend(
    request: Request, store: OpenStore, principal: Who, cc: CountryCode,
    threshold: Threshold = 0.8, days: Days = None,
) -> Response:  # fmt: skip
    """Return how many people could use each project that you may see, at the end of some days.

    Speakers are those of today's figures: what changes is what they can read.
    """
    report = reach_trend(
        store, cc, bootstrap.clock(), threshold=threshold,
        visible=lambda one: may_see(principal, one), days=sorted(days or ()),
    )  # fmt: skip
    return conditional(request, report)
