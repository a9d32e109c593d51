from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.similarity import GramIndex, WordIndex, dice, ends, grams

_WORDS = st.lists(st.sampled_from(["save", "open", "the", "file", "folder"]), max_size=5).map(
    " ".join
)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_between_nothing_and_one(one: str, two: str) -> None:
    score = dice(grams(one), grams(two))
    assert score == dice(grams(two), grams(one))
    assert 0.0 <= score <= 1.0


@given(st.text(max_size=30))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert dice(grams(text), grams(text)) == 1.0


def test_case_does_not_matter() -> None:
    assert dice(grams("SAVE"), grams("save")) == 1.0


@given(st.lists(_WORDS, max_size=10), _WORDS)
def test_the_nearest_are_those_that_comparing_all_pairs_finds(texts: list[str], text: str) -> None:
    scores = [(dice(grams(text), grams(other)), index) for index, other in enumerate(texts)]
    best = sorted((pair for pair in scores if pair[0] >= 0.6), key=lambda p: (-p[0], p[1]))
    assert GramIndex(texts).nearest(text, most=20) == best


def test_no_more_are_found_than_asked_for() -> None:
    assert len(GramIndex(["save"] * 9).nearest("save", most=2)) == 2


def test_a_rare_word_is_found_among_many_texts_that_share_the_rest() -> None:
    texts = [f"the file number {index}" for index in range(1000)] + ["the file of zebras"]
    assert GramIndex(texts).nearest("the file of zebra", most=1)[0][1] == 1000


def test_nothing_is_found_among_nothing() -> None:
    assert GramIndex([]).nearest("save") == []


def test_named_placeholders_count_as_one_character() -> None:
    for text in ("Hi {name}", "Hi {{fullName}}", "Hi %(who)s", "Hi %{user}", "Hi ${user}"):
        assert dice(grams(text), grams("Hi \ufffc")) == 1.0


def test_an_index_of_words_finds_the_likest_that_share_one() -> None:
    texts = ["open the file", "close the file", "save"]
    index = WordIndex(texts, ["open a file", "nothing like it"])
    assert [at for _, at in index.nearest("open a file", at_least=0.1)] == [0, 1]
    assert index.nearest("nothing like it") == []


def test_an_index_of_words_finds_a_rare_word_among_many_texts() -> None:
    texts = [f"the file number {index}" for index in range(1000)] + ["the file of zebras"]
    index = WordIndex(texts, ["the file with zebras"])
    assert index.nearest("the file with zebras", most=1)[0][1] == 1000


@given(st.lists(_WORDS, max_size=10), _WORDS)
def test_what_an_index_of_words_finds_is_as_alike_as_it_says(texts: list[str], text: str) -> None:
    for score, at in WordIndex(texts, [text]).nearest(text, at_least=0.5):
        assert score == dice(grams(text), grams(texts[at])) >= 0.5


def test_an_edited_text_is_found_where_few_words_make_all_texts() -> None:
    rng = random.Random(3)  # noqa: S311 - the same texts each time
    words = [
        "patient",
        "record",
        "village",
        "health",
        "worker",
        "visit",
        "date",
        "vaccine",
        "register",
        "save",
        "search",
    ]
    words += [
        "delete",
        "edit",
        "form",
        "question",
        "answer",
        "upload",
        "photo",
        "district",
        "report",
    ]
    texts = list(
        dict.fromkeys(" ".join(rng.choices(words, k=rng.choice((5, 6, 8)))) for _ in range(8000))
    )
    index = GramIndex(texts)
    found = 0
    for at, text in enumerate(texts[:200]):
        edited = text.split()
        edited[at % len(edited)] = "zebra"
        near = index.nearest(" ".join(edited), most=1)
        found += bool(near) and near[0][1] == at
    assert found >= 190  # by trigrams alone 180: those of the frequent words fill the budget


def test_once_enough_is_found_no_further_texts_are_compared() -> None:
    texts = ["open the file", *(f"open the file {at}" for at in range(40)), "nothing like it"]
    index = GramIndex(texts)
    assert index.nearest("open the file", enough=0.82)[0] == (1.0, 0)
    few = index.nearest("open the filing cabinet", at_least=0.1, most=40, enough=0.1)
    assert 0 < len(few) < len(index.nearest("open the filing cabinet", at_least=0.1, most=40))
    assert index.nearest("unlike", enough=0.82, at_least=0.9) == []


def test_a_text_that_was_changed_in_one_place_is_found_among_any_number_of_like_ones() -> None:
    texts = [
        f"show the {at} of the last visit to the {at} clinic of the town" for at in range(5000)
    ]
    edited = texts[4321].replace("last visit", "visit before")
    assert GramIndex(texts).nearest(edited, enough=0.75)[0][1] == 4321


@pytest.mark.parametrize(
    ("one", "two", "share"),
    [
        ("Save", "save", 1.0),
        ("", "", 0.0),
        ("abcd", "abXd", 0.75),
        ("abab", "ab", 0.5),
        ("Save {name}", "Save {title}", 1.0),
        ("abc", "xyz", 0.0),
    ],
)
def test_the_same_beginning_and_end_are_a_share_of_the_longer_text(
    one: str, two: str, share: float
) -> None:
    assert ends(one, two) == ends(two, one) == share
