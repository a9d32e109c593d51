"""Undo of a push, and the history of a unit: nothing is deleted, everything can go back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.states import State
from dpg_l10n.domain.worddiff import Change
from dpg_l10n.errors import NotFoundError, StaleRevisionError, UsageError
from dpg_l10n.ports import Store
from dpg_l10n.services.history import revert, unit_history
from dpg_l10n.services.reports import UndoReport
from dpg_l10n.services.undo import undo
from dpg_l10n.store.uow import SqlStore
from tests.support.projects import (
    Workspace,
    json_bytes,
    json_project,
    message,
    po_bytes,
    po_project,
)


def take_back(work: Workspace, push_id: int, **how: Any) -> UndoReport:
    return undo(work.store, work.spec.slug, push_id, work.clock, actor="amina", **how)


def picture(work: Workspace, *languages: str) -> dict[str, Any]:
    """Return what a store says of a project, without numbers of revisions and places of units."""
    units = {
        key: (unit.source, unit.words) for key, unit in work.units().items() if not unit.obsolete
    }
    texts = {
        language: {
            key: (t.text, t.state, t.source_text_id, t.former, t.copied)
            for key, t in work.translations(language).items()
            if key in units
        }
        for language in languages
    }
    return {"units": units, "texts": texts, "counts": [work.counts(one) for one in languages]}


def assert_counters_hold(work: Workspace, language: str) -> None:
    """Check the counters of a language against a recount."""
    number = work.catalogue_id()
    with work.store.read() as uow:
        kept = {row.language: row for row in uow.catalogues.coverage(number)}[language]
        units = [unit for unit in uow.units.load(number) if not unit.obsolete]
        present = uow.translations.load(number, language, units)
    assert kept.units.total == len(units)
    assert kept.words.total == sum(unit.words for unit in units)
    assert kept.units.missing == len(units) - len(present)
    missing = [unit.words for unit in units if unit.id not in present]
    assert kept.words.missing == sum(missing)


def _changed(store: Store) -> tuple[Workspace, dict[str, Any], int]:
    """Return a project after a push that did everything a push can do, and what was before it."""
    source = {"a": "Save", "b": "Open it", "c": "Close"}
    work = json_project(store, source, sw={"a": "Hifadhi", "b": "Fungua"})
    work.push(accept_as=State.REVIEWED)
    before = picture(work, "sw")
    work.files["i18n/en.json"] = json_bytes({"a": "Save all of it", "c": "Close", "d": "New"})
    work.files["i18n/sw.json"] = json_bytes({"a": "Hifadhi", "c": "Funga", "d": "Mpya"})
    return work, before, work.push(prune=True).id


def test_a_push_that_is_undone_leaves_everything_as_it_was(store: Store) -> None:
    work, before, push_id = _changed(store)
    assert picture(work, "sw") != before
    report = take_back(work, push_id)
    assert picture(work, "sw") == before
    assert_counters_hold(work, "sw")
    (part,) = report.catalogues
    assert (part.taken_out, part.brought_back, part.sources) == (1, 1, 1)
    assert part.languages == {"sw": 3}
    assert report.kept == ()


def test_undoing_is_new_revisions_that_say_who_when_and_why(store: Store) -> None:
    work, _, push_id = _changed(store)
    work.clock.at += 60
    take_back(work, push_id)
    newest, *older = work.history("a", "sw")
    assert (newest.actor, newest.at, newest.kind) == ("amina", work.clock.at, "undo")
    assert newest.why == f"undo of push {push_id}"
    assert [each.state for each in older] == [State.NEEDS_WORK, State.REVIEWED]
    withdrawn, pushed = work.history("c", "sw")
    assert (withdrawn.text, withdrawn.state, pushed.text) == ("", State.MISSING, "Funga")


def test_an_undone_export_has_the_bytes_from_before(store: Store) -> None:
    work, _, push_id = _changed(store)
    assert take_back(work, push_id).files == ("i18n/en.json", "i18n/sw.json")
    assert work.export()["i18n/sw.json"] == json_bytes({"a": "Hifadhi", "b": "Fungua"})


def test_pushes_that_are_undone_one_after_another_can_be_pushed_again(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.push()
    pictures, pushes, files = [picture(work, "sw")], [], []
    for source, text in (("Save it", "Ihifadhi"), ("Save all", "Hifadhi zote")):
        work.files |= {
            "i18n/en.json": json_bytes({"a": source}),
            "i18n/sw.json": json_bytes({"a": text}),
        }
        pushes.append(work.push().id)
        files.append(dict(work.files))
        pictures.append(picture(work, "sw"))
    for push_id in reversed(pushes):
        take_back(work, push_id)
    assert picture(work, "sw") == pictures[0]
    for version, seen in zip(files, pictures[1:], strict=True):
        work.files |= version
        report = work.push()
        assert picture(work, "sw") == seen
        assert report.conflicts == ()
        assert work.push().catalogues[0].unchanged == 1


def test_an_undone_push_can_be_pushed_again(store: Store) -> None:
    work, _, push_id = _changed(store)
    after = picture(work, "sw")
    take_back(work, push_id)
    work.push(prune=True)
    assert picture(work, "sw") == after
    assert_counters_hold(work, "sw")


def test_an_undone_first_push_leaves_no_unit(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    first = work.push().id
    take_back(work, first)
    assert [unit.obsolete for unit in work.units().values()] == [True]
    assert work.export() == {}
    work.push()
    assert work.counts("sw") == Counts(translated=1)


def test_a_text_that_was_taken_back_can_be_written_anew(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={})
    work.push()
    work.files["i18n/sw.json"] = json_bytes({"a": "Hifahdi"})
    take_back(work, work.push().id)
    assert work.state("a", "sw") is State.MISSING
    work.decide("a", "sw", text="Hifadhi")
    assert work.texts("sw") == {"a": "Hifadhi"}
    assert [each.revision for each in work.history("a", "sw")] == [3, 2, 1]
    assert_counters_hold(work, "sw")


def test_what_people_changed_after_the_push_stays_and_is_listed(store: Store) -> None:
    work, _, push_id = _changed(store)
    work.decide("c", "sw", text="Funga sasa")
    report = take_back(work, push_id)
    assert work.texts("sw")["c"] == "Funga sasa"
    assert work.state("c", "sw") is State.TRANSLATED
    assert [(each.key, each.text) for each in report.kept] == [("c", "Funga sasa")]


def test_a_kept_text_whose_source_goes_back_needs_work(store: Store) -> None:
    work, _, push_id = _changed(store)
    work.decide("a", "sw", text="Hifadhi yote")
    report = take_back(work, push_id)
    assert (work.texts("sw")["a"], work.state("a", "sw")) == ("Hifadhi yote", State.NEEDS_WORK)
    assert [each.key for each in report.kept] == ["a"]
    assert_counters_hold(work, "sw")


def test_a_source_that_a_later_push_changed_too_stays(store: Store) -> None:
    work, _, push_id = _changed(store)
    work.files["i18n/en.json"] = json_bytes({"a": "Save everything", "c": "Close", "d": "New"})
    work.push()
    report = take_back(work, push_id)
    assert report.catalogues[0].kept_sources == ("a",)
    assert work.units()["a"].source == "Save everything"
    assert work.state("a", "sw") is State.NEEDS_WORK
    assert report.files == ("i18n/sw.json",)
    assert_counters_hold(work, "sw")


def test_a_text_of_a_unit_that_was_pruned_later_goes_back_without_being_counted(
    store: Store,
) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi", "b": "Fungua"})
    work.push()
    work.files["i18n/sw.json"] = json_bytes({"a": "Hifadhi", "b": "Fungueni"})
    push_id = work.push().id
    work.files["i18n/en.json"] = json_bytes({"a": "Save"})
    work.push(prune=True)
    take_back(work, push_id)
    assert work.texts("sw")["b"] == "Fungua"
    assert work.counts("sw") == Counts(translated=1)


def test_undoing_twice_changes_nothing_more(store: Store) -> None:
    work, before, push_id = _changed(store)
    take_back(work, push_id)
    report = take_back(work, push_id)
    assert (report.catalogues, report.kept, report.files) == ((), (), ())
    assert picture(work, "sw") == before


def test_pushes_can_be_undone_one_after_the_other(store: Store) -> None:
    work, before, push_id = _changed(store)
    work.files["i18n/en.json"] = json_bytes({"a": "Save everything", "c": "Close"})
    last = work.push(prune=True).id
    take_back(work, last)
    take_back(work, push_id)
    assert picture(work, "sw") == before
    assert_counters_hold(work, "sw")


def test_a_dry_run_of_undo_reports_and_writes_nothing(store: Store) -> None:
    work, _, push_id = _changed(store)
    after = picture(work, "sw")
    report = take_back(work, push_id, dry_run=True)
    assert (report.id, report.dry_run, report.catalogues[0].languages) == (0, True, {"sw": 3})
    assert picture(work, "sw") == after


def test_a_minor_push_is_undone_without_asking_for_work(store: Store) -> None:
    work = json_project(store, {"a": "Save teh file"}, sw={"a": "Hifadhi faili"})
    work.push()
    before = picture(work, "sw")
    work.files["i18n/en.json"] = json_bytes({"a": "Save the file"})
    take_back(work, work.push(minor=True).id)
    assert picture(work, "sw") == before


def test_carried_texts_of_an_undone_push_return_to_their_old_source(store: Store) -> None:
    work = po_project(store, message("Save the file"), sw=[message("Save the file", "Hifadhi")])
    work.push()
    before = picture(work, "sw")
    work.files["po/app.pot"] = po_bytes(message("Save the files"))
    take_back(work, work.push(prune=True).id)
    assert picture(work, "sw") == before


def test_findings_of_texts_that_went_back_are_those_of_before(store: Store) -> None:
    work = json_project(store, {"a": "Save {n} files"}, sw={"a": "Hifadhi {n}"})
    first = work.push().findings
    work.files["i18n/sw.json"] = json_bytes({"a": "Hifadhi"})
    report = work.push()
    assert report.findings != first
    take_back(work, report.id)
    work.files["i18n/sw.json"] = json_bytes({"a": "Hifadhi {n}"})
    assert work.push(dry_run=True).findings == first


def test_only_pushes_of_the_project_can_be_undone(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    push_id = work.push().id
    with pytest.raises(NotFoundError, match=f"The last push of clinic is {push_id}"):
        take_back(work, 999)
    work.decide("a", "sw", text="Weka")
    with pytest.raises(UsageError) as refused:
        take_back(work, push_id + 1)
    assert refused.value.error_code == "undo.kind"


KEYS = st.sampled_from("abcd")
FILE = st.dictionaries(KEYS, st.sampled_from(["one two", "one two three", "four"]), min_size=1)


@given(st.lists(st.tuples(FILE, FILE, st.booleans()), min_size=2, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undoing_the_last_push_always_leads_back(
    versions: list[tuple[dict[str, str], dict[str, str], bool]],
) -> None:
    store = SqlStore("sqlite://")
    try:
        work = json_project(store, {"a": "one"}, sw={})
        before: dict[str, Any] = {}
        push_id = 0
        for source, texts, prune in [*versions, versions[0]]:
            if push_id:
                before = picture(work, "sw")
            work.files["i18n/en.json"] = json_bytes(source)
            work.files["i18n/sw.json"] = json_bytes(texts)
            push_id = work.push(prune=prune).id
        take_back(work, push_id)
        assert picture(work, "sw") == before
        assert_counters_hold(work, "sw")
    finally:
        store.close()


def test_history_shows_each_text_with_what_changed_in_words(store: Store) -> None:
    work = json_project(store, {"a": "Save now"}, sw={"a": "Hifadhi sasa"})
    work.push()
    work.decide("a", "sw", text="Hifadhi yote sasa")
    found = unit_history(store, "clinic", "app", "a", "sw")
    newest, oldest = found.steps
    assert [(p.change, p.text) for p in newest.diff] == [
        (Change.SAME, "Hifadhi "), (Change.ADDED, "yote "), (Change.SAME, "sasa"),
    ]  # fmt: skip
    assert (newest.actor, newest.kind, oldest.kind) == ("amina", "review", "push")
    assert [(p.change, p.text) for p in oldest.diff] == [(Change.ADDED, "Hifadhi sasa")]


def test_history_shows_how_the_source_changed(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={})
    work.push()
    work.files["i18n/en.json"] = json_bytes({"a": "Save it"})
    work.push(minor=True)
    changes = unit_history(store, "clinic", "app", "a", "sw").sources
    assert [(each.before, each.action.why) for each in changes] == [
        ("Save", "minor source change"), (None, ""),
    ]  # fmt: skip


def test_history_of_an_obsolete_unit_is_still_shown(store: Store) -> None:
    work = json_project(store, {"a": "Save", "b": "Open"}, sw={"b": "Fungua"})
    work.push()
    work.files["i18n/en.json"] = json_bytes({"a": "Save"})
    work.push(prune=True)
    assert len(unit_history(store, "clinic", "app", "b", "sw").steps) == 1


def test_history_of_what_is_not_there_is_refused(store: Store) -> None:
    json_project(store, {"a": "Save"}, sw={}).push()
    for catalogue, key in (("other", "a"), ("app", "z")):
        with pytest.raises(NotFoundError):
            unit_history(store, "clinic", catalogue, key, "sw")


def test_an_older_text_is_written_anew(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.push()
    work.decide("a", "sw", text="Weka")
    revert(
        store, "clinic", "app", "a", "sw", to=1, revision=2, actor="juma", clock=work.clock
    )  # fmt: skip
    newest = work.history("a", "sw")[0]
    assert (newest.text, newest.revision, newest.actor) == ("Hifadhi", 3, "juma")
    assert newest.why == "revert to revision 1"


def test_a_revert_on_an_old_revision_is_refused(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.push()
    work.decide("a", "sw", text="Weka")
    with pytest.raises(StaleRevisionError):
        revert(store, "clinic", "app", "a", "sw", to=1, revision=1, actor="juma", clock=work.clock)


def test_a_revert_to_a_revision_without_a_text_names_those_with_one(store: Store) -> None:
    work = json_project(store, {"a": "Save"}, sw={"a": "Hifadhi"})
    work.push()
    with pytest.raises(NotFoundError, match=r"Revisions with a text: 1\."):
        revert(store, "clinic", "app", "a", "sw", to=7, revision=1, actor="juma", clock=work.clock)
