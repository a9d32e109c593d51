"""Pages of countries: which services their people can read."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Principal
from dpg_l10n.domain.country_names import country_of
from dpg_l10n.ports import Store
from dpg_l10n.services.countries import compared, country
from dpg_l10n.services.country_report import CountryReport
from dpg_l10n.services.portfolio import portfolio
from dpg_l10n.services.registry import territories
from dpg_l10n.services.spreadsheets import country_file
from dpg_l10n.services.trends import ReachTrend, reach_trend
from dpg_l10n_api.access import Who, may_see
from dpg_l10n_api.deps import OpenStore
from dpg_l10n_api.pages.attached import attached
from dpg_l10n_api.pages.faults import PageRoute
from dpg_l10n_api.pages.reader import Reader, reader_of
from dpg_l10n_api.pages.render import fragment, page
from dpg_l10n_api.pages.trends import reach_lines

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Percent = Annotated[int, Query(ge=1, le=100, description="Coverage that makes usable.")]
Name = Annotated[str, Query(max_length=60)]
_MOST_STACKS = 3
_MOST_KEPT = 64
"""Pages, some 100 kB each."""


@router.get("/countries", name="page_countries")
def show_countries(request: Request, store: OpenStore, principal: Who, name: Name = "") -> Response:
    """Answer with all countries, or go to the one of a name."""
    reader = reader_of(request)
    code = _code(reader, name) if name else None
    if code:
        return RedirectResponse(f"/countries/{code}", 303)
    codes = territories().by_code
    counted: dict[str, int] = {}
    for line in portfolio(store, lambda one: may_see(principal, one)):
        for each in line.deployments:
            counted[each] = counted.get(each, 0) + 1
    names = sorted((reader.country_name(each).casefold(), each) for each in codes)
    used = [
        (each, reader.country_name(each), counted[each]) for _, each in names if each in counted
    ]
    every = [(each, reader.country_name(each)) for _, each in names]
    return page(request, "countries.html", used=used, every=every, unknown=name or None)


@router.get("/compare", name="page_compare")
def show_comparison(
    request: Request, store: OpenStore, principal: Who, a: Name, b: Name, threshold: Percent = 80
) -> Response:
    """Answer with two countries side by side."""
    reader = reader_of(request)
    reports = compared(
        store, [_code(reader, name) or name for name in (a, b)], threshold=threshold / 100,
        visible=lambda one: may_see(principal, one),
    )  # fmt: skip
    by_project = [{one.project: one for one in report.projects} for report in reports]
    every = {one.project: one.name for report in reports for one in report.projects}
    rows = [
        (name, [known.get(project) for known in by_project])
        for project, name in sorted(every.items(), key=lambda pair: pair[1].casefold())
    ]
    return page(request, "compare.html", reports=reports, rows=rows)


@router.get("/countries/{cc}.csv", name="page_country_csv")
def download_csv(
    request: Request, store: OpenStore, principal: Who, cc: str, threshold: Percent = 80
) -> Response:
    """Answer with the matrix, from which all figures can be counted again."""
    return _file(request, store, principal, _report(store, principal, cc, threshold), "csv")


@router.get("/countries/{cc}.xlsx", name="page_country_xlsx")
def download_xlsx(
    request: Request, store: OpenStore, principal: Who, cc: str, threshold: Percent = 80
) -> Response:
    """Answer with a workbook: one sheet a picture, one of sources and method."""
    return _file(request, store, principal, _report(store, principal, cc, threshold), "xlsx")


@router.get("/countries/{cc}.svg", name="page_country_svg")
def download_svg(
    request: Request, store: OpenStore, principal: Who, cc: str, threshold: Percent = 80
) -> Response:
    """Answer with the picture of people reached, on its own."""
    report = _report(store, principal, cc, threshold)
    picture = fragment("country.svg", reader_of(request), report=report)
    return attached(picture.encode(), f"dpg-l10n-{report.country}.svg")


@router.get("/countries/{cc}", name="page_country")
def show_country(
    request: Request, store: OpenStore, principal: Who, cc: str, threshold: Percent = 80
) -> Response:
    """Answer with the page of a country."""
    report = _report(store, principal, cc, threshold)
    main = _main(reader_of(request), report, _over_time(store, principal, report), threshold)
    return page(request, "country.html", report=report, main=main)


@lru_cache(maxsize=_MOST_KEPT)
def _main(reader: Reader, report: CountryReport, over_time: ReachTrend, asked: int) -> str:
    """Return the page without its frame; kept, because writing it takes longer than counting."""
    sources = {one.source_language: one.source_share for one in report.projects if not one.usable}
    return fragment(
        "country_main.html", reader, report=report, asked=asked, stacks=_stacks(report),
        over_time=over_time, lines=reach_lines(over_time),
        sources=sorted((sources or _all_sources(report)).items(), key=lambda pair: -pair[1]),
    )  # fmt: skip


def _report(store: Store, principal: Principal, code: str, threshold: int) -> CountryReport:
    return country(
        store, code, threshold=threshold / 100, visible=lambda one: may_see(principal, one)
    )


def _over_time(store: Store, principal: Principal, report: CountryReport) -> ReachTrend:
    return reach_trend(
        store, report.country, bootstrap.clock(), threshold=report.threshold,
        visible=lambda one: may_see(principal, one),
    )  # fmt: skip


def _all_sources(report: CountryReport) -> dict[str, float]:
    return {one.source_language: one.source_share for one in report.projects}


def _stacks(report: CountryReport) -> list[tuple[str, list[dict[str, object]], list[str]]]:
    """Return what is done in the most spoken languages that were begun, and what lacks them."""
    found = []
    for place, each in enumerate(report.languages):
        cells = [
            (one.name, one.cells[place]) for one in report.projects if not one.cells[place].source
        ]
        rows: list[dict[str, object]] = [
            {
                "name": name,
                "tag": "",
                "counts": cell.units,
                "ratio": cell.coverage,
                "about": "",
                "work": "",
            }
            for name, cell in cells
            if cell.units.missing < cell.units.total
        ]
        if rows:
            begun = {str(row["name"]) for row in rows}
            found.append((each.language, rows, [name for name, _ in cells if name not in begun]))
    return found[:_MOST_STACKS]


def _code(reader: Reader, name: str) -> str | None:
    """Return the country of a name in English or in the reader's language."""
    known = territories().by_code
    wanted = name.strip().casefold()
    own = next((code for code in known if reader.country_name(code).casefold() == wanted), None)
    found = own or country_of(name)
    return found if found in known else None


def _file(
    request: Request, store: Store, principal: Principal, report: CountryReport, kind: str
) -> Response:
    data = country_file(
        store, report, kind, reader_of(request), bootstrap.clock(),
        lambda one: may_see(principal, one),
    )  # fmt: skip
    return attached(data, f"dpg-l10n-{report.country}.{kind}")
