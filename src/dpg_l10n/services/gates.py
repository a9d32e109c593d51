"""The gate: does a project fulfil what it asks of itself before a release?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dpg_l10n.domain.gate import DEFAULT, Condition
from dpg_l10n.domain.project import ProjectSpec, TargetFile
from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.states import State
from dpg_l10n.formats import FORMATS
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.coverage import nothing_of, report_of
from dpg_l10n.services.export import still_withdrawn
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.multilingual import holds_all, parse_target

_SHIPPING = {
    None: (State.NEEDS_WORK, State.TRANSLATED, State.REVIEWED),
    Only.TRANSLATED: (State.TRANSLATED, State.REVIEWED),
    Only.REVIEWED: (State.REVIEWED,),
}
"""States of the texts that an export gives out."""


@dataclass(frozen=True, slots=True)
class GateReport:
    """What a gate looked at."""

    project: str
    passed: bool
    conditions: tuple[Condition, ...]

    @property
    def failed(self) -> tuple[Condition, ...]:
        """What speaks against a release."""
        return tuple(each for each in self.conditions if not each.passed)


def gate(
    store: Store, slug: str, languages: Sequence[str] = (), only: Only | None = None
) -> GateReport:
    """Look whether a project fulfils what it asks of itself.

    Args:
        store: Where.
        slug: Project.
        languages: BCP 47 tags; empty for all that it has or asks for.
        only: Which texts are going to be released; None for all that people wrote.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        project = uow.projects.require(slug)
        found = [*judge(uow, project, languages, only), *_withdrawn(uow, project, languages)]
        return _report(slug, found)


def gate_tree(
    store: Store, spec: ProjectSpec, read: Callable[[str], bytes], clock: Clock,
    languages: Sequence[str] = (),
) -> GateReport:  # fmt: skip
    """Look whether a working tree fulfils what its configuration asks for.

    What files do not say is not asked for: who reviewed a text of risk where no format of the
    project marks it, and what was withdrawn.

    Args:
        store: An empty one, which the tree is pushed into: the figures are those of a push.
        spec: The project and where its files are.
        read: Returns the bytes of a path of the spec.
        clock: Gives the time.
        languages: As of :func:`gate`.
    """
    pushed = push(store, spec, read, clock, PushOptions(keep_going=True, accept_damage=True))
    refused = Condition.at_most("refused", "", tuple(each.path for each in pushed.refused))
    risk = any(FORMATS[each.format].marks_reviewed for each in spec.catalogues)
    with store.read() as uow:
        project = uow.projects.require(spec.slug)
        return _report(spec.slug, [refused, *judge(uow, project, languages, None, risk=risk)])


def judge(
    uow: UnitOfWork,
    project: Project,
    languages: Sequence[str],
    only: Only | None,
    *,
    risk: bool = True,
) -> Iterator[Condition]:
    """Yield what is asked of the texts of a project, language by language."""
    policy, catalogues = project.gate, uow.catalogues.list(project.id)
    rows = {row.language: row for row in report_of(uow, project).languages}
    named = {language for language, _ in policy.fail_under if language != DEFAULT}
    for language in languages or sorted({*rows, *named}):
        row = rows.get(language) or nothing_of(catalogues, language)
        bar = policy.bar(language)
        if bar is not None:
            yield Condition.at_least(language, row.percent(project.count), bar)
        states = _SHIPPING[only]
        found = uow.releases.with_errors(project.id, language, states)
        yield Condition.at_most("errors", language, found, policy.errors)
        if risk:
            unreviewed = [state for state in states if state is not State.REVIEWED]
            found = uow.releases.unreviewed_risk(project.id, language, unreviewed)
            yield Condition.at_most("risk", language, found, policy.risk)


def _report(slug: str, conditions: Sequence[Condition]) -> GateReport:
    return GateReport(slug, all(each.passed for each in conditions), tuple(conditions))


def _withdrawn(uow: UnitOfWork, project: Project, languages: Sequence[str]) -> Iterator[Condition]:
    """Yield, by language, the withdrawn texts that the files of the last push still hold."""
    found: dict[str, list[str]] = {}
    places = {(each.catalogue_id, each.language) for each in uow.releases.withdrawn(project.id)}
    for stored in uow.catalogues.list(project.id):
        for language in sorted(language for number, language in places if number == stored.id):
            if not languages or language in languages:
                found.setdefault(language, []).extend(_in_file(uow, stored, language))
    for language, keys in sorted(found.items()):
        yield Condition.at_most("withdrawn", language, tuple(keys))


def _in_file(uow: UnitOfWork, stored: StoredCatalogue, language: str) -> Iterator[str]:
    """Yield catalogue and key of the texts of a pushed file that are withdrawn."""
    files = {each.language: each for each in uow.catalogues.files(stored.id)}
    form = FORMATS[stored.format]
    source_bytes = uow.catalogues.read_file(stored.id, stored.source_path or "")
    file = files.get(language)
    inside = holds_all(form, stored)
    data = source_bytes
    if not inside:
        data = uow.catalogues.read_file(stored.id, file.path) if file else None
    if file is None or data is None:
        return
    target = TargetFile(language, file.spelling or language, file.path)
    source = form.parse(source_bytes) if source_bytes is not None else None
    said = parse_target(form, data, target, source, in_source=inside).by_key()
    units = [unit for unit in uow.units.load(stored.id) if not unit.obsolete]
    present = uow.translations.load(stored.id, language, units)
    gone = still_withdrawn(present, uow.talk.withdrawn(stored.id, language))
    for unit in units:
        entry = said.get(unit.key)
        if unit.id in gone and entry is not None and entry.text == present[unit.id].text:
            yield f"{stored.name}/{unit.key}"
