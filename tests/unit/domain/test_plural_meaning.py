"""Plural variants, compared by what they say of numbers."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.plural_meaning import Rule, by_category, by_index, differs, from_icu, to_icu

_FILES = Plural.of(one="{n} file", other="{n} files")


def test_an_index_means_what_the_formula_of_its_own_file_says() -> None:
    text = Plural((("0", "many"), ("1", "one")))
    turned = Rule("en", "nplurals=2; plural=(n == 1);")
    assert by_category(text, turned) == Plural.of(one="one", other="many")
    assert by_category(text, Rule("en")) == Plural.of(one="many", other="one")


def test_variants_are_numbered_anew_by_the_formula_of_the_file_that_they_go_to() -> None:
    text = Plural((("0", "file"), ("1", "files")))
    usual, turned = Rule("en"), Rule("en", "nplurals=2; plural=(n == 1);")
    moved = by_index(text, usual, turned)
    assert moved == Plural((("0", "files"), ("1", "file")))
    assert differs(text, usual, moved, turned) is None
    assert by_index(text, usual, Rule("en")) is text


def test_arabic_categories_reach_the_six_indices_that_say_the_same_numbers() -> None:
    text = Plural.of(zero="z", one="o", two="t", few="f", many="m", other="x")
    rule = Rule("ar")
    numbered = by_index(text, rule, rule)
    assert differs(text, rule, numbered, rule) is None
    assert by_category(numbered, rule) == text


def test_a_category_of_fractions_alone_takes_the_last_index() -> None:
    text = Plural((("0", "файл"), ("1", "файла"), ("2", "файлов")))
    named = by_category(text, Rule("ru"))
    assert named == Plural.of(one="файл", few="файла", many="файлов", other="файлов")
    assert differs(text, Rule("ru"), named, Rule("ru")) is None


def test_a_variant_that_no_category_reaches_is_told_with_its_number() -> None:
    rule = Rule("en", "nplurals=3; plural=(n == 0 ? 0 : n == 1 ? 1 : 2);")
    text = Plural((("0", "nothing"), ("1", "a file"), ("2", "files")))
    named = by_category(text, rule)
    assert named == Plural.of(one="a file", other="files")
    assert differs(text, rule, named, Rule("en")) == 0


def test_one_text_for_every_number_differs_from_variants_at_the_first_number() -> None:
    assert differs(_FILES, Rule("en"), "{n} files", Rule("en")) == 1


def test_variants_become_one_icu_message_and_come_back() -> None:
    said = to_icu(_FILES)
    assert said == "{n, plural, one {# file} other {# files}}"
    assert from_icu(said) == _FILES


def test_a_message_without_a_number_in_it_takes_count_as_its_argument() -> None:
    said = to_icu(Plural.of(one="a file", other="files"))
    assert said == "{count, plural, one {a file} other {files}}"


@pytest.mark.parametrize("text", ["{{count}} files", "it's {open", "number #", "} files"])
def test_what_icu_would_read_otherwise_is_no_icu_message(text: str) -> None:
    assert to_icu(Plural.of(one="a file", other=text)) is None


def test_words_around_an_icu_argument_go_into_each_variant() -> None:
    found = from_icu("You have {n, plural, one {a file} other {# files}}.")
    assert found == Plural.of(one="You have a file.", other="You have {n} files.")


@pytest.mark.parametrize(
    "text",
    [
        "no plural",
        "{g, select, female {her} other {their}}",
        "{n, selectordinal, one {#st} other {#th}}",
        "{n, plural, one {a} other {b}} {m, plural, one {c} other {d}}",
        "{n, plural, one {a}}",
    ],
)
def test_a_message_that_is_not_one_plural_has_no_variants(text: str) -> None:
    assert from_icu(text) is None
