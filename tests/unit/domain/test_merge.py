from __future__ import annotations

from itertools import product

import pytest

from dpg_l10n.domain.catalogue import FUZZY, Entry
from dpg_l10n.domain.merge import Join, Outcome, Present, file_state, merge, said
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.states import State

KEEP, CONFLICT, WRITE = Join.KEEP, Join.CONFLICT, Join.WRITE
D, N, T, R = State.DRAFT, State.NEEDS_WORK, State.TRANSLATED, State.REVIEWED


def entry(text: Text, *flags: str, notes: str = "") -> Entry:
    return Entry("k", text, flags=frozenset(flags), notes=notes)


def join(
    present: Present | None,
    file: Entry,
    base: Entry | None = None,
    accept_as: State = T,
    *,
    marks: bool = True,
    changed: bool = False,
    was_draft: bool = False,
) -> Outcome:
    return merge(
        present, file, lambda: base, accept_as,
        marks_drafts=marks, source_changed=changed, was_draft=lambda: was_draft,
    )  # fmt: skip


@pytest.mark.parametrize("accept_as", [T, R])
def test_a_text_where_there_was_none_is_written(accept_as: State) -> None:
    assert join(None, entry("x"), None, accept_as) == Outcome(WRITE, accept_as)
    assert join(None, entry("x", FUZZY), None, accept_as) == Outcome(WRITE, N)


@pytest.mark.parametrize(
    ("case", "present", "file", "base", "outcome"),
    [
        ("news over a file's text", Present("a", T, True), "b", "a", WRITE),
        ("news over a person's text as pushed", Present("a", T, False), "b", "a", WRITE),
        ("news over a person's newer text", Present("p", T, False), "b", "a", CONFLICT),
        ("news over a person's text without a base", Present("p", R, False), "b", None, CONFLICT),
        ("nothing new beside a person's text", Present("p", T, False), "a", "a", KEEP),
        ("the same text", Present("a", T, True), "a", "a", KEEP),
        ("the same text that was reviewed", Present("a", R, True), "a", "a", KEEP),
        ("the same text that was rejected", Present("a", N, True), "a", "a", KEEP),
        ("the same text that stopped to hold after it was exported", Present("p", N, False), "p", "a", KEEP),
        ("the same text that needs work, unmarked", Present("a", N, False), "a", None, WRITE),
        ("the same text that needs work, in an empty place", Present("a", N, False), "a", "", WRITE),
        ("a person's text over a draft", Present("d", D, False), "a", None, WRITE),
    ],
)  # fmt: skip
def test_three_way_merge(
    case: str, present: Present, file: str, base: str | None, outcome: Join
) -> None:
    found = join(present, entry(file), None if base is None else entry(base))
    assert found.join is outcome, case
    assert found.state is (State.MISSING if outcome is KEEP else T)


@pytest.mark.parametrize("base", [None, "", "a", "p"])
def test_without_marks_the_same_text_says_nothing_of_one_that_needs_work(base: str | None) -> None:
    before = None if base is None else entry(base)
    assert join(Present("p", N, False), entry("p"), before, marks=False, changed=True).join is KEEP


@pytest.mark.parametrize(
    ("state", "flags", "base", "outcome"),
    [
        (N, (), (FUZZY,), Outcome(WRITE, T)),
        (T, (FUZZY,), (), Outcome(WRITE, N)),
        (R, (FUZZY,), (), Outcome(WRITE, N)),
        (N, (FUZZY,), (FUZZY,), Outcome(KEEP)),
        (T, (FUZZY,), (FUZZY,), Outcome(KEEP)),
    ],
)
def test_a_fuzzy_mark_is_news_when_the_last_push_had_it_otherwise(
    state: State, flags: tuple[str, ...], base: tuple[str, ...], outcome: Outcome
) -> None:
    assert join(Present("a", state, True), entry("a", *flags), entry("a", *base)) == outcome


def test_accepting_a_file_as_reviewed_accepts_its_translated_texts() -> None:
    assert join(Present("a", T, True), entry("a"), entry("a"), R) == Outcome(WRITE, R)


