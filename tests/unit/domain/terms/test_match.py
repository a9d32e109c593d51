from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.terms import Entry, Match, finder
from dpg_l10n.domain.terms.match import shared_finder
from dpg_l10n.domain.terms.words import words

_WORDS = ["cash", "card", "health", "worker", "id", "Clinic", "WHO", "who", "IDs"]
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=10).map(" ".join)
_TERMS = st.lists(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join), max_size=8
)
_LANGUAGES = st.sampled_from(["en", "sw", "th", "zh", "ar"])


def found(terms: list[str], text: str, language: str = "en") -> list[str]:
    entries = [Entry(term, number) for number, term in enumerate(terms)]
    return [text[match.start : match.end] for match in finder(entries, language).find(text)]


@given(_TERMS, _TEXTS, _LANGUAGES)
def test_matches_come_in_order_and_none_lies_in_another(
    terms: list[str], text: str, language: str
) -> None:
    entries = [Entry(term, number) for number, term in enumerate(terms)]
    matches = finder(entries, language).find(text)
    assert all(0 <= match.start < match.end <= len(text) for match in matches)
    assert all(one.end <= other.start for one, other in pairwise(matches))
    assert all(0 <= number < len(terms) for match in matches for number in match.numbers)


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=80), _LANGUAGES)
def test_any_terms_are_looked_for_in_any_text(terms: list[str], text: str, language: str) -> None:
    entries = [Entry(term, number) for number, term in enumerate(terms)]
    for match in finder(entries, language).find(text):
        assert text[match.start : match.end]


@given(_TERMS, _TEXTS)
def test_the_index_finds_what_trying_every_term_at_every_word_finds(
    terms: list[str], text: str
) -> None:
    assert finder([Entry(t, n) for n, t in enumerate(terms)], "en").find(text) == _slow(terms, text)


def _slow(terms: list[str], text: str) -> list[Match]:
    single = [finder([Entry(term, number)], "en") for number, term in enumerate(terms)]
    matches = []
    position = 0
    for word in words(text, "en"):
        if word.start < position:
            continue
        here = [
            Match(word.start, word.start + match.end, match.numbers)
            for each in single
            for match in each.find(text[word.start :])[:1]
            if match.start == 0
        ]
        if here:
            position = max(match.end for match in here)
            numbers = [n for m in here if m.end == position for n in m.numbers]
            last = max(here, key=lambda match: match.end)
            matches.append(Match(last.start, position, tuple(numbers)))
    return [match._replace(numbers=tuple(sorted(set(match.numbers)))) for match in matches]


def test_the_longest_term_wins() -> None:
    terms = ["health", "community health", "community health worker"]
    text = "Community health workers and health"
    assert found(terms, text) == ["Community health workers", "health"]


def test_a_sentence_ends_a_term() -> None:
    assert found(["health worker"], "For your health. Workers first") == []
    assert found(["health worker"], "For your health, worker") == []


@pytest.mark.parametrize("text", ["IDs", "your ID", "ID-card"])
def test_an_acronym_is_found_in_capitals(text: str) -> None:
    assert len(found(["ID"], text)) == 1


@pytest.mark.parametrize("text", ["id", "Idle", "VIDEO", "Id"])
def test_an_acronym_is_no_ordinary_word(text: str) -> None:
    assert found(["ID"], text) == []


def test_a_name_is_found_as_it_is_written() -> None:
    index = finder([Entry("Collect", 0, exact=True)], "en")
    assert len(index.find("Open Collect now")) == 1
    assert index.find("collect the forms") == []


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("th", "วัคซีน", "ฉีดวัคซีนแล้ว"),
        ("km", "វ៉ាក់សាំង", "ចាក់វ៉ាក់\u200bសាំង"),
        ("lo", "ວັກຊີນ", "ສັກວັກຊີນແລ້ວ"),
        ("my", "ကာကွယ်ဆေး", "ကာကွယ်ဆေးထိုးပါ"),
        ("zh-Hans", "疫苗", "请接种疫苗。"),
        ("ja", "ワクチン", "ワクチンを接種する"),
    ],
)
def test_scripts_without_spaces_are_searched_within_words(
    language: str, term: str, text: str
) -> None:
    (match,) = finder([Entry(term, 7)], language).find(text)
    assert text[match.start : match.end].replace("\u200b", "") == term
    assert match.numbers == (7,)


def test_latin_words_in_such_scripts_are_whole() -> None:
    assert found(["ID"], "查看VIDEO", "zh") == []
    assert found(["ID"], "查看ID卡", "zh") == ["ID"]


def test_terms_of_a_language_without_a_stemmer_are_found_in_other_forms() -> None:
    assert found(["chanjo"], "Kliniki ya chanjoni", "sw") == ["chanjoni"]
    assert found(["chanjo ya pepopunda"], "chanjo ya polio", "sw") == []


def test_concepts_that_share_a_word_are_all_named() -> None:
    index = finder([Entry("application (request)", 1), Entry("application (software)", 2)], "en")
    assert index.find("New applications")[0].numbers == (1, 2)


@given(_TERMS, st.lists(_TEXTS, min_size=1, max_size=4), _LANGUAGES)
def test_what_is_kept_for_other_languages_is_what_was_found(
    terms: list[str], texts: list[str], language: str
) -> None:
    entries = tuple(Entry(term, number) for number, term in enumerate(terms))
    index = shared_finder(entries, language)
    assert shared_finder(tuple(entries), language) is index
    for text in texts * 2:
        assert index.find(text) == finder(entries, language).find(text)
