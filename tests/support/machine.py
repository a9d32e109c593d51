"""A machine that lives through random histories of a project and checks its rules at every step.

One machine plays everybody: developers who change sources, translators who edit files and decide,
a program that drafts, and pushes and exports between the store and the working tree. Texts of
people say ``neno`` and are never repeated; drafts begin with ``sw``.
"""

from __future__ import annotations

import gettext
import io
import re
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from dpg_l10n.domain.catalogue import FUZZY
from dpg_l10n.domain.coverage import CountPolicy, Counts
from dpg_l10n.domain.merge import DRAFT_NOTE
from dpg_l10n.domain.message import plain
from dpg_l10n.domain.query import EVERYTHING
from dpg_l10n.domain.states import Made, State
from dpg_l10n.domain.trend import points
from dpg_l10n.errors import ConflictError, NotFoundError, StaleRevisionError, UsageError
from dpg_l10n.formats import FORMATS
from dpg_l10n.services.checker import Checker
from dpg_l10n.services.conversation import Subject, comment, mark, suggest
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.history import revert, unit_history
from dpg_l10n.services.memory.exporting import export_memory
from dpg_l10n.services.queue import Task, accept_all, queue
from dpg_l10n.services.reports import PushReport
from dpg_l10n.store import trend
from dpg_l10n.store.codes import BUCKETS
from dpg_l10n.store.uow import SqlStore, SqlUnitOfWork
from tests.support.engines import FakeEngine
from tests.support.projects import (
    Workspace,
    json_bytes,
    json_project,
    message,
    po_bytes,
    po_project,
)

SOURCES = ("Save", "Save it all", "Open {n}", "Open {n} now", "Dashboard view")
KEYS = ("k1", "k2", "k3", "k4")
RISKY = ("clinical", "legal", "safety")
FINISHED = (State.TRANSLATED, State.REVIEWED)
_key = st.integers(0, 3)
_person = st.sampled_from(["amina", "juma"])


