"""A country: which services its people can read, and what to translate next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial
from heapq import nsmallest

from dpg_l10n.domain.coverage import LanguageCoverage
from dpg_l10n.domain.goods import Good, RegistryImport
from dpg_l10n.domain.locales import base
from dpg_l10n.domain.reach import NOBODY, Reach, reach, readers
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.territories import Speakers, Territory
from dpg_l10n.ports import Store, UnitOfWork
from dpg_l10n.services.country_report import (
    Cell,
    CountryReport,
    ProjectReach,
    Sources,
    SpokenLanguage,
    Step,
    UsedGood,
)
from dpg_l10n.services.coverage import reports_of
from dpg_l10n.services.drafting.gaps import find_gaps
from dpg_l10n.services.registry import territories
from dpg_l10n.services.reports import CoverageReport

THRESHOLD = 0.8
"""Share of its texts from which on a project is usable in a language."""
_ReadBy = Callable[[str], tuple[Speakers, ...]]
"""Gives who can read a text by its tag."""
_MOST_STEPS = 10
_MOST_UNITS = 5_000
"""Larger projects are not compared with the memory while somebody waits."""


def country(
    store: Store, code: str, *, threshold: float = THRESHOLD,
    visible: Callable[[Project], bool] = lambda _project: True,
) -> CountryReport:  # fmt: skip
    """Return which services the people of a country can read, and what to translate next.

    Args:
        store: Where from.
        code: ISO 3166-1 alpha-2, in either case.
        threshold: Share of its texts from which on a project is usable, above 0.0 to 1.0.
        visible: Tells which projects whoever asks may see.

    Raises:
        NotFoundError: There is no such country.
    """
    return compared(store, [code], threshold=threshold, visible=visible)[0]


def compared(
    store: Store, codes: Sequence[str], *, threshold: float = THRESHOLD,
    visible: Callable[[Project], bool] = lambda _project: True,
) -> tuple[CountryReport, ...]:  # fmt: skip
    """Return the reports of several countries, of one moment, see :func:`country`.

    Raises:
        NotFoundError: There is no such country.
    """
    asked = [territories().require(code) for code in codes]
    with store.read() as uow:
        every = uow.projects.list()
        shared = _Shared(
            goods={good.id: good for good in uow.goods.list()},
            imported=uow.goods.imported(),
            known=frozenset(
                name for project in every for name in (project.slug, project.registry_id)
            ),
            figures=tuple(reports_of(uow, filter(visible, every))),
        )
        return tuple(_country(uow, territory, shared, threshold) for territory in asked)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the reports of all countries are made of."""

    goods: Mapping[str, Good]
    imported: RegistryImport | None
    known: frozenset[str | None]
    """Slugs and identities in the registry of all projects."""
    figures: tuple[tuple[Project, CoverageReport, LanguageCoverage], ...]
    """Of the projects that whoever asks may see."""


def _country(
    uow: UnitOfWork, territory: Territory, shared: _Shared, threshold: float
) -> CountryReport:
    goods, said = shared.goods, shared.imported
    read_by = cache(partial(readers, territory))
    found = [
        _project(project, report.languages, nothing, used, territory, threshold, read_by)
        for project, report, nothing in shared.figures
        if (used := is_used(project, goods, territory.code)) is not False
    ]
    shown = _shown(territory, found)
    reaches = tuple(replace(one, cells=_cells(one, shown)) for one in found)
    steps = _steps(uow, territory, read_by, found)
    world = territories()
    return CountryReport(
        country=territory.code,
        population=territory.population,
        literacy=ratio(territory.literacy),
        threshold=threshold,
        reaching_half=sum(one.at_least >= 0.5 for one in reaches),
        source_only=sum(not one.usable for one in reaches),
        languages=tuple(
            SpokenLanguage(
                each.language, ratio(each.share), territory.people(each.share), each.official,
                each.citation,
            )
            for each in shown
        ),
        projects=tuple(sorted(reaches, key=lambda p: (-p.at_least, -p.at_most, p.name, p.project))),
        steps=steps,
        others=tuple(
            UsedGood(good.id, good.name, good.website)
            for good in goods.values()
            if territory.code in good.countries and good.id not in shared.known
        ),
        sources=Sources(
            world.source, world.version, world.licence,
            said.source if said else None, said.version if said else None,
        ),
    )  # fmt: skip


def ratio(share: Fraction) -> float:
    """Return a share as a number, rounded down to 6 digits."""
    return int(share * 1_000_000) / 1_000_000


def is_used(project: Project, goods: Mapping[str, Good], code: str) -> bool | None:
    """Tell whether a project is used in a country; its own word goes before the registry's."""
    if project.deployments:
        return code in project.deployments
    good = goods.get(project.registry_id or "") or goods.get(project.slug)
    if good is None or good.deployments is None or good.is_everywhere:
        return None
    return code in good.deployments