@pytest.mark.parametrize("changed", [True, False])
def test_accepting_a_file_as_reviewed_accepts_no_text_that_stopped_to_hold(changed: bool) -> None:
    assert join(Present("a", N, True), entry("a"), entry("a"), R, changed=changed) == Outcome(KEEP)


def test_an_unchanged_text_does_not_hold_for_a_changed_source() -> None:
    assert join(Present("b", N, True), entry("a"), entry("a"), changed=True) == Outcome(KEEP)


def test_a_changed_text_holds_for_a_changed_source() -> None:
    assert join(Present("a", N, True), entry("b"), entry("a"), changed=True) == Outcome(WRITE, T)


def test_an_unmarked_draft_is_a_persons_decision_where_drafts_are_marked() -> None:
    assert join(Present("d", D, False), entry("d")) == Outcome(WRITE, T)


@pytest.mark.parametrize(("flags", "marks"), [((FUZZY,), True), ((), False)])
def test_an_exported_draft_that_comes_back_stays_a_draft(
    flags: tuple[str, ...], marks: bool
) -> None:
    assert join(Present("d", D, False), entry("d", *flags), marks=marks) == Outcome(KEEP)


@pytest.mark.parametrize(("state", "by_file"), [*product([D, T, R, N], [True, False])])
def test_an_older_draft_that_comes_back_changes_nothing(state: State, by_file: bool) -> None:
    present = Present("new", state, by_file)
    assert join(present, entry("old"), marks=False, was_draft=True) == Outcome(KEEP)


_TEXTS = ("a", "b", "")
_ENTRIES = [entry(text, *flags) for text in _TEXTS for flags in ((), (FUZZY,))]
_PRESENTS = [
    None,
    *(Present(t, s, f) for t in ("a", "b") for s in (D, N, T, R) for f in (True, False)),
]


@pytest.mark.parametrize("accept_as", [T, R])
@pytest.mark.parametrize("marks", [True, False])
def test_merging_the_same_file_again_keeps_everything(accept_as: State, *, marks: bool) -> None:
    for present, file, base in product(_PRESENTS, _ENTRIES, [None, *_ENTRIES]):
        if not said(file) or (file.flags and not marks):
            continue
        outcome = join(present, file, base, accept_as, marks=marks)
        after = present
        if outcome.join is WRITE:
            after = Present(file.text, outcome.state, True)
        assert join(after, file, file, accept_as, marks=marks).join is KEEP, (present, file, base)


@pytest.mark.parametrize("marks", [True, False])
def test_no_merge_makes_a_draft(marks: bool) -> None:
    for present, file, base in product(_PRESENTS, _ENTRIES, [None, *_ENTRIES]):
        assert join(present, file, base, marks=marks).state is not D


@pytest.mark.parametrize(
    ("file", "person"),
    [
        (entry("a"), True),
        (entry(""), False),
        (entry(Plural.of(one="", other="")), False),
        (entry("a", FUZZY), True),
        (entry("a", FUZZY, notes="machine draft: argos"), False),
        (entry("a", notes="machine draft: argos"), True),
    ],
)
def test_a_marked_draft_says_nothing(file: Entry, person: bool) -> None:
    assert said(file) is person


@pytest.mark.parametrize(
    ("file", "state"),
    [
        (entry("a"), R),
        (entry("a", FUZZY), N),
        (entry(Plural.of(one="a", other="")), N),
        (entry(Plural.of(one="a", other="b")), R),
    ],
)
def test_unfinished_texts_of_a_file_need_work(file: Entry, state: State) -> None:
    assert file_state(file, R) is state


def test_a_text_of_a_former_source_gives_way_to_the_first_one_of_the_file() -> None:
    came_along = Present("p", N, by_file=False)
    assert join(came_along, entry("b"), None, changed=True) == Outcome(WRITE, T)
    assert join(came_along, entry("b", FUZZY), None, changed=True).join is CONFLICT
    assert join(came_along, entry("b"), None).join is CONFLICT
