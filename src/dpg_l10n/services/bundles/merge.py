"""A project of a bundle joins the one of the store: history by history, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from dpg_l10n.domain.coverage import is_copied
from dpg_l10n.domain.message import is_blank
from dpg_l10n.domain.records import StoredCatalogue
from dpg_l10n.domain.states import State
from dpg_l10n.domain.terms import Wanted
from dpg_l10n.domain.unit import (
    Revision,
    Suggestion,
    Translation,
    TranslationWrite,
    Unit,
    UnitBefore,
)
from dpg_l10n.services.bundles.sides import Sides
from dpg_l10n.services.bundles.talk import merge_talk, merge_withdrawals
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.terminology import of_project

_WHY = "from a bundle: this text was changed there and here"
_OTHER_SOURCE = "from a bundle: made for another source text"
Step = tuple[Unit, Revision]


class Merge:
    """Brings over what is new.

    Args:
        sides: The bundle and the project.
    """

    def __init__(self, sides: Sides) -> None:
        """Remember both sides."""
        self.sides, self.report = sides, sides.report
        self.uow, self.other, self.ours = sides.uow, sides.other, sides.ours
        self._terms = of_project(sides.uow, sides.ours)

    def run(self) -> None:
        """Bring over units first, then texts, then what was said of them."""
        pairs = [
            (catalogue, *self._units(catalogue))
            for catalogue in self.other.catalogues.list(self.sides.theirs.id)
        ]
        spoken = [
            tag for tag in self.other.projects.languages() if tag != self.ours.source_language
        ]
        own: dict[int, Unit] = {}
        for catalogue, stored, units in pairs:
            mine = {theirs.id: ours for theirs, ours in units}
            for language in spoken:
                self._texts(stored, catalogue, units, language)
                merge_talk(self.sides, catalogue, mine, language)
            own |= mine
        merge_withdrawals(self.sides, own)
        self._words()

    def _units(self, catalogue: StoredCatalogue) -> tuple[StoredCatalogue, list[tuple[Unit, Unit]]]:
        """Add units and files that the store lacks; return its catalogue, and units of both sides."""
        known = {each.name: each for each in self.uow.catalogues.list(self.ours.id)}
        stored = known.get(catalogue.name)
        if stored is None:
            new = replace(catalogue, project_id=self.ours.id, id=0, units=0, words=0)
            stored = self.uow.catalogues.save(new)
        ours = {unit.key: unit for unit in self.uow.units.load(stored.id)}
        theirs = self.other.units.load(catalogue.id)
        lacking = [unit for unit in theirs if unit.key not in ours]
        if lacking:
            ids = self.uow.units.intern(unit.source for unit in lacking)
            fresh = [unit._replace(id=0, text_id=ids[unit.source]) for unit in lacking]
            added = self.uow.units.add(stored.id, fresh)
            before = [UnitBefore(unit.id, None, obsolete=False) for unit in added]
            self.uow.past.note_units(self.sides.action, before)
            counted = [unit for unit in added if not unit.obsolete]
            self.uow.catalogues.set_totals(
                stored.id, stored.units + len(counted),
                stored.words + sum(unit.words for unit in counted),
            )  # fmt: skip
            ours |= {unit.key: unit for unit in added}
            self.report.units += len(added)
        paths = {file.path for file in self.uow.catalogues.files(stored.id)}
        for file in self.other.catalogues.files(catalogue.id):
            data = self.other.catalogues.read_file(catalogue.id, file.path)
            if file.path not in paths and data is not None:
                self.uow.catalogues.write_file(
                    stored.id, file.path, data, language=file.language, spelling=file.spelling,
                    action_id=self.sides.action,
                )  # fmt: skip
        return stored, [(unit, ours[unit.key]) for unit in theirs]

    def _texts(
        self, stored: StoredCatalogue, catalogue: StoredCatalogue,
        units: Sequence[tuple[Unit, Unit]], language: str,
    ) -> None:  # fmt: skip
        """Let the histories of one language go on."""
        theirs = self.other.translations.load(catalogue.id, language, [t for t, _ in units])
        ours = self.uow.translations.load(stored.id, language, [o for _, o in units])
        steps: list[Step] = []
        for their_unit, unit in units:
            text, own = theirs.get(their_unit.id), ours.get(unit.id)
            if text is None:
                continue
            if own and (own.text, own.state) == (text.text, text.state):
                self.report.same += 1
                continue
            past = self.other.translations.history(their_unit, language)[::-1]
            if unit.source != their_unit.source:
                self._propose(unit, language, past[-1], own, _OTHER_SOURCE)
                continue
            rest = self._rest(unit, language, past, own)
            if rest:
                steps += [(unit, each) for each in rest]
                self.report.written += 1
        checker = Checker(stored.format, self.ours.source_language, self._terms)
        self._write(stored, language, steps, ours, checker)

    def _rest(
        self, unit: Unit, language: str, past: Sequence[Revision], own: Translation | None
    ) -> Sequence[Revision]:
        """Return the steps of a bundle's text that are to follow ours, none where ours stays."""
        before = self.uow.translations.history(unit, language)[::-1]
        common = sum(1 for _ in _common(past, before))
        if common == len(before):
            return past[common:]
        last = past[-1]
        if common == len(past):
            self.report.newer += 1
            return ()
        if last.state is not State.DRAFT and (own is None or own.state is State.DRAFT):
            return [last]  # a person's text goes before a draft, and before nothing
        harmful = last.kind == "withdraw" and own is not None and own.text == last.text
        if harmful and last.at >= before[-1].at:
            return [last]
        if last.state is not State.DRAFT and own is not None and own.text != last.text:
            self._propose(unit, language, last, own, _WHY)
        else:
            self.report.newer += 1
        return ()

    def _propose(
        self, unit: Unit, language: str, last: Revision, own: Translation | None, why: str
    ) -> None:
        """Keep a text beside ours."""
        known = {each.text for each in self.uow.translations.suggestions(unit, language)}
        if last.state is State.DRAFT or is_blank(last.text) or last.kind == "withdraw":
            return
        if last.text in known or (own is not None and own.text == last.text):
            return
        action = self.sides.act(last.actor, last.at, "suggest", why)
        self.uow.translations.suggest([Suggestion(unit.id, language, last.text, why)], action)
        self.report.suggested += 1

    def _write(
        self, stored: StoredCatalogue, language: str, steps: Iterable[Step],
        ours: Mapping[int, Translation], checker: Checker,
    ) -> None:  # fmt: skip
        """Write steps in the order in which they were made, each by who made it when it was made."""
        ordered = sorted(steps, key=lambda step: (step[1].action, step[0].id))
        seen = {number: each.revision for number, each in ours.items()}
        last: dict[int, tuple[Unit, Revision]] = {}
        for number, group in groupby(ordered, key=lambda step: step[1].action):
            part = list(group)
            first = part[0][1]
            action = self.sides.same_act(number, first.actor, first.at, first.kind, first.why)
            writes = [self._step(unit, language, said, seen, checker) for unit, said in part]
            words = {unit.id: unit.words for unit, _ in part}
            self.uow.translations.write(stored.id, language, action, writes, words)
            now = self.uow.translations.load(stored.id, language, [unit for unit, _ in part])
            for unit, said in part:
                seen[unit.id] = now[unit.id].revision if unit.id in now else 0
                last[unit.id] = (unit, said)
        rows = [
            (unit.id, found.code, found.severity.value, found.message)
            for unit, said in last.values()
            if said.state is not State.MISSING
            for found in checker.findings(unit, said.text, language)
        ]
        self.uow.translations.replace_findings(stored.id, language, list(last), rows)

    def _step(
        self, unit: Unit, language: str, said: Revision, seen: Mapping[int, int], checker: Checker
    ) -> TranslationWrite:
        made_for = None
        if said.made_for is not None and said.made_for != unit.source:
            made_for = self.uow.units.intern([said.made_for])[said.made_for]
        copied = said.state is State.TRANSLATED and is_copied(
            unit.source, said.text, self.ours.source_language, language, checker.kinds(unit)
        )
        origin = self.uow.projects.origin_id(said.origin)
        return TranslationWrite(
            unit.id, said.text, said.state, origin, seen.get(unit.id, 0), made_for, None, copied
        )

    def _words(self) -> None:
        """Add concepts that the project's glossaries lack; those that are there stay as they are."""
        for glossary, _, _ in self.other.glossaries.overview():
            mine = self.uow.glossaries.get(glossary.name)
            if mine is None:
                new = replace(glossary, id=0, project=self.ours.slug)
                mine = self.uow.glossaries.save(new, self.sides.actor)
            if mine.project != self.ours.slug:
                continue
            known = {c.key for c in self.uow.glossaries.concepts(Wanted(glossary=mine.name))}
            lacking = [
                concept
                for concept in self.other.glossaries.concepts(Wanted(glossary=glossary.name))
                if concept.key not in known
            ]
            if lacking:
                self.uow.glossaries.put(mine, lacking, self.sides.actor, mine.at)
                self.report.concepts += len(lacking)


def _common(past: Iterable[Revision], before: Iterable[Revision]) -> Iterator[Revision]:
    """Yield the steps with which both histories begin."""
    for one, two in zip(past, before, strict=False):
        if (one.text, one.state, one.actor, one.at) != (two.text, two.state, two.actor, two.at):
            return
        yield one
