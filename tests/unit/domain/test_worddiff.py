from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.worddiff import Change, word_diff

_TEXTS = st.lists(st.sampled_from(["a", "b", "c", " ", "\n"]), max_size=12).map("".join)


def side(old: str, new: str, change: Change) -> str:
    return "".join(text for kind, text in word_diff(old, new) if kind in (Change.SAME, change))


@given(_TEXTS, _TEXTS)
def test_the_pieces_give_both_texts(old: str, new: str) -> None:
    assert side(old, new, Change.REMOVED) == old
    assert side(old, new, Change.ADDED) == new


def test_marks_are_not_taken_from_their_letters() -> None:
    assert word_diff("खोलें अब", "खोलो अब") == (
        (Change.REMOVED, "खोलें"), (Change.ADDED, "खोलो"), (Change.SAME, " अब"),
    )  # fmt: skip


def test_very_long_texts_are_replaced_between_what_they_share() -> None:
    old = "same " + "x y " * 600 + "end"
    new = "same " + "v w " * 600 + "end"
    assert [change for change, _ in word_diff(old, new)] == [
        Change.SAME, Change.REMOVED, Change.ADDED, Change.SAME,
    ]  # fmt: skip


def test_plural_variants_are_compared_with_their_labels() -> None:
    old, new = Plural.of(one="a file", other="files"), Plural.of(one="one file", other="files")
    assert word_diff(old, new)[1:3] == ((Change.REMOVED, "a"), (Change.ADDED, "one"))
