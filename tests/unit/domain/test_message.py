from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.message import Plural, Text, dump, is_blank, is_empty, load, plain, texts

_FORMS = st.dictionaries(st.sampled_from(["0", "1", "one", "few", "other"]), st.text())
_TEXTS = st.one_of(
    st.text(),
    st.text().map(lambda text: "\x1e" + text),
    _FORMS.map(lambda forms: Plural(tuple(forms.items()))),
)


@given(_TEXTS)
def test_a_text_comes_back_from_its_stored_form(text: Text) -> None:
    assert load(dump(text)) == text


@given(_TEXTS, _TEXTS)
def test_different_texts_have_different_stored_forms(one: Text, two: Text) -> None:
    assert (dump(one) == dump(two)) is (one == two)


@given(st.text(st.characters(exclude_characters="\x1e")))
def test_an_ordinary_text_is_stored_as_it_is(text: str) -> None:
    assert dump(text) == text


@pytest.mark.parametrize(
    ("text", "empty", "blank"),
    [
        (None, True, True),
        ("", True, True),
        (" \n", False, True),
        ("a", False, False),
        (Plural(()), True, True),
        (Plural.of(one="", other=""), True, True),
        (Plural.of(one="a", other=""), True, False),
        (Plural.of(one="a", other="b"), False, False),
    ],
)
def test_a_half_filled_plural_is_empty_and_not_blank(
    text: Text | None, empty: bool, blank: bool
) -> None:
    assert (is_empty(text), is_blank(text)) == (empty, blank)


def test_variants_keep_the_order_of_their_file() -> None:
    forms = Plural.of(other="files", one="a file")
    assert forms.labels == ("other", "one")
    assert texts(forms) == ("files", "a file")
    assert texts("x") == ("x",)


def test_a_variant_is_found_by_its_label() -> None:
    forms = Plural.of(one="a file", other="files")
    assert (forms.get("one"), forms.get("few")) == ("a file", None)


@pytest.mark.parametrize(
    ("text", "general"), [("x", "x"), (Plural.of(one="a", other="b"), "b"), (Plural(()), "")]
)
def test_the_last_variant_stands_for_all(text: Text, general: str) -> None:
    assert plain(text) == general
