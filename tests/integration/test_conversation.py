"""Suggestions, comments and marks around a text, and the withdrawal of a harmful one."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.query import parse
from dpg_l10n.domain.states import State
from dpg_l10n.errors import NotFoundError, StaleRevisionError, UsageError
from dpg_l10n.ports import Store
from dpg_l10n.services import conversation
from dpg_l10n.services.conversation import Subject
from dpg_l10n.services.drafting import draft
from dpg_l10n.services.reading import page
from tests.support.engines import FakeEngine
from tests.support.projects import FixedClock, Workspace, json_project, message, po_project

CLOCK = FixedClock()


@pytest.fixture
def work(store: Store) -> Workspace:
    """A pushed project with one translation."""
    made = json_project(store, {"a": "Save {n} files", "b": "Open"}, sw={"a": "Hifadhi faili {n}"})
    made.push()
    return made


def about(work: Workspace, key: str = "a", actor: str = "juma", language: str = "sw") -> Subject:
    return Subject("clinic", work.units()[key].id, language, actor)


def test_several_suggestions_stand_beside_the_current_text(work: Workspace) -> None:
    conversation.suggest(work.store, about(work), "Tunza {n}", "shorter", CLOCK)
    said = conversation.suggest(work.store, about(work, actor="asha"), "Weka {n}", "", CLOCK)
    assert [(each.text, each.actor, each.why) for each in said.suggestions] == [
        ("Tunza {n}", "juma", "shorter"), ("Weka {n}", "asha", ""),
    ]  # fmt: skip
    now = work.translation("a", "sw")
    assert now is not None
    assert (now.text, now.revision) == ("Hifadhi faili {n}", 1)


def test_the_same_text_is_suggested_once(work: Workspace) -> None:
    for actor in ("juma", "asha"):
        said = conversation.suggest(work.store, about(work, actor=actor), "Weka {n}", "", CLOCK)
    assert [each.actor for each in said.suggestions] == ["juma"]


def test_a_suggestion_that_is_written_is_off_the_list_and_the_others_stay(work: Workspace) -> None:
    for text in ("Tunza {n}", "Weka {n}"):
        conversation.suggest(work.store, about(work), text, "", CLOCK)
    work.decide("a", "sw", text="Weka {n}")
    said = conversation.talk(work.store, about(work), CLOCK)
    assert [each.text for each in said.suggestions] == ["Tunza {n}"]


def test_a_suggestion_is_turned_down_once(work: Workspace) -> None:
    (made,) = conversation.suggest(work.store, about(work), "Weka {n}", "", CLOCK).suggestions
    said = conversation.dismiss(work.store, about(work), made.id, "too short", CLOCK)
    assert said.suggestions == ()
    with pytest.raises(NotFoundError, match="suggestion"):
        conversation.dismiss(work.store, about(work), made.id, "", CLOCK)


def test_a_suggestion_of_another_unit_is_not_turned_down(work: Workspace) -> None:
    (made,) = conversation.suggest(work.store, about(work), "Weka {n}", "", CLOCK).suggestions
    with pytest.raises(NotFoundError, match="suggestion"):
        conversation.dismiss(work.store, about(work, "b"), made.id, "", CLOCK)


@pytest.mark.parametrize(
    ("text", "code"), [("", "state.empty"), (Plural.of(one="a", other="b"), "state.shape")]
)
def test_what_could_never_be_written_is_not_suggested(
    work: Workspace, text: str | Plural, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        conversation.suggest(work.store, about(work), text, "", CLOCK)
    assert caught.value.error_code == code


def test_comments_are_kept_in_their_order_with_who_and_when(work: Workspace) -> None:
    conversation.comment(work.store, about(work), "Which file?", FixedClock(10))
    conversation.comment(work.store, about(work, actor="asha"), "Any.", FixedClock(20))
    said = conversation.talk(work.store, about(work), CLOCK).comments
    assert [(each.text, each.actor, each.at) for each in said] == [
        ("Which file?", "juma", 10), ("Any.", "asha", 20),
    ]  # fmt: skip
    assert conversation.talk(work.store, about(work, language="fr"), CLOCK).comments == ()


def test_a_flag_is_found_until_a_reviewer_accepts_the_text(work: Workspace) -> None:
    conversation.mark(work.store, about(work), "flag", "sounds rude", CLOCK)
    found = page(work.store, "clinic", "sw", parse("has:flag")).units
    assert [view.unit.key for view in found] == ["a"]
    work.decide("a", "sw", State.REVIEWED)
    assert page(work.store, "clinic", "sw", parse("has:flag")).units == ()


def test_a_mark_is_taken_off_by_who_put_it(work: Workspace) -> None:
    conversation.mark(work.store, about(work), "flag", "", CLOCK)
    others = conversation.unmark(work.store, about(work, actor="asha"), "flag", CLOCK)
    assert [each.actor for each in others.marks] == ["juma"]
    assert conversation.unmark(work.store, about(work), "flag", CLOCK).marks == ()


def test_a_withdrawn_text_leaves_the_file_and_the_figures_and_stays_in_the_history(
    work: Workspace,
) -> None:
    work.decide("a", "sw", State.REVIEWED)
    after = conversation.withdraw(work.store, about(work), 2, "offends", CLOCK).view
    assert (after.state, after.revision) == (State.NEEDS_WORK, 3)
    assert b"Hifadhi" not in work.export()["i18n/sw.json"]
    assert work.counts("sw") == Counts(needs_work=1, missing=1)
    newest = work.history("a", "sw")[0]
    assert (newest.text, newest.kind, newest.why) == ("Hifadhi faili {n}", "withdraw", "offends")


def test_a_withdrawn_text_leaves_a_gettext_file_too_and_comes_back_with_no_push(
    store: Store,
) -> None:
    work = po_project(store, message("Open"), sw=[message("Open", "Fungua")])
    work.push()
    subject = Subject("clinic", work.units()["Open"].id, "sw", "juma")
    conversation.withdraw(store, subject, 1, "offends", CLOCK)
    assert b"Fungua" not in work.export()["po/sw.po"]
    work.push()
    assert work.state("Open", "sw") is State.NEEDS_WORK
    assert b"Fungua" not in work.export()["po/sw.po"]


def test_a_withdrawn_text_ships_again_once_a_person_stands_behind_it(work: Workspace) -> None:
    conversation.withdraw(work.store, about(work), 1, "by mistake", CLOCK)
    work.decide("a", "sw", State.REVIEWED, actor="asha")
    assert work.export()["i18n/sw.json"] == work.files["i18n/sw.json"]


def test_a_new_text_in_place_of_a_withdrawn_one_ships(work: Workspace) -> None:
    conversation.withdraw(work.store, about(work), 1, "offends", CLOCK)
    work.decide("a", "sw", text="Tunza {n}")
    assert b"Tunza {n}" in work.export()["i18n/sw.json"]


def test_a_withdrawn_draft_is_gone(store: Store) -> None:
    work = json_project(store, {"a": "Open"}, sw={})
    work.push()
    draft(store, "clinic", FakeEngine(), FixedClock())
    after = conversation.withdraw(store, about(work), 1, "offends", CLOCK).view
    assert after.state is State.MISSING


def test_a_text_that_changed_meanwhile_is_not_withdrawn(work: Workspace) -> None:
    work.decide("a", "sw", text="Tunza {n}")
    with pytest.raises(StaleRevisionError):
        conversation.withdraw(work.store, about(work), 1, "offends", CLOCK)
    assert work.state("a", "sw") is State.TRANSLATED


def test_where_there_is_no_text_there_is_none_to_withdraw(work: Workspace) -> None:
    with pytest.raises(UsageError) as caught:
        conversation.withdraw(work.store, about(work, "b"), 0, "", CLOCK)
    assert caught.value.error_code == "state.empty"
