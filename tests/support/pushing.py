"""A machine that pushes catalogues in every odd order and looks for what got lost.

Catalogues have keys of their own, or are gettext's, or tables of all languages; people change the
sources, the files and the store. Pushes are partial, pruned, minor, dry, disputed, refused and
undone. Texts of people say ``neno`` and are never repeated, so each can be looked for afterwards.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.merge import OnConflict, said
from dpg_l10n.domain.message import plain
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec, TargetFile
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Translation, Unit
from dpg_l10n.errors import ConflictError, NotFoundError, UsageError
from dpg_l10n.formats import FORMATS
from dpg_l10n.services.history import revert
from dpg_l10n.services.ingest import PushOptions
from dpg_l10n.services.multilingual import parse_target
from dpg_l10n.services.reports import PushReport
from dpg_l10n.services.undo import undo
from dpg_l10n.store.maintenance import SqlMaintenance
from dpg_l10n.store.uow import SqlStore
from tests.support.projects import Workspace
from tests.support.tree import LANGUAGES, Part, Words

FINISHED = (State.TRANSLATED, State.REVIEWED)
SOURCES = ("Save", "Save it all", "Save it all now", "Open {n}", "menu\4Save", "menu\4Open {n}")
"""What stands before U+0004 is the context in gettext; elsewhere it is left out."""
KEYS = ("k1", "k2", "k3", "k4", "k5")


PLAIN = PushOptions()


# most of what happens, happens to the same few texts: else nothing ever meets
_part = st.sampled_from([0, 0, 0, 1])
_parts = st.sampled_from([frozenset({0, 1}), frozenset({0, 1}), frozenset({0}), frozenset({1})])
_language = st.sampled_from(["sw", "sw", "sw", "fr"])
_languages = st.sampled_from([LANGUAGES, LANGUAGES, ("fr",), ("sw",), ()]).map(frozenset)
_key = st.sampled_from(["k1", "k1", "k1", "k2", "k3", "k4"])
_which = st.sampled_from([0, 0, 0, 1, 2, 3])


class Place(NamedTuple):
    """Where a text is current."""

    part: str
    language: str
    key: str


class Pushes(RuleBasedStateMachine):
    """A project of two catalogues that lives through pushes."""

    formats: tuple[str, str]
    """Of the catalogue that most happens to, and of the other one."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{self.folder.name}/store.db"
        self.store = SqlStore(self.url)
        self.work = Workspace(self.store, ProjectSpec("clinic", "Clinic"), {})
        self.number = 0
        self.written: dict[str, str] = {}
        """Texts that the store took, and their languages."""
        self.said_for: defaultdict[str, set[str]] = defaultdict(set)
        """Sources that a person said a text for, or that count as the same."""
        self.pushes: list[int] = []
        self.older: list[tuple[int, dict[str, str], dict[str, dict[str, Words]]]] = []

    def teardown(self) -> None:
        self.store.close()
        maintenance = SqlMaintenance(self.url)
        defects = maintenance.check(repair=False)[1]
        maintenance.close()
        self.folder.cleanup()
        assert defects == ()

    @initialize(texts=st.lists(st.sampled_from(SOURCES), min_size=2, max_size=4, unique=True))
    def begin(self, texts: list[str]) -> None:
        plains = [text.rpartition("\4")[2] for text in texts]
        self.parts = [Part(name, name, {}) for name in self.formats]
        for part in self.parts:
            pairs = zip(texts if part.format == "po" else KEYS, plains, strict=False)
            part.source = {key: key if part.format == "po" else text for key, text in pairs}
            for words in part.said.values():
                words.update((key, Words(self.new_text())) for key in part.source)
        self.push_files(frozenset({0, 1}), frozenset(LANGUAGES))

    # what developers do

    def edit(self, at: int) -> Part:
        part = self.parts[at]
        past = {tag: dict(words) for tag, words in part.said.items()}
        self.older.append((at, dict(part.source), past))
        return part

    @rule(at=_part, key=_key, text=st.sampled_from(SOURCES))
    def change_source(self, at: int, key: str, text: str) -> None:
        part = self.edit(at)
        if part.format == "po":
            kept = [old for index, old in enumerate(part.source) if index != KEYS.index(key)]
            part.source = {old: old for old in dict.fromkeys([*kept, text])}
        else:
            part.source = {**part.source, key: text.rpartition("\4")[2]}

    @rule(at=_part, which=_which, with_texts=st.booleans())
    def remove_source(self, at: int, which: int, with_texts: bool) -> None:
        part = self.edit(at)
        key = nth(part.source, which)
        if key is not None and len(part.source) > 1:
            del part.source[key]
            for words in part.said.values() if with_texts else ():
                words.pop(key, None)

    @rule(at=_part, which=_which, to=_key)
    def rename_key(self, at: int, which: int, to: str) -> None:
        part = self.edit(at)
        key = nth(part.source, which)
        if key is not None and to not in part.source and part.format != "po":
            part.source = {to if old == key else old: text for old, text in part.source.items()}
            for words in part.said.values():
                if key in words:
                    words[to] = words.pop(key)

    @rule(back=st.integers(1, 6), source=st.booleans(), files=st.booleans())
    def go_back_in_the_tree(self, back: int, source: bool, files: bool) -> None:
        if len(self.older) >= back:
            at, old, words = self.older[-back]
            part = self.edit(at)
            part.source = dict(old) if source else part.source
            part.said = {tag: dict(each) for tag, each in words.items()} if files else part.said

    # what translators do

    def new_text(self) -> str:
        self.number += 1
        return "neno " + "".join(chr(ord("a") + int(digit)) for digit in str(self.number))

    @rule(
        at=_part, language=_language, which=_which,
        fuzzy=st.booleans(),
    )  # fmt: skip
    def say_in_file(self, at: int, language: str, which: int, fuzzy: bool) -> None:
        part = self.edit(at)
        key = nth(part.source, which)
        if key is not None:
            part.said[language][key] = Words(self.new_text(), fuzzy and part.format == "po")

    @rule(
        at=_part, language=_language, which=_which,
        how=st.sampled_from(["drop", "empty", "mark"]),
    )  # fmt: skip
    def unsay_in_file(self, at: int, language: str, which: int, how: str) -> None:
        part = self.edit(at)
        words = part.said[language]
        key = nth(words, which)
        if key is None:
            return
        if how == "drop":
            del words[key]
        elif how == "empty":
            words[key] = Words("")
        else:
            words[key] = Words(words[key].text, not words[key].fuzzy and part.format == "po")

    @rule(
        at=_part, language=_language, which=_which,
        state=st.sampled_from([State.TRANSLATED, State.REVIEWED, State.NEEDS_WORK]),
        own=st.booleans(),
    )  # fmt: skip
    def decide(self, at: int, language: str, which: int, state: State, own: bool) -> None:
        part = self.parts[at]
        units = {key: each for key, each in self.work.units(part.name).items() if not each.obsolete}
        key = nth(units, which)
        if key is None:
            return
        text = self.new_text() if own else None
        if text is not None and "{n}" in plain(units[key].source):
            text += " {n}"
        try:
            view = self.work.decide(key, language, state, text=text, catalogue=part.name)
        except (ConflictError, UsageError):
            return
        current = view.translation
        assert current is not None
        self.written.setdefault(plain(current.text), language)
        if current.state in FINISHED:
            self.said_for[plain(current.text)].add(plain(units[key].source))

    @rule(at=_part, language=_language, which=_which, on_conflict=st.sampled_from(OnConflict))
    def dispute(self, at: int, language: str, which: int, on_conflict: OnConflict) -> None:
        self.decide(at, language, which, State.TRANSLATED, own=True)
        self.say_in_file(at, language, which, fuzzy=False)
        self.push_files(
            frozenset({at}), frozenset({language}), PushOptions(on_conflict=on_conflict)
        )

    @rule(at=_part, language=_language, which=_which)
    def bring_the_oldest_text_back(self, at: int, language: str, which: int) -> None:
        part = self.parts[at]
        units = self.work.units(part.name)
        found = self.work.translations(language, part.name)
        key = nth({key: each for key, each in found.items() if not units[key].obsolete}, which)
        if key is None:
            return
        oldest = self.work.history(key, language, part.name)[-1]
        try:
            revert(
                self.store, "clinic", part.name, key, language, to=oldest.revision,
                revision=found[key].revision, actor="amina", clock=self.work.clock,
            )  # fmt: skip
        except (ConflictError, UsageError, NotFoundError):
            return
        self.said_for[plain(oldest.text)].add(plain(units[key].source))

    # what programs do

    def push_files(
        self, parts: frozenset[int], languages: frozenset[str], options: PushOptions = PLAIN
    ) -> PushReport | None:
        """Push some catalogues and languages; return the report, None where nothing was stored."""
        self.work.clock.at += 60
        chosen = [part for at, part in enumerate(self.parts) if at in parts]
        spec = replace(self.work.spec, catalogues=tuple(part.spec(languages) for part in chosen))
        self.work.files = {path: data for part in chosen for path, data in part.files().items()}
        fresh = list(self._news(spec))
        dry = self.work.push(spec, **vars_of(replace(options, dry_run=True)))
        report = self.work.push(spec, **vars_of(options))
        assert dry == replace(report, id=0, dry_run=True)
        assert not report.refused
        if not report.id:
            assert report.conflicts
            return None
        self.pushes.append(report.id)
        for place, source, entry in fresh:
            units = self.work.units(place.part)
            if place.key in units and not units[place.key].obsolete:
                self.written.setdefault(plain(entry.text), place.language)
                self.said_for[plain(entry.text)].add(source)
        if options.minor:
            for _, unit, current in self.current():
                if current.state in FINISHED:
                    self.said_for[plain(current.text)].add(plain(unit.source))
        return report

    def _news(self, spec: ProjectSpec) -> Iterator[tuple[Place, str, Entry]]:
        """Yield what the files say that they did not say at the last push, or that is not here."""
        here = {place: each for place, _, each in self.current()} if self.pushes else {}
        for catalogue in spec.catalogues:
            form = FORMATS[catalogue.format]
            assert catalogue.source is not None
            source = form.parse(self.work.files[catalogue.source])
            # a source that was taken away and not pruned may still be translated
            units = self.work.units(catalogue.name) if self.pushes else {}
            texts = {key: plain(unit.source) for key, unit in units.items() if not unit.obsolete}
            texts |= {
                entry.key: plain(entry.text if entry.source is None else entry.source)
                for entry in source.entries
            }
            for target in catalogue.targets:
                now = self._parsed(catalogue, target, self.work.files[target.path], source)
                data = self._last_file(catalogue.name, target.path)
                last = {}
                if data is not None:
                    last = self._parsed(catalogue, target, data, source).by_key()
                for entry in now.entries:
                    place = Place(catalogue.name, target.language, entry.key)
                    old = last.get(entry.key)
                    new = old is None or (old.text, old.flags) != (entry.text, entry.flags)
                    if said(entry) and entry.key in texts and (new or place not in here):
                        yield place, texts[entry.key], entry

    @staticmethod
    def _parsed(
        catalogue: CatalogueSpec, target: TargetFile, data: bytes, source: Catalogue
    ) -> Catalogue:
        form = FORMATS[catalogue.format]
        return parse_target(form, data, target, source, in_source=catalogue.pattern is None)

    def _last_file(self, part: str, path: str) -> bytes | None:
        if not self.pushes:
            return None
        with self.store.read() as uow:
            return uow.catalogues.read_file(self.work.catalogue_id(part), path)

    @rule(
        parts=_parts,
        languages=_languages,
        prune=st.booleans(), minor=st.integers(0, 4).map(lambda chance: chance == 0),
        on_conflict=st.sampled_from(OnConflict), accept_as=st.sampled_from(FINISHED),
    )  # fmt: skip
    def push(
        self, parts: frozenset[int], languages: frozenset[str], prune: bool, minor: bool,
        on_conflict: OnConflict, accept_as: State,
    ) -> None:  # fmt: skip
        options = PushOptions(
            prune=prune, minor=minor, on_conflict=on_conflict, accept_as=accept_as
        )
        before = {place: (unit, each) for place, unit, each in self.current()}
        report = self.push_files(parts, languages, options)
        after = {place: each for place, _, each in self.current()}
        if report is None:
            assert after == {place: each for place, (_, each) in before.items()}
            return
        for place, (_, each) in before.items():
            at = [part.name for part in self.parts].index(place.part)
            if at not in parts:
                assert after[place] == each
            elif place.language not in languages and self.parts[at].format != "csv":
                assert after[place].text == each.text
        again = self.push_files(parts, languages, options)
        assert again is not None
        assert not any(row.written for part in again.catalogues for row in part.languages.values())
        assert {place: each for place, _, each in self.current()} == after

    @rule(
        parts=_parts,
        languages=_languages,
        prune=st.booleans(), minor=st.booleans(),
        on_conflict=st.sampled_from([OnConflict.KEEP, OnConflict.FILE]),
    )  # fmt: skip
    def push_and_undo(
        self, parts: frozenset[int], languages: frozenset[str], prune: bool, minor: bool,
        on_conflict: OnConflict,
    ) -> None:  # fmt: skip
        before = self.picture()
        options = PushOptions(prune=prune, minor=minor, on_conflict=on_conflict)
        report = self.push_files(parts, languages, options)
        assert report is not None
        found = undo(self.store, "clinic", report.id, self.work.clock, actor="amina")
        assert not found.kept
        assert self.picture() == before

    @rule(back=st.integers(1, 8))
    def undo_an_older_push(self, back: int) -> None:
        if len(self.pushes) >= back:
            undo(self.store, "clinic", self.pushes[-back], self.work.clock, actor="amina")

    @rule(at=_part, language=_language, which=_which)
    def copy_the_source(self, at: int, language: str, which: int) -> None:
        part = self.edit(at)
        key = nth(part.source, which)
        if key is None:
            return
        text = part.source[key].rpartition("\4")[2]
        before = {place: each.revision for place, _, each in self.current()}
        part.said[language][key] = Words(text)
        options = PushOptions(on_conflict=OnConflict.FILE)
        self.push_files(frozenset({at}), frozenset({language}), options)
        for place, unit, each in self.current():
            if each.text == text == unit.source and each.state in FINISHED and not unit.obsolete:
                new = each.revision != before.get(place)
                assert each.copied or place != Place(part.name, language, key) or not new

    @rule(at=_part, which=_which, text=st.sampled_from(SOURCES))
    def change_a_source_and_change_it_back(self, at: int, which: int, text: str) -> None:
        part = self.parts[at]
        key = nth(part.source, which)
        every, options = frozenset(LANGUAGES), PushOptions(on_conflict=OnConflict.KEEP)
        self.push_files(frozenset({at}), every, options)
        before, source = self.picture(), dict(part.source)
        if key is None or part.format == "po" or text.rpartition("\4")[2] == source[key]:
            return
        part.source = {**source, key: text.rpartition("\4")[2]}
        self.push_files(frozenset({at}), every, options)
        part.source = source
        self.push_files(frozenset({at}), every, options)
        assert self.picture() == before

    @rule(at=_part, which=_which)
    def prune_a_source_and_bring_it_back(self, at: int, which: int) -> None:
        part = self.parts[at]
        key = nth(part.source, which)
        if key is None:
            return
        every, options = frozenset(LANGUAGES), PushOptions(on_conflict=OnConflict.KEEP)
        self.push_files(frozenset({at}), every, options)
        source = dict(part.source)
        asked = {
            place: each
            for place, each in self.picture().items()
            if place.part != part.name or place.key in source
        }
        texts = {place: each.text for place, _, each in self.current()}
        part.source = {each: text for each, text in source.items() if each != key}
        self.push_files(frozenset({at}), every, replace(options, prune=True))
        rest = {p: each for p, each in asked.items() if (p.part, p.key) != (part.name, key)}
        assert self.picture() == rest
        assert texts == {place: each.text for place, _, each in self.current()}
        part.source = source
        self.push_files(frozenset({at}), every, options)
        assert self.picture() == asked

    @rule(at=_part)
    def take_export_into_the_tree(self, at: int) -> None:
        part = self.edit(at)
        files = self.work.export()
        spec = part.spec(frozenset(LANGUAGES))
        form = FORMATS[part.format]
        source = form.parse(part.files()[part.source_path])
        for target in spec.targets:
            if target.path in files:
                parsed = self._parsed(spec, target, files[target.path], source)
                part.said[target.language] = {
                    entry.key: Words(plain(entry.text), "fuzzy" in entry.flags)
                    for entry in parsed.entries
                    if entry.text
                }

    # what always holds

    def current(self) -> Iterator[tuple[Place, Unit, Translation]]:
        """Yield every current text, those of obsolete units included."""
        with self.store.read() as uow:
            for stored in uow.catalogues.list(uow.projects.require("clinic").id):
                units = uow.units.load(stored.id)
                for language in LANGUAGES:
                    found = uow.translations.load(stored.id, language, units)
                    for unit in units:
                        if unit.id in found:
                            yield Place(stored.name, language, unit.key), unit, found[unit.id]

    def picture(self) -> dict[Place, tuple[object, ...]]:
        """Return what counts: sources, texts and states of units that are not obsolete."""
        found: dict[Place, tuple[object, ...]] = {
            place: (unit.source, each.text, each.state, each.copied)
            for place, unit, each in self.current()
            if not unit.obsolete
        }
        for part in self.parts:
            for key, unit in self.work.units(part.name).items():
                if not unit.obsolete:
                    found[Place(part.name, "", key)] = (unit.source,)
        return found

    @invariant()
    def nothing_that_a_person_wrote_is_lost(self) -> None:
        kept: set[tuple[str, str]] = set()
        with self.store.read() as uow:
            for stored in uow.catalogues.list(uow.projects.require("clinic").id):
                for unit in uow.units.load(stored.id):
                    for language in LANGUAGES:
                        steps = uow.translations.history(unit, language)
                        kept.update((plain(step.text), language) for step in steps)
                        beside = uow.translations.suggestions(unit, language)
                        kept.update((plain(each.text), language) for each in beside)
        assert self.written.items() <= kept

    @invariant()
    def no_text_counts_for_a_source_that_nobody_said_it_for(self) -> None:
        for place, unit, each in self.current():
            if each.state in FINISHED and not unit.obsolete:
                assert plain(unit.source) in self.said_for[plain(each.text)], place

    @invariant()
    def counters_equal_a_recount(self) -> None:
        with self.store.read() as uow:
            for stored in uow.catalogues.list(uow.projects.require("clinic").id):
                units = [unit for unit in uow.units.load(stored.id) if not unit.obsolete]
                for row in uow.catalogues.coverage(stored.id):
                    here = uow.translations.load(stored.id, row.language, units).values()
                    states = Counter(each.state for each in here if not each.copied)
                    assert row.units.reviewed == states[State.REVIEWED]
                    assert row.units.translated == states[State.TRANSLATED]
                    assert row.words.total == sum(unit.words for unit in units)
                    locale = uow.projects.locale_id(row.language)
                    counted = uow.translations.recount(stored.id, locale).values()
                    assert row.units.total == len(units)
                    assert row.units.total - row.units.missing == sum(each[0] for each in counted)
                    assert row.words.total - row.words.missing == sum(each[1] for each in counted)


def nth(found: Mapping[str, object], at: int) -> str | None:
    """Return one of the keys, None where there is none."""
    keys = [*found]
    return keys[at % len(keys)] if keys else None


def vars_of(options: PushOptions) -> dict[str, Any]:
    """Return the options by name."""
    return {each.name: getattr(options, each.name) for each in fields(options)}
