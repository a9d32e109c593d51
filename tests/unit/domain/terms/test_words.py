from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.terms.forms import alike
from dpg_l10n.domain.terms.words import stem, term_words, words


def _said(text: str, language: str) -> list[str]:
    return [text[word.start : word.end] for word in words(text, language)]


@given(st.text(max_size=60), st.sampled_from(["en", "sw", "ar", "hi", "xx"]))
def test_words_stand_in_the_text_in_their_order(text: str, language: str) -> None:
    found = words(text, language)
    assert all(word.start < word.end <= len(text) for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_vowel_signs_do_not_cut_words() -> None:
    assert _said("दवा की खुराक लें।", "hi") == ["दवा", "की", "खुराक", "लें", "।"]


def test_hyphens_apostrophes_and_invisible_signs_stand_between_words() -> None:
    assert _said("l’allergie follow-up \u200fx", "fr") == ["l", "allergie", "follow", "up", "x"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "vaccines", "Vaccine"),
        ("es", "vacunas", "vacuna"),
        ("ar", "الحساسية", "حساسية"),
        ("pt-BR", "solicitações", "solicitação"),
    ],
)
def test_forms_of_a_word_have_one_stem_where_there_is_a_stemmer(
    language: str, one: str, other: str
) -> None:
    code = language.partition("-")[0]
    assert stem(one, code) == stem(other, code)


@pytest.mark.parametrize(
    ("code", "word", "term"),
    [
        ("sw", "wagonjwa", "mgonjwa"),
        ("sw", "chanjoni", "chanjo"),
        ("am", "በክትባቱ", "ክትባት"),
        ("so", "tallaalka", "tallaal"),
        ("zu", "izinsuku", "usuku"),
    ],
)
def test_elsewhere_the_middle_of_a_word_tells(code: str, word: str, term: str) -> None:
    assert alike(word, term, code)


@pytest.mark.parametrize(
    ("code", "word", "term"), [("sw", "mgeni", "mgonjwa"), ("so", "wagonjwa", "mgonjwa"), ("sw", "na", "ya")]
)  # fmt: skip
def test_other_words_are_no_forms(code: str, word: str, term: str) -> None:
    assert not alike(word, term, code)


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["sw", "so", "am"]))
def test_every_word_is_a_form_of_itself_whatever_else_there_is(
    word: str, other: str, code: str
) -> None:
    assert alike(word, word, code)
    assert alike(word, other, code) in (True, False)


def test_a_remark_in_brackets_is_no_part_of_a_term() -> None:
    assert term_words("application (request)", "en") == term_words("application", "en")
    assert term_words("(request)", "en") != ()


def test_a_word_longer_than_any_is_only_compared_as_it_stands() -> None:
    word = "s" * 70
    assert words(word, "en")[0].keys == (word,)
    assert term_words(word, "en")[0][0] == word
