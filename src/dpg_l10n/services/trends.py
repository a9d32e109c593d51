"""How coverage and reach changed: points in time, each of which a recount of the history confirms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from dpg_l10n.domain.coverage import CountPolicy, Counts, LanguageCoverage
from dpg_l10n.domain.reach import reach, readers
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.territories import Territory
from dpg_l10n.domain.trend import DayChange, Point, points, spread
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.countries import THRESHOLD, is_used
from dpg_l10n.services.registry import territories

_DAY_S = 86_400
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class LanguageTrend:
    """One language of a project."""

    language: str
    """BCP 47."""
    coverage: tuple[float, ...]
    """By day of the report, 0.0 to 1.0, rounded down to 4 digits; drafts are no part of it."""
    units: tuple[Counts, ...]
    words: tuple[Counts, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """How the coverage of a project changed."""

    project: str
    count: CountPolicy
    days: tuple[str, ...]
    """ISO 8601, in UTC; figures are those of the end of the day. None where nothing was pushed."""
    languages: tuple[LanguageTrend, ...]


@dataclass(frozen=True, slots=True)
class ProjectReachTrend:
    """Whom a project reached in a country."""

    project: str
    name: str
    people_at_least: tuple[int, ...]
    """By day of the report."""
    people_at_most: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReachTrend:
    """How many people of a country could read each project in a language other than its source's."""

    country: str
    """ISO 3166-1 alpha-2."""
    threshold: float
    days: tuple[str, ...]
    """ISO 8601, in UTC."""
    projects: tuple[ProjectReachTrend, ...]
    """Most people first, as they are now."""


def trend(store: Store, slug: str, clock: Clock, *, days: Sequence[date] = ()) -> Trend:
    """Return how the coverage of a project changed.

    Args:
        store: Where from.
        slug: Project.
        clock: Gives the time.
        days: Ascending; empty for at most 13 days from the first change to today.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        changes = uow.past.coverage_days(_catalogues(uow, project))
    first = min((change.day for change in changes), default=None)
    asked = _days(first, clock, days)
    found = points(changes, asked)
    tags = [tag for tag in (found[-1] if found else {}) if tag != project.source_language]
    return Trend(
        slug, project.count, tuple(map(_iso, asked)),
        tuple(
            LanguageTrend(
                tag,
                tuple(_covered(point[tag], project) for point in found),
                tuple(point[tag].units for point in found),
                tuple(point[tag].words for point in found),
            )
            for tag in tags
        ),
    )  # fmt: skip


def reach_trend(
    store: Store, code: str, clock: Clock, *, threshold: float = THRESHOLD,
    visible: Callable[[Project], bool] = lambda _project: True, days: Sequence[date] = (),
) -> ReachTrend:  # fmt: skip
    """Return how many people of a country could read each project, by today's figures of speakers.

    Args:
        store: Where from.
        code: ISO 3166-1 alpha-2, in either case.
        clock: Gives the time.
        threshold: Share of its texts from which on a project is usable, above 0.0 to 1.0.
        visible: Tells which projects whoever asks may see.
        days: As :func:`trend`.

    Raises:
        NotFoundError: There is no such country.
    """
    territory = territories().require(code)
    with store.read() as uow:
        goods = {good.id: good for good in uow.goods.list()}
        here = [
            each
            for each in uow.projects.list()
            if visible(each) and is_used(each, goods, territory.code) is not False
        ]
        changes = _changes(uow, here, territory)
    first = min((one.day for every in changes.values() for one in every), default=None)
    asked = _days(first, clock, days)
    lines = []
    reached = _Reached(territory, threshold)
    for project in here:
        ranges = [reached.at(point, project) for point in points(changes[project.id], asked)]
        least, most = (tuple(each[side] for each in ranges) for side in (0, 1))
        lines.append(ProjectReachTrend(project.slug, project.name, least, most))
    order = sorted(
        lines,
        key=lambda line: (
            [-n for n in line.people_at_least[-1:]],
            [-n for n in line.people_at_most[-1:]],
            line.name,
            line.project,
        ),
    )
    return ReachTrend(territory.code, threshold, tuple(map(_iso, asked)), tuple(order))


def _catalogues(uow: UnitOfWork, project: Project) -> list[int]:
    return [catalogue.id for catalogue in uow.catalogues.list(project.id)]


def _changes(
    uow: UnitOfWork, projects: Sequence[Project], territory: Territory
) -> dict[int, list[DayChange]]:
    """Return by project how its coverage changed in languages that somebody of a country reads."""
    owners = {number: each.id for each in projects for number in _catalogues(uow, each)}
    tags = [tag for tag in uow.projects.languages() if readers(territory, tag)]
    found: dict[int, list[DayChange]] = {project.id: [] for project in projects}
    for change in uow.past.coverage_days(list(owners), tags):
        found[owners[change.catalogue]].append(change)
    return found


def _days(first: int | None, clock: Clock, days: Sequence[date]) -> tuple[int, ...]:
    if first is None:
        return ()
    if days:
        return tuple((day - _EPOCH).days for day in days)
    return spread(first, max(first, clock.now() // _DAY_S))


def _iso(day: int) -> str:
    return (_EPOCH + timedelta(days=day)).isoformat()


def _covered(row: LanguageCoverage, project: Project) -> float:
    return int(_share(row, project) * 10_000) / 10_000


def _share(row: LanguageCoverage, project: Project) -> Fraction:
    return Fraction(row.units.covered(project.count), row.units.total or 1)


class _Reached:
    """Tells how many people projects reach; many are usable in the same languages, day after day."""

    def __init__(self, territory: Territory, threshold: float) -> None:
        self._territory = territory
        self._bar = Fraction(str(threshold))
        self._known: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}

    def at(self, point: Point, project: Project) -> tuple[int, int]:
        """Return the people that a project reached, at least and at most."""
        most, least = self._bar.denominator, self._bar.numerator
        covered = tuple(
            row.language
            for row in point.values()
            if (total := row.units.total)
            and row.units.covered(project.count) * most >= least * total
        )
        what = (project.source_language, covered)
        if what not in self._known:
            found = reach(self._territory, covered, project.source_language)
            people = self._territory.people
            self._known[what] = (people(found.at_least), people(found.at_most))
        return self._known[what]