class Rules(RuleBasedStateMachine):
    """A project with one catalogue and one language."""

    format_name: str
    work: Workspace
    source_path: str
    target_path: str

    def __init__(self) -> None:
        super().__init__()
        self.form = FORMATS[self.format_name]
        self.store = SqlStore("sqlite://")
        self.number = 0
        self.written: set[str] = set()
        self.accepted: set[str] = set()
        self.versions: list[dict[str, str]] = []
        self.evenings: dict[int, dict[str, tuple[Counts, Counts]]] = {}

    def teardown(self) -> None:
        self.store.close()

    @initialize(texts=st.lists(st.sampled_from(SOURCES), min_size=2, max_size=3, unique=True))
    def begin(self, texts: list[str]) -> None:
        keys = KEYS if self.format_name == "json" else texts
        self.source = dict(zip(keys, texts, strict=False))
        if self.format_name == "json":
            self.work = json_project(self.store, self.source, sw={})
            self.source_path, self.target_path = "i18n/en.json", "i18n/sw.json"
        else:
            self.work = po_project(self.store, *map(message, texts), sw=[])
            self.source_path, self.target_path = "po/app.pot", "po/sw.po"
        self.push_now()

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.work.clock.at += days * 86_400

    # what developers do

    def set_source(self, source: dict[str, str]) -> None:
        self.versions.append(self.source)
        self.source = source
        if self.format_name == "json":
            self.work.files[self.source_path] = json_bytes(source)
        else:
            self.work.files[self.source_path] = po_bytes(*map(message, source))

    @rule(at=_key, text=st.sampled_from(SOURCES))
    def change_source(self, at: int, text: str) -> None:
        if self.format_name == "json":
            self.set_source({**self.source, KEYS[at]: text})
        else:
            kept = [old for index, old in enumerate(self.source) if index != at]
            self.set_source({old: old for old in dict.fromkeys([*kept, text])})

    @rule(at=_key)
    def remove_source(self, at: int) -> None:
        kept = [pair for index, pair in enumerate(self.source.items()) if index != at]
        self.set_source(dict(kept))

    @precondition(lambda self: self.format_name == "json")
    @rule(at=_key)
    def rename_key_in_all_files(self, at: int) -> None:
        if KEYS[at] in self.source:
            new = f"r{len(self.versions)}"
            self.set_source({new if key == KEYS[at] else key: t for key, t in self.source.items()})
            data = self.work.files[self.target_path]
            old_key, new_key = f'"{KEYS[at]}":', f'"{new}":'
            self.work.files[self.target_path] = data.replace(old_key.encode(), new_key.encode())

    @rule(back=st.integers(1, 4))
    def undo_source(self, back: int) -> None:
        if len(self.versions) >= back:
            self.set_source(self.versions[-back])

    # what translators do

    def new_text(self, source: str, *, whole: bool) -> str:
        self.number += 1
        # letters and no digits: another number than the source's is an error in units of risk
        name = "".join(chr(ord("a") + int(digit)) for digit in str(self.number))
        return f"neno {name}" + (" {n}" if whole == ("{n}" in source) else "")

    @rule(at=_key, whole=st.booleans(), fuzzy=st.booleans())
    def edit_file(self, at: int, whole: bool, fuzzy: bool) -> None:
        key = ([*self.source] * 4)[at] if self.source else KEYS[at]
        text = self.new_text(self.source.get(key, ""), whole=whole)
        fuzzy = fuzzy and self.form.bilingual
        self.work.edit_target("sw", key, text, frozenset({FUZZY}) if fuzzy else frozenset())

    @rule(at=_key)
    def empty_in_file(self, at: int) -> None:
        if self.source:
            self.work.edit_target("sw", ([*self.source] * 4)[at], "")

    def parsed_source(self) -> Any:
        return self.form.parse(self.work.files[self.source_path])

    @rule(
        at=_key, state=st.sampled_from([State.TRANSLATED, State.REVIEWED, State.NEEDS_WORK]),
        own=st.booleans(), whole=st.booleans(), actor=_person,
    )  # fmt: skip
    def decide(self, at: int, state: State, own: bool, whole: bool, actor: str) -> None:
        key = ([*self.source] * 4)[at] if self.source else ""
        unit = self.work.units().get(key)
        if unit is None or unit.obsolete:
            return
        text = self.new_text(plain(unit.source), whole=whole) if own else None
        old = self.work.translation(key, "sw")
        said = text or (plain(old.text) if old else "")
        try:
            self.work.decide(key, "sw", state, text=text, actor=actor)
        except (ConflictError, UsageError):
            assert self.work.translation(key, "sw") == old
            return
        assert said
        if text is not None:
            self.written.add(text)
        if state in FINISHED:
            self.accepted.add(said)
        if state is State.REVIEWED and unit.risk in RISKY:
            people = {step.actor for step in self.work.history(key, "sw") if step.text == said}
            assert len(people) > 1

    @rule(at=_key)
    def decide_on_an_older_revision(self, at: int) -> None:
        found = self.work.translations("sw")
        keys = [key for key in found if not self.work.units()[key].obsolete]
        if keys:
            key = (keys * 4)[at]
            text = self.new_text(plain(self.work.units()[key].source), whole=True)
            with pytest.raises(StaleRevisionError):
                self.work.decide(key, "sw", text=text, revision=found[key].revision - 1)
            assert self.work.translation(key, "sw") == found[key]
            assert text in [each.text for each in self.work.suggestions(key, "sw")]
            self.written.add(text)

    @rule(at=_key, risk=st.sampled_from(RISKY))
    def mark_as_risk(self, at: int, risk: str) -> None:
        keys = [*self.work.units()]
        self.work.set_risk((keys * 4)[at], risk)

    # what programs do

    def push_now(self, **options: Any) -> PushReport:
        report = self.work.push(**options)
        assert not report.refused
        units = self.work.units()
        parsed = self.form.parse(self.work.files[self.target_path], source=self.parsed_source())
        for entry in parsed.entries:
            text = plain(entry.text)
            if text.startswith("neno") and entry.key in units and not units[entry.key].obsolete:
                self.written.add(text)
        return report

    @rule(prune=st.booleans(), accept=st.sampled_from(FINISHED))
    def push(self, prune: bool, accept: State) -> None:
        before = {key for key, unit in self.work.units().items() if not unit.obsolete}
        reviewed = self.reviewed_of_risk()
        self.push_now(prune=prune, accept_as=accept)
        units = self.work.units()
        after = {key for key, unit in units.items() if not unit.obsolete}
        assert prune or before <= after
        assert self.reviewed_of_risk() <= reviewed | self.accepted
        found = self.work.translations("sw")
        suggested = [self.work.suggestions(key, "sw") for key in units]
        again = self.push_now(prune=prune, accept_as=accept)
        (part,) = again.catalogues
        assert part.languages["sw"].written == 0
        assert self.work.translations("sw") == found
        assert [self.work.suggestions(key, "sw") for key in units] == suggested

    def reviewed_of_risk(self) -> set[str]:
        units = self.work.units()
        found = self.work.translations("sw").items()
        return {
            plain(each.text)
            for key, each in found
            if each.state is State.REVIEWED and units[key].risk in RISKY
        }

    @rule(prune=st.booleans())
    def push_dry(self, prune: bool) -> None:
        before = (self.work.units(), self.work.translations("sw"))
        self.work.push(dry_run=True, prune=prune)
        assert (self.work.units(), self.work.translations("sw")) == before

    @rule()
    def draft(self) -> None:
        before = self.work.translations("sw")
        draft(self.store, "clinic", FakeEngine(), self.work.clock, DraftOptions(("sw",)))
        units = self.work.units()
        for key, each in self.work.translations("sw").items():
            if each != before.get(key):
                origin = self.work.history(key, "sw")[0].origin
                assert each.state is State.DRAFT
                assert key not in before or before[key].state is State.DRAFT
                assert origin.made is not Made.MACHINE or units[key].risk not in RISKY

    @rule(actor=_person)
    def accept_everything_at_once(self, actor: str) -> None:
        before = self.work.translations("sw")
        accept_all(self.store, "clinic", "sw", EVERYTHING, actor, self.work.clock)
        units = self.work.units()
        for key, each in self.work.translations("sw").items():
            if each != before.get(key):
                assert before[key].state is State.TRANSLATED
                assert each.state is State.REVIEWED
                assert units[key].risk not in RISKY
                self.accepted.add(plain(each.text))

    @rule(at=_key, actor=_person)
    def look_and_talk(self, at: int, actor: str) -> None:
        before = self.work.translations("sw")
        seen = queue(self.store, "clinic", "sw", actor, self.work.clock, task=Task.REVIEW)
        for view in seen[:1]:
            subject = Subject("clinic", view.unit.id, "sw", actor)
            suggest(self.store, subject, self.new_text("", whole=True), "", self.work.clock)
            comment(self.store, subject, "why?", self.work.clock)
            mark(self.store, subject, "flag", "", self.work.clock)
        keys = [*self.work.units()]
        unit_history(self.store, "clinic", "app", (keys * 4)[at], "sw") if keys else None
        assert self.work.translations("sw") == before

    @rule(at=_key)
    def bring_an_older_text_back(self, at: int) -> None:
        found = self.work.translations("sw")
        keys = [key for key in found if not self.work.units()[key].obsolete]
        if not keys:
            return
        key = (keys * 4)[at]
        oldest = self.work.history(key, "sw")[-1]
        try:
            revert(
                self.store, "clinic", "app", key, "sw", to=oldest.revision,
                revision=found[key].revision, actor="amina", clock=self.work.clock,
            )  # fmt: skip
        except (ConflictError, UsageError, NotFoundError):
            assert self.work.translation(key, "sw") == found[key]
            return
        now = self.work.translation(key, "sw")
        assert now is not None
        if now.revision == found[key].revision:
            return
        assert now.state is State.TRANSLATED  # a person's decision, whoever wrote it first
        self.accepted.add(plain(now.text))

    @rule(include_drafts=st.booleans())
    def no_other_export_has_an_unmarked_draft(self, include_drafts: bool) -> None:
        said: list[str] = []
        for data in self.work.export(format="po", include_drafts=include_drafts).values():
            for entry in FORMATS["po"].parse(data).entries:
                assert FUZZY in entry.flags or not self.is_mere_draft(plain(entry.text))
        for data in self.work.export(format="mo", include_drafts=include_drafts).values():
            compiled = gettext.GNUTranslations(io.BytesIO(data))
            said += [compiled.gettext(text) for text in self.source.values()]
        tmx: list[bytes] = []
        export_memory(self.store, tmx.append, project="clinic")
        said += re.findall(r"<seg>([^<]*)</seg>", b"".join(tmx).decode())
        assert not [text for text in said if self.is_mere_draft(text)]

    def is_mere_draft(self, text: str) -> bool:
        return text.startswith("sw ") and text not in self.accepted

    @rule(include_drafts=st.booleans())
    def take_export_into_the_tree(self, include_drafts: bool) -> None:
        self.work.files.update(self.work.export(include_drafts=include_drafts))

    # what always holds

    @invariant()
    def counters_equal_a_recount(self) -> None:
        number = self.work.catalogue_id()
        active = [unit for unit in self.work.units().values() if not unit.obsolete]
        with self.store.read() as uow:
            (row,) = uow.catalogues.coverage(number)
            counted = uow.translations.recount(number, uow.projects.locale_id("sw"))
        assert row.units.total == len(active)
        assert row.words.total == sum(unit.words for unit in active)
        for code, bucket in BUCKETS.items():
            found = (getattr(row.units, bucket.value), getattr(row.words, bucket.value))
            assert counted.get(code, (0, 0)) == found
        assert row.units.missing >= 0
        assert row.words.missing >= 0
        assert row.units.covered(CountPolicy.TRANSLATED) <= len(active) - row.units.draft

    @invariant()
    def the_trend_says_what_every_evening_said(self) -> None:
        number = self.work.catalogue_id()
        with self.store.read() as uow:
            rows = {row.language: row for row in uow.catalogues.coverage(number)}
            changes = uow.past.coverage_days([number])
        sums = {row.language: (row.units, row.words) for row in rows.values()}
        self.evenings[self.work.clock.at // 86_400] = sums
        days = sorted(self.evenings)
        for day, point in zip(days, points(changes, days), strict=True):
            for tag, counted in self.evenings[day].items():
                row = point.get(tag)
                if row is not None or any(each.total - each.missing for each in counted):
                    assert row is not None
                    assert (row.units, row.words) == counted

    @invariant()
    def the_days_equal_a_recount_of_the_history(self) -> None:
        number = self.work.catalogue_id()
        with self.store.read() as uow:
            assert isinstance(uow, SqlUnitOfWork)
            assert trend.kept(uow.statements, number) == trend.recounted(uow.statements, number)

    @invariant()
    def no_draft_became_a_translation_by_itself(self) -> None:
        for each in self.work.translations("sw").values():
            text = plain(each.text)
            assert each.state is State.DRAFT or not text.startswith("sw ") or text in self.accepted

    @invariant()
    def no_draft_leaves_unmarked(self) -> None:
        data = self.work.export()[self.target_path]
        units = [key for key, unit in self.work.units().items() if not unit.obsolete]
        for entry in self.form.parse(data, source=self.parsed_source()).entries:
            text = plain(entry.text)
            if text.startswith("sw ") and text not in self.accepted and entry.key in units:
                assert self.form.bilingual
                assert FUZZY in entry.flags
                assert DRAFT_NOTE in entry.notes

    @invariant()
    def nothing_that_a_person_wrote_is_lost(self) -> None:
        kept: set[object] = set()
        for key in self.work.units():
            kept.update(step.text for step in self.work.history(key, "sw"))
            kept.update(each.text for each in self.work.suggestions(key, "sw"))
        assert self.written <= kept

    @invariant()
    def no_current_reviewed_text_has_an_error(self) -> None:
        units = self.work.units()
        checker = Checker(self.format_name, "en")
        for key, each in self.work.translations("sw").items():
            if each.state is State.REVIEWED:
                found = checker.findings(units[key], each.text, "sw")
                assert not [finding for finding in found if finding.severity == "error"]
