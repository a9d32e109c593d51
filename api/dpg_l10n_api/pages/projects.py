"""Pages of projects and languages: how much of each is covered."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Permission, Principal
from dpg_l10n.domain.coverage import CountPolicy, LanguageCoverage
from dpg_l10n.errors import NotFoundError, SignInError
from dpg_l10n.ports import Store
from dpg_l10n.services.auditing import audit
from dpg_l10n.services.coverage import coverage, is_public, status
from dpg_l10n.services.portfolio import portfolio
from dpg_l10n.services.spreadsheets import project_file
from dpg_l10n.services.trends import trend
from dpg_l10n_api.access import Who, may_see
from dpg_l10n_api.deps import OpenStore, PathLanguage, Slug
from dpg_l10n_api.pages.attached import attached
from dpg_l10n_api.pages.faults import PageRoute
from dpg_l10n_api.pages.reader import Reader, reader_of
from dpg_l10n_api.pages.render import page
from dpg_l10n_api.pages.trends import coverage_lines

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/", name="page_projects")
def show_projects(request: Request, store: OpenStore, principal: Who) -> Response:
    """Answer with the projects that are public, or that who asks may read."""
    lines = portfolio(store, lambda one: may_see(principal, one))
    tags = sorted({row.language for line in lines for row in line.languages})
    names = {line.project: line.name for line in lines}
    yours = [
        (grant.project, names[grant.project], grant.language)
        for grant in principal.grants
        if grant.project in names and grant.language
    ]
    return page(request, "projects.html", projects=lines, tags=tags, yours=yours)


@router.get("/projects/{project}", name="page_project")
def show_project(request: Request, store: OpenStore, principal: Who, project: Slug) -> Response:
    """Answer with a project: its languages, and its languages by catalogue."""
    _require(store, principal, project)
    report = coverage(store, project)
    over_time = trend(store, project, bootstrap.clock())
    catalogues = list(report.catalogues)
    cells = {name: {row.language: row for row in rows} for name, rows in report.catalogues.items()}
    matrix = [
        (
            whole.language,
            [_cell(cells[name].get(whole.language), report.count) for name in catalogues],
        )
        for whole in report.languages
    ]
    return page(
        request, "project.html", about=status(store, project), catalogues=catalogues,
        rows=_rows(project, report.languages, report.count, reader_of(request)), matrix=matrix,
        over_time=over_time, lines=coverage_lines(over_time, reader_of(request)),
    )  # fmt: skip


@router.get("/projects/{project}/begin", name="page_begin")
def begin(
    request: Request, store: OpenStore, principal: Who, project: Slug,
    language: Annotated[str, Query(max_length=60)],
) -> Response:  # fmt: skip
    """Go to the texts of a project in a language that somebody names.

    Raises:
        NotFoundError: No language is called so.
    """
    _require(store, principal, project)
    tag = reader_of(request).language_called(language)
    if tag is None:
        raise NotFoundError(kind="language", name=language, hint="")
    return RedirectResponse(f"/p/{quote(project)}/{tag}?show=missing", 303)


@router.get("/projects/{project}/audit", name="page_audit")
def show_audit(request: Request, store: OpenStore, principal: Who, project: Slug) -> Response:
    """Answer with what is odd about the languages of a project."""
    _require(store, principal, project)
    name = status(store, project).name
    return page(request, "audit.html", slug=project, name=name, found=audit(store, project))


@router.get("/projects/{project}/trend.csv", name="page_trend_csv")
def download_trend_csv(
    request: Request, store: OpenStore, principal: Who, project: Slug
) -> Response:
    """Answer with the coverage of a project over time as a table."""
    return _trend(request, store, principal, project, "csv")


@router.get("/projects/{project}/trend.xlsx", name="page_trend_xlsx")
def download_trend_xlsx(
    request: Request, store: OpenStore, principal: Who, project: Slug
) -> Response:
    """Answer with the same table as a workbook."""
    return _trend(request, store, principal, project, "xlsx")


@router.get("/languages/{language}", name="page_language")
def show_language(
    request: Request, store: OpenStore, principal: Who, language: PathLanguage
) -> Response:
    """Answer with a language in all projects that may be seen."""
    rows = [
        _row(line.project, row, line.count, line.name, "", f"/projects/{quote(line.project)}")
        for line in portfolio(store, lambda one: may_see(principal, one))
        for row in line.languages
        if row.language == language
    ]
    return page(request, "language.html", tag=language, rows=sorted(rows, key=_best))


def _require(store: Store, principal: Principal, project: str) -> None:
    """Refuse a project that is neither public nor somebody's to read.

    Raises:
        SignInError: Nobody is signed in.
        NotFoundError: Who is signed in may not know whether there is such a project.
    """
    if is_public(store, project) or principal.may_somewhere(Permission.READ, project):
        return
    if not principal.name:
        raise SignInError
    raise NotFoundError(kind="project", name=project, hint="")


def _trend(
    request: Request, store: Store, principal: Principal, project: str, kind: str
) -> Response:
    _require(store, principal, project)
    data = project_file(store, project, kind, reader_of(request), bootstrap.clock())
    return attached(data, f"dpg-l10n-{project}-trend.{kind}")


def _rows(
    project: str, languages: tuple[LanguageCoverage, ...], count: CountPolicy, reader: Reader
) -> list[dict[str, object]]:
    rows = [
        _row(
            project, row, count, reader.language_name(row.language), row.language,
            f"/languages/{row.language}",
        )
        for row in languages
    ]  # fmt: skip
    return sorted(rows, key=_best)


def _row(
    project: str, row: LanguageCoverage, count: CountPolicy, name: str, tag: str, about: str
) -> dict[str, object]:
    """Return a line of a picture: what is done, and where one reads about it and works on it."""
    return {
        "name": name, "tag": tag, "counts": row.units, "ratio": row.ratio(count), "about": about,
        "work": f"/p/{quote(project)}/{row.language}",
    }  # fmt: skip


def _best(row: dict[str, object]) -> tuple[float, str]:
    return -float(str(row["ratio"])), str(row["name"])


def _cell(row: LanguageCoverage | None, count: CountPolicy) -> tuple[int, bool, bool]:
    """Return percents, whether anything is covered, and whether there are drafts."""
    if row is None:
        return 0, False, False
    return row.percent(count), row.units.covered(count) > 0, row.units.draft > 0
