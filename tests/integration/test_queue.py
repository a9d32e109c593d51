"""What a person works on next, batches made offline, and bulk accepts."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.query import EVERYTHING, parse
from dpg_l10n.domain.states import State
from dpg_l10n.ports import Store
from dpg_l10n.services import conversation
from dpg_l10n.services.conversation import Subject
from dpg_l10n.services.drafting import draft
from dpg_l10n.services.queue import Item, Task, accept_all, decide_batch, queue
from dpg_l10n.services.reviewing import Decision
from dpg_l10n.services.undo import undo
from tests.support.engines import FakeEngine
from tests.support.projects import FixedClock, Workspace, json_project

CLOCK = FixedClock()


@pytest.fixture
def work(store: Store) -> Workspace:
    """Five units: ``d`` is a draft, ``e`` is missing, the others are translated."""
    source = {key: f"Text {key}" for key in "abcde"}
    made = json_project(store, source, sw={key: f"Neno {key}" for key in "abc"})
    made.push()
    draft(store, "clinic", FakeEngine(), CLOCK)
    view = made.translation("e", "sw")
    assert view is not None
    made.decide("e", "sw", State.NEEDS_WORK)
    return made


def keys(
    work: Workspace, actor: str = "juma", task: Task = Task.REVIEW, at: int = CLOCK.at, **more: int
) -> list[str]:
    views = queue(work.store, "clinic", "sw", actor, FixedClock(at), task=task, **more)
    return [view.unit.key for view in views]


def subject(work: Workspace, key: str, actor: str = "juma") -> Subject:
    return Subject("clinic", work.units()[key].id, "sw", actor)


def test_a_review_has_what_others_wrote_and_drafts(work: Workspace) -> None:
    assert keys(work) == ["a", "b", "c", "d"]


def test_a_translation_has_what_is_missing_and_drafts(work: Workspace) -> None:
    assert keys(work, task=Task.TRANSLATE) == ["e", "d"]


def test_two_people_never_get_the_same_text(work: Workspace) -> None:
    assert keys(work, "juma", limit=2) == ["a", "b"]
    assert keys(work, "asha", limit=2) == ["c", "d"]
    assert keys(work, "juma", limit=2) == ["a", "b"]


def test_a_lease_ends(work: Workspace) -> None:
    assert keys(work, "juma", lease_s=60) == ["a", "b", "c", "d"]
    assert keys(work, "asha", at=CLOCK.at + 59) == []
    assert keys(work, "asha", at=CLOCK.at + 60) == ["a", "b", "c", "d"]


def test_a_queue_that_only_looks_keeps_nothing(work: Workspace) -> None:
    assert keys(work, "juma", lease_s=0) == keys(work, "asha", lease_s=0)


def test_a_decision_gives_its_text_back_to_the_others(work: Workspace) -> None:
    keys(work, "juma")
    work.decide("a", "sw", text="Neno jipya", actor="juma")
    assert keys(work, "asha") == ["a"]


def test_what_a_person_translated_is_for_others_to_review(work: Workspace) -> None:
    work.decide("a", "sw", text="Neno jipya", actor="juma")
    assert "a" not in keys(work, "juma", lease_s=0)
    assert "a" in keys(work, "asha", lease_s=0)


def test_what_a_person_skipped_is_for_others(work: Workspace) -> None:
    keys(work, "juma")
    conversation.mark(work.store, subject(work, "b"), "skip", "", CLOCK)
    assert keys(work, "juma") == ["a", "c", "d"]
    assert keys(work, "asha") == ["b"]


def test_units_of_risk_come_first_then_what_waits_longest(work: Workspace) -> None:
    work.set_risk("c", "clinical")
    work.clock.at += 100
    work.decide("a", "sw", text="Neno jipya", actor="asha")
    assert keys(work) == ["c", "b", "d", "a"]


def item(work: Workspace, key: str, revision: int, text: str, language: str = "sw") -> Item:
    decision = Decision(State.TRANSLATED, revision, "juma", text)
    return Item(work.units()[key].id, language, decision)


def test_each_decision_of_a_batch_stands_for_itself(work: Workspace) -> None:
    gone = Item(10_000, "sw", Decision(State.TRANSLATED, 0, "juma", "x"))
    items = [item(work, "a", 1, "Mpya a"), item(work, "b", 7, "Mpya b"), gone]
    done, stale, unknown = decide_batch(work.store, "clinic", items, CLOCK)
    assert (done.error, done.view and done.view.text) == (None, "Mpya a")
    assert stale.error is not None
    assert (stale.error.error_code, stale.view and stale.view.text) == ("conflict.stale", "Neno b")
    assert [each.text for each in work.suggestions("b", "sw")] == ["Mpya b"]
    assert unknown.error is not None
    assert (unknown.error.error_code, unknown.view) == ("not_found", None)


def test_a_batch_sent_twice_is_written_once(work: Workspace) -> None:
    items = [item(work, "a", 1, "Mpya a")]
    decide_batch(work.store, "clinic", items, CLOCK)
    (again,) = decide_batch(work.store, "clinic", items, CLOCK)
    assert again.error is None
    assert len(work.history("a", "sw")) == 2
    assert work.suggestions("a", "sw") == ()


def test_a_bulk_accept_takes_only_what_nothing_speaks_against(work: Workspace) -> None:
    work.set_risk("a", "safety")
    work.decide("b", "sw", text="Neno", actor="juma")
    report = accept_all(work.store, "clinic", "sw", EVERYTHING, "juma", CLOCK)
    assert report.accepted == 1
    assert report.skipped == {"draft": 1, "own": 1, "risk": 1, "state": 1}
    states = [work.state(key, "sw") for key in "abcde"]
    assert states == [
        State.TRANSLATED, State.TRANSLATED, State.REVIEWED, State.DRAFT, State.MISSING,
    ]  # fmt: skip


def test_a_bulk_accept_leaves_texts_with_findings(store: Store) -> None:
    work = json_project(store, {"a": "Save {n}"}, sw={"a": "Hifadhi"})
    work.push()
    report = accept_all(store, "clinic", "sw", EVERYTHING, "juma", CLOCK)
    assert (report.accepted, report.skipped, report.id) == (0, {"finding": 1}, 0)


def test_a_bulk_accept_keeps_to_its_query(work: Workspace) -> None:
    report = accept_all(work.store, "clinic", "sw", parse("key:b"), "juma", CLOCK)
    assert report.accepted == 1
    assert work.state("b", "sw") is State.REVIEWED


def test_a_bulk_accept_is_undone_by_its_number(work: Workspace) -> None:
    before = work.counts("sw")
    report = accept_all(work.store, "clinic", "sw", EVERYTHING, "juma", CLOCK)
    assert work.counts("sw").reviewed == report.accepted == 3
    work.decide("c", "sw", text="Neno bora", actor="asha")
    undo(work.store, "clinic", report.id, CLOCK, actor="juma")
    assert work.counts("sw") == before
    assert work.translations("sw")["c"].text == "Neno bora"
