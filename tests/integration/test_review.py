"""What a review promises: the revision that was seen, no errors accepted, two people for risk."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.query import parse
from dpg_l10n.domain.states import State
from dpg_l10n.errors import ConflictError, NotFoundError, StaleRevisionError, UsageError
from dpg_l10n.ports import Store
from dpg_l10n.services.drafting import draft
from dpg_l10n.services.reading import page
from tests.support.engines import FakeEngine
from tests.support.projects import (
    FixedClock,
    Workspace,
    json_bytes,
    json_project,
    message,
    po_project,
)

RISKS = ["clinical", "legal", "safety"]


@pytest.fixture
def work(store: Store) -> Workspace:
    """A pushed project with one translation."""
    made = json_project(store, {"a": "Save {n} files", "b": "Open"}, sw={"a": "Hifadhi faili {n}"})
    made.push()
    return made


def test_an_accepted_text_is_reviewed(work: Workspace) -> None:
    seen = work.decide("a", "sw", State.REVIEWED)
    assert (seen.state, seen.text, seen.revision) == (State.REVIEWED, "Hifadhi faili {n}", 2)
    assert work.counts("sw") == Counts(reviewed=1, missing=1)


def test_the_history_says_who_did_what_and_when(work: Workspace) -> None:
    work.clock.at += 60
    work.decide("a", "sw", text="Hifadhi mafaili {n}", actor="juma")
    new, old = work.history("a", "sw")
    assert (new.actor, new.kind, new.at - old.at, new.origin.made) == (
        "juma",
        "review",
        60,
        "person",
    )
    assert (old.actor, old.kind, old.text) == ("maintainer", "push", "Hifadhi faili {n}")


def test_a_new_text_for_a_missing_unit_is_translated(work: Workspace) -> None:
    assert work.decide("b", "sw", text="Fungua").state is State.TRANSLATED
    assert work.export()["i18n/sw.json"] == json_bytes({"a": "Hifadhi faili {n}", "b": "Fungua"})


def test_a_stale_decision_is_refused_and_its_text_kept(work: Workspace) -> None:
    work.decide("a", "sw", text="Hifadhi mafaili {n}")
    with pytest.raises(StaleRevisionError) as caught:
        work.decide("a", "sw", text="Tunza faili {n}", revision=1)
    assert caught.value.params == {"expected": 1, "current": 2}
    assert work.texts("sw")["a"] == "Hifadhi mafaili {n}"
    assert [each.text for each in work.suggestions("a", "sw")] == ["Tunza faili {n}"]


def test_a_decision_on_a_text_that_was_missing_when_seen_is_stale_once_it_is_there(
    work: Workspace,
) -> None:
    work.decide("b", "sw", text="Fungua", revision=0)
    with pytest.raises(StaleRevisionError):
        work.decide("b", "sw", text="Funguka", revision=0)
    assert work.texts("sw")["b"] == "Fungua"


def test_a_stale_decision_without_a_text_leaves_nothing(work: Workspace) -> None:
    work.decide("a", "sw", text="Hifadhi mafaili {n}")
    with pytest.raises(StaleRevisionError):
        work.decide("a", "sw", State.REVIEWED, revision=1)
    assert work.suggestions("a", "sw") == ()
    assert work.state("a", "sw") is State.TRANSLATED


def test_a_text_with_an_error_cannot_be_reviewed(work: Workspace) -> None:
    work.decide("a", "sw", text="Hifadhi faili")
    with pytest.raises(ConflictError) as caught:
        work.decide("a", "sw", State.REVIEWED)
    assert caught.value.error_code == "state.errors"
    assert work.state("a", "sw") is State.TRANSLATED


def test_a_push_as_reviewed_leaves_texts_with_errors_translated(store: Store) -> None:
    work = json_project(store, {"a": "Save {n}", "b": "Open"}, sw={"a": "Hifadhi", "b": "Fungua"})
    work.push(accept_as=State.REVIEWED)
    assert work.counts("sw") == Counts(reviewed=1, translated=1)
    again = work.push(accept_as=State.REVIEWED)
    assert again.catalogues[0].languages["sw"].written == 0


def test_a_push_as_reviewed_accepts_what_was_pushed_as_translated(work: Workspace) -> None:
    work.push(accept_as=State.REVIEWED)
    assert work.counts("sw") == Counts(reviewed=1, missing=1)


def test_a_push_as_reviewed_does_not_accept_texts_whose_source_changed(work: Workspace) -> None:
    work.files["i18n/en.json"] = json_bytes({"a": "Save all {n} files", "b": "Open"})
    work.push(accept_as=State.REVIEWED)
    assert work.state("a", "sw") is State.NEEDS_WORK
    work.push(accept_as=State.REVIEWED)
    assert work.state("a", "sw") is State.NEEDS_WORK


def test_a_push_as_reviewed_does_not_undo_a_rejection(work: Workspace) -> None:
    work.decide("a", "sw", State.NEEDS_WORK)
    work.push(accept_as=State.REVIEWED)
    assert work.state("a", "sw") is State.NEEDS_WORK


@pytest.mark.parametrize("risk", RISKS)
def test_a_push_as_reviewed_accepts_no_unit_of_risk(work: Workspace, risk: str) -> None:
    work.set_risk("a", risk)
    work.push(accept_as=State.REVIEWED)
    assert work.state("a", "sw") is State.TRANSLATED


@pytest.mark.parametrize("risk", RISKS)
def test_a_text_of_risk_needs_another_person_than_its_writer(work: Workspace, risk: str) -> None:
    work.set_risk("a", risk)
    work.decide("a", "sw", text="Hifadhi mafaili {n}", actor="amina")
    with pytest.raises(ConflictError) as caught:
        work.decide("a", "sw", State.REVIEWED, actor="amina")
    assert caught.value.error_code == "state.two_people"
    assert work.decide("a", "sw", State.REVIEWED, actor="juma").state is State.REVIEWED


def test_a_text_of_risk_is_not_written_and_accepted_in_one_step(work: Workspace) -> None:
    for key in ("a", "b"):
        work.set_risk(key, "clinical")
    for key, text in (("a", "Tunza faili {n}"), ("b", "Fungua")):
        with pytest.raises(ConflictError):
            work.decide(key, "sw", State.REVIEWED, text=text, actor="juma")


def test_a_rejection_in_between_does_not_let_the_writer_accept(work: Workspace) -> None:
    work.set_risk("a", "clinical")
    work.decide("a", "sw", text="Hifadhi mafaili {n}", actor="amina")
    work.decide("a", "sw", State.NEEDS_WORK, actor="juma")
    with pytest.raises(ConflictError):
        work.decide("a", "sw", State.REVIEWED, actor="amina")


def test_an_undone_source_change_in_between_does_not_let_the_writer_accept(work: Workspace) -> None:
    work.set_risk("a", "clinical")
    work.decide("a", "sw", text="Hifadhi mafaili {n}", actor="amina")
    before = work.files["i18n/en.json"]
    for source in (json_bytes({"a": "Save all {n} files", "b": "Open"}), before):
        work.files["i18n/en.json"] = source
        work.push()
    with pytest.raises(ConflictError):
        work.decide("a", "sw", State.REVIEWED, actor="amina")


def test_a_draft_of_risk_from_memory_needs_two_people_after_all(store: Store) -> None:
    work = json_project(
        store, {"a": "Take one pill", "b": "Take one pill"}, sw={"a": "Meza kidonge"}
    )
    work.push()
    work.set_risk("b", "clinical")
    draft(store, "clinic", None, FixedClock())
    with pytest.raises(ConflictError):
        work.decide("b", "sw", State.REVIEWED, actor="juma")
    work.decide("b", "sw", State.TRANSLATED, actor="juma")
    with pytest.raises(ConflictError):
        work.decide("b", "sw", State.REVIEWED, actor="juma")
    assert work.decide("b", "sw", State.REVIEWED, actor="amina").state is State.REVIEWED


def test_a_text_of_normal_risk_may_be_accepted_by_its_writer(work: Workspace) -> None:
    assert work.decide("b", "sw", State.REVIEWED, text="Fungua").state is State.REVIEWED


def test_a_rejected_text_needs_work_and_stays(work: Workspace) -> None:
    work.decide("a", "sw", State.NEEDS_WORK)
    assert work.texts("sw")["a"] == "Hifadhi faili {n}"
    assert work.counts("sw") == Counts(needs_work=1, missing=1)


def test_a_rejected_text_keeps_the_source_that_it_was_made_for(work: Workspace) -> None:
    made_for = work.units()["a"].text_id
    work.files["i18n/en.json"] = json_bytes({"a": "Save all {n} files", "b": "Open"})
    work.push()
    work.decide("a", "sw", State.NEEDS_WORK)
    found = work.translation("a", "sw")
    assert found is not None
    assert found.source_text_id == made_for


def test_a_push_of_the_same_file_does_not_undo_a_rejection(work: Workspace) -> None:
    work.decide("a", "sw", State.NEEDS_WORK)
    work.files["i18n/en.json"] = json_bytes({"a": "Save {n} files", "b": "Open", "c": "Close"})
    work.push()
    assert work.state("a", "sw") is State.NEEDS_WORK


def test_a_file_that_was_changed_meanwhile_does_not_overwrite_a_decision(work: Workspace) -> None:
    work.decide("a", "sw", text="Tunza faili {n}")
    work.files["i18n/sw.json"] = json_bytes({"a": "Weka faili {n}"})
    assert work.push().catalogues[0].languages["sw"].conflicts == 1
    assert work.texts("sw")["a"] == "Tunza faili {n}"
    assert [each.text for each in work.suggestions("a", "sw")] == ["Weka faili {n}"]


def test_a_file_without_news_does_not_overwrite_a_decision(work: Workspace) -> None:
    work.decide("a", "sw", text="Tunza faili {n}")
    work.files["i18n/sw.json"] = json_bytes({"a": "Hifadhi faili {n}", "b": "Fungua"})
    assert work.push().catalogues[0].languages["sw"].conflicts == 0
    assert work.texts("sw") == {"a": "Tunza faili {n}", "b": "Fungua"}


def test_a_copy_counts_once_a_reviewer_said_that_it_is_right(store: Store) -> None:
    work = json_project(store, {"a": "Dashboard"}, sw={"a": "Dashboard"})
    work.push()
    assert work.counts("sw") == Counts(copied=1)
    work.decide("a", "sw", State.REVIEWED)
    assert work.counts("sw") == Counts(reviewed=1)


def test_findings_follow_the_text(work: Workspace) -> None:
    work.decide("a", "sw", text="Hifadhi faili")
    assert work.push().findings["error"] == 1
    work.decide("a", "sw", text="Hifadhi faili {n}")
    assert work.push().findings["error"] == 0


def test_findings_of_units_that_were_taken_out_do_not_count(store: Store) -> None:
    work = json_project(store, {"a": "Save {n}", "b": "Open"}, sw={"a": "Hifadhi"})
    assert work.push().findings["error"] == 1
    work.files["i18n/en.json"] = json_bytes({"b": "Open"})
    assert work.push(prune=True).findings["error"] == 0


@pytest.mark.parametrize("text", [None, ""])
def test_there_is_nothing_to_decide_on_without_a_text(work: Workspace, text: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        work.decide("b", "sw", text=text)
    assert caught.value.error_code == "state.empty"


def test_variants_are_no_answer_to_a_source_without_variants(work: Workspace) -> None:
    with pytest.raises(UsageError):
        work.decide("b", "sw", text=Plural.of(one="Fungua", other="Fungueni"))
    assert work.state("b", "sw") is State.MISSING


def test_a_rejected_draft_is_missing_again_and_stays_in_the_history(store: Store) -> None:
    work = json_project(store, {"a": "Open"}, sw={})
    work.push()
    draft(store, "clinic", FakeEngine(), FixedClock())
    after = work.decide("a", "sw", State.NEEDS_WORK)
    assert (after.state, after.text) == (State.MISSING, None)
    assert work.counts("sw").missing == 1
    rejected, made = work.history("a", "sw")
    assert (rejected.state, made.state) == (State.MISSING, State.DRAFT)
    assert made.text


@pytest.mark.parametrize(("catalogue", "key"), [("other", "a"), ("app", "other")])
def test_an_unknown_catalogue_or_key_is_named(work: Workspace, catalogue: str, key: str) -> None:
    with pytest.raises(NotFoundError, match="other"):
        work.decide(key, "sw", revision=0, catalogue=catalogue)


def test_units_are_listed_in_source_order_with_their_findings(work: Workspace) -> None:
    work.decide("a", "sw", text="Hifadhi faili")
    first, second = page(work.store, "clinic", "sw").units
    assert first.origin is not None
    assert (first.unit.key, first.state, first.origin.made) == ("a", State.TRANSLATED, "person")
    assert [found.severity for found in first.findings] == ["error"]
    seen = (second.unit.key, second.text, second.state, second.revision)
    assert seen == ("b", None, State.MISSING, 0)


def test_units_are_listed_by_state_up_to_a_limit(work: Workspace) -> None:
    missing = page(work.store, "clinic", "sw", parse("state:missing"))
    assert [each.unit.key for each in missing.units] == ["b"]
    assert missing.next is None
    first = page(work.store, "clinic", "sw", limit=1)
    assert [each.unit.key for each in first.units] == ["a"]
    assert first.next is not None


def test_a_fuzzy_mark_taken_away_in_the_file_finishes_the_text(store: Store) -> None:
    work = po_project(store, message("Open"), sw=[message("Open", "Fungua", "#, fuzzy")])
    work.push()
    assert work.state("Open", "sw") is State.NEEDS_WORK
    work.files["po/sw.po"] = work.files["po/sw.po"].replace(b"#, fuzzy\n", b"")
    work.push()
    assert work.state("Open", "sw") is State.TRANSLATED
