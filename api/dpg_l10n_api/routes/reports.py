"""Figures that take long: they are asked for, and come as jobs."""

from __future__ import annotations

from fastapi import APIRouter, Response

from dpg_l10n import bootstrap
from dpg_l10n.domain.locales import canonical
from dpg_l10n.services import jobs as service
from dpg_l10n_api.access import Who, may_see
from dpg_l10n_api.asked import ASKED, Key, answer
from dpg_l10n_api.deps import OpenJobs, OpenStore, Slug
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.jobs import JobItem, NewReport, NewTermCheck

router = APIRouter(tags=["jobs"])


@router.post(
    "/reports", response_model=JobItem, status_code=202,
    summary="Report on many countries or projects", responses={**ASKED, **documented(404, 422)},
)  # fmt: skip
def add_report(
    response: Response, store: OpenStore, jobs: OpenJobs, principal: Who, asked: NewReport,
    key: Key = None,
) -> JobItem:  # fmt: skip
    """Make a file for each country or project, of those projects that you may see.

    The files are those of the pages: of a country its figures, of a project its coverage over time.
    `GET /jobs/{job}/file` has them in one archive when it is done.
    """
    options = service.ReportOptions(
        asked.about, tuple(asked.names), asked.format.value, asked.threshold,
        canonical(asked.language),
    )  # fmt: skip
    job = service.ask_report(
        jobs, store, principal.name, bootstrap.clock(), options,
        lambda one: may_see(principal, one), key or "",
    )  # fmt: skip
    return answer(response, job)


@router.post(
    "/projects/{project}/term-checks", response_model=JobItem, status_code=202,
    summary="Check texts against the glossary", responses={**ASKED, **documented(404, 422)},
)  # fmt: skip
def add_term_check(
    response: Response, store: OpenStore, jobs: OpenJobs, principal: Who, project: Slug,
    asked: NewTermCheck, key: Key = None,
) -> JobItem:  # fmt: skip
    """Look which translations do not follow the words that are accepted now.

    The report of the job is that of `dpg-l10n glossary check --json`.
    """
    languages = [*map(canonical, asked.languages)]
    job = service.ask_terms(
        jobs, store, project, principal.name, bootstrap.clock(), languages, key or ""
    )
    return answer(response, job)