def _project(
    project: Project, rows: tuple[LanguageCoverage, ...], nothing: LanguageCoverage,
    used: bool | None, territory: Territory, threshold: float,
    read_by: _ReadBy,
) -> ProjectReach:  # fmt: skip
    cells = []
    bar, written = Fraction(str(threshold)), base(project.source_language)
    # the last one wins: that with the most, of equals that with the last name
    ranked = sorted(rows, key=lambda row: (row.ratio(project.count), row.language))
    best = {each.language: row for row in ranked for each in read_by(row.language)}
    for each in territory.languages:
        tag, source = each.language, base(each.language) == written
        row = best.get(tag)
        if row is None:
            cells.append(Cell(tag, tag, source, 0.0, False, nothing.units, nothing.words))
            continue
        covered, total = row.units.covered(project.count), row.units.total
        usable = not source and total > 0 and covered * bar.denominator >= bar.numerator * total
        cells.append(
            Cell(
                tag, row.language, source, 10_000 * covered // (total or 1) / 10_000, usable,
                row.units, row.words,
            )
        )  # fmt: skip
    usable_in = [cell.language for cell in cells if cell.usable]
    reached: Reach = reach(territory, usable_in, project.source_language)
    return ProjectReach(
        project.slug, project.name, project.source_language, used, project.count,
        ratio(reached.at_least), ratio(reached.at_most),
        territory.people(reached.at_least), territory.people(reached.at_most),
        ratio(reached.source), tuple(each.language for each in reached.languages), tuple(cells),
    )  # fmt: skip


def _shown(territory: Territory, found: list[ProjectReach]) -> tuple[Speakers, ...]:
    """Return the languages worth a row: official, of one in a hundred, or with a text already."""
    begun = {
        cell.language
        for one in found
        for cell in one.cells
        if cell.units.missing < cell.units.total
    }
    return tuple(
        each
        for each in territory.languages
        if each.official or each.share >= Fraction(1, 100) or each.language in begun
    )


def _cells(one: ProjectReach, shown: tuple[Speakers, ...]) -> tuple[Cell, ...]:
    by_language = {cell.language: cell for cell in one.cells}
    return tuple(by_language[each.language] for each in shown)


def _steps(
    uow: UnitOfWork, territory: Territory, read_by: _ReadBy, found: list[ProjectReach]
) -> tuple[Step, ...]:
    # many projects are usable in the same languages, most of them in none
    gained = cache(partial(_gained, territory, read_by))
    steps = [
        (-gain.rate(left), one.project, cell.language, one, gain, left)
        for one in found
        for cell, gain in zip(one.cells, gained(one.usable, one.source_language), strict=True)
        if gain.people and not cell.source and not cell.usable
        if (left := cell.words.total - cell.words.covered(one.count)) > 0
    ]
    best = [
        Step(
            slug, one.name, language, gain.share,
            territory.people(gain.least), territory.people(gain.most), left, -rate, None,
        )
        for rate, slug, language, one, gain, left in nsmallest(_MOST_STEPS, steps)
    ]  # fmt: skip
    return tuple(
        replace(step, words_from_memory=_remembered(uow, step, found)) for step in best[:1]
    ) + tuple(best[1:])


@dataclass(frozen=True, slots=True)
class _Gain:
    """Whom one more language reaches."""

    share: float
    """Of the people who speak it, 0.0 to 1.0."""
    least: Fraction
    """Share of the people, 0 to 1, as ``most``."""
    most: Fraction
    people: Fraction
    """Between the two."""

    def rate(self, words: int) -> int:
        """Return people for 1,000 words, rounded down."""
        return 1000 * self.people.numerator // (self.people.denominator * words)


def _gained(
    territory: Territory, read_by: _ReadBy, usable: tuple[str, ...], source: str
) -> list[_Gain]:
    """Return what each language of the territory would add to those that are usable."""
    before, found = reach(territory, usable, source), []
    known = {each.language for each in before.languages}
    for each in territory.languages:
        own = base(each.language) == base(source)
        new = [] if own else [one for one in read_by(each.language) if one.language not in known]
        least = max((one.share for one in new), default=NOBODY)
        least = max(least - before.at_least, NOBODY)
        most = min(1 - before.at_most, sum((one.share for one in new), NOBODY))
        people = territory.population * (least + most) / 2
        found.append(_Gain(ratio(each.share), least, most, people))
    return found


def _remembered(uow: UnitOfWork, step: Step, found: list[ProjectReach]) -> int | None:
    """Return how many of the words left the memory has a text for."""
    one = next(each for each in found if each.project == step.project)
    cell = next(each for each in one.cells if each.language == step.language)
    if cell.units.total > _MOST_UNITS:
        return None
    project = uow.projects.require(step.project)
    gaps = find_gaps(uow, project, cell.spelling)
    return sum(gap.unit.words for gap in gaps if gap.text is not None)
