from __future__ import annotations

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain import plurals
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural

LANGUAGES = sorted({name.split("_")[0] for name in locale_identifiers()} - {"root"})
ENGLISH = Plural.of(one="{n} file", other="{n} files")


@pytest.mark.parametrize(
    ("language", "found", "needed"),
    [
        ("ar", CLDR_CATEGORIES, CLDR_CATEGORIES),
        ("fr", ("one", "many", "other"), ("one", "other")),
        ("cs", ("one", "few", "many", "other"), ("one", "few", "other")),
        ("ja", ("other",), ("other",)),
        ("pt-BR", ("one", "many", "other"), ("one", "other")),
        ("qaa", ("one", "other"), ("one", "other")),
    ],
)
def test_a_language_has_the_categories_of_cldr_and_needs_those_of_small_numbers(
    language: str, found: tuple[str, ...], needed: tuple[str, ...]
) -> None:
    assert plurals.categories(language) == found
    assert plurals.required(language) == needed


@pytest.mark.parametrize("language", LANGUAGES)
def test_samples_have_the_category_that_they_stand_for(language: str) -> None:
    samples = plurals.samples(language)
    assert set(samples) <= set(plurals.categories(language))
    assert all(plurals.category(language, number) == name for name, number in samples.items())


def test_a_sample_of_other_is_above_one_where_it_can_be() -> None:
    assert plurals.samples("en") == {"one": 1, "other": 2}
    assert plurals.samples("ja") == {"other": 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_usual_header_of_every_language_can_be_read(language: str) -> None:
    plural = plurals.gettext_plural(plurals.gettext_header(language))
    assert plural is not None
    assert all(0 <= plural.index(number) < plural.count for number in range(1000))
    assert plurals.labels(language, None, indexed=True) == tuple(map(str, range(plural.count)))


@pytest.mark.parametrize(
    "language", ["en", "sw", "fr", "ar", "ru", "pl", "cs", "ga", "ja", "so", "am", "cy"]
)
def test_the_usual_header_of_a_language_tells_its_categories_apart(language: str) -> None:
    plural = plurals.gettext_plural(plurals.gettext_header(language))
    assert plural is not None
    pairs = {(plural.index(number), plurals.category(language, number)) for number in range(1, 200)}
    assert len({index for index, _ in pairs}) == len({name for _, name in pairs})


@pytest.mark.parametrize(("language", "rule"), [("ht", "n > 1"), ("scn", "n != 1")])
def test_a_rule_about_millions_leaves_no_trace_in_a_header(language: str, rule: str) -> None:
    assert plurals.gettext_header(language) == f"nplurals=2; plural=({rule});"


def test_a_region_has_the_header_of_its_language_unless_it_has_its_own() -> None:
    assert plurals.gettext_header("sw-KE") == plurals.gettext_header("sw")
    assert plurals.gettext_header("pt-BR") == "nplurals=2; plural=(n > 1);"


@pytest.mark.parametrize(
    "header",
    [None, "", "nplurals=2", "nplurals=2; plural=", "nplurals=2; plural=n!;", "nplurals=2; plural=x;",
     "nplurals=2; plural=n/0;", "nplurals=2; plural=10/n;", "nplurals=2; plural=10/(n-7);", "nplurals=3; plural=0<!0;",
     "nplurals=0; plural=0;", "nplurals=1000000000; plural=n;", "nplurals=INTEGER; plural=EXPRESSION;",
     "nplurals=2; plural=" + "(" * 500 + "n" + ")" * 500 + ";", "nplurals=2; plural=" + "n+" * 900 + "n;"],
)  # fmt: skip
def test_a_broken_or_hostile_header_means_nothing(header: str | None) -> None:
    assert plurals.gettext_plural(header) is None


@given(st.text("n0123456789()%?:=!&|<>+-*/; pluras", max_size=40))
def test_any_header_is_read_or_means_nothing(text: str) -> None:
    plural = plurals.gettext_plural(f"nplurals=3; plural={text};")
    if plural is not None:
        assert len(plural.samples()) == 3


def test_samples_of_a_file_follow_its_own_formula() -> None:
    plural = plurals.gettext_plural("nplurals=3; plural=(n == 1 ? 1 : 0);")
    assert plural is not None
    assert plural.samples() == (2, 1, None)


@pytest.mark.parametrize(
    ("header", "forms"),
    [
        ("nplurals=2; plural=(n != 1);", (("0", "{n} file"), ("1", "{n} files"))),
        ("nplurals=2; plural=(n == 1);", (("0", "{n} files"), ("1", "{n} file"))),
        ("nplurals=1; plural=0;", (("0", "{n} file"),)),
        (None, (("0", "{n} file"), ("1", "{n} files"))),
    ],
)
def test_categories_become_the_indices_of_the_file(
    header: str | None, forms: tuple[tuple[str, str], ...]
) -> None:
    assert plurals.to_indexed(ENGLISH, "en", header) == Plural(forms)


@pytest.mark.parametrize("text", ["x", Plural((("0", "a"), ("1", "b")))])
def test_texts_without_categories_stay_as_they_are(text: str | Plural) -> None:
    assert plurals.to_indexed(text, "sw", None) == text


def test_each_label_gets_the_source_variant_of_the_same_numbers() -> None:
    labels = plurals.labels("ar", None, indexed=False)
    forms = dict(zip(labels, plurals.source_forms(ENGLISH, labels, "ar", "en", None), strict=True))
    assert forms["one"] == "{n} file"
    assert {forms[name] for name in labels if name != "one"} == {"{n} files"}


def test_an_index_gets_the_source_variant_of_its_formula() -> None:
    header = "nplurals=2; plural=(n == 1);"
    assert plurals.source_forms(ENGLISH, ("0", "1", "7"), "sw", "en", header) == (
        "{n} files", "{n} file", "{n} files",
    )  # fmt: skip
