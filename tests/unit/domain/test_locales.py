from __future__ import annotations

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.locales import (
    base,
    canonical,
    cldr,
    display_name,
    fallbacks,
    is_language,
    is_right_to_left,
    tag_of_name,
)
from dpg_l10n.errors import UsageError


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("pt_BR", "pt-BR"), ("PT-br", "pt-BR"), ("zh-rCN", "zh-CN"), ("b+uz+Latn", "uz-Latn"),
        ("b+sr+Latn+RS", "sr-Latn-RS"), ("in", "id"), ("iw", "he"), ("ji", "yi"), ("fra", "fr"),
        ("tl", "fil"), ("sh", "sr-Latn"), ("sr@latin", "sr-Latn"), ("sr_RS@latin", "sr-Latn-RS"),
        ("uz@Cyrl", "uz-Cyrl"), ("ca@valencia", "ca-valencia"), ("zh_Hant_TW", "zh-Hant-TW"),
        ("es-419", "es-419"), ("sw_KE.UTF-8", "sw-KE"), ("de@euro", "de-x-euro"),
        ("sr@ijekavian", "sr-x-ijekavia"), ("de-1996", "de-1996"), (" sw ", "sw"),
        ("en-u-nu-thai", "en-u-nu-thai"), ("map-bms", "jv-x-bms"), ("roa-tara", "nap-x-tara"),
        ("zh-min-nan", "nan"), ("zh_yue-Hant", "yue-Hant"), ("zh-cmn", "zh"), ("ar-arb", "ar"),
        ("fiu-vro", "vro"), ("pt_PT_ao90", "pt-PT-ao1990"), ("de-informal", "de-informal"),
        ("zh-hans", "zh-Hans"), ("nah", "nah"),
    ],
)  # fmt: skip
def test_the_spellings_of_files_become_one_tag(name: str, tag: str) -> None:
    assert canonical(name) == tag


@pytest.mark.parametrize(
    "name", ["", "a", "klingons", "root", "und", "mul", "e1", "en-", "en--US", "../x", "b+"]
)
def test_what_is_no_language_code_is_refused_by_name(name: str) -> None:
    with pytest.raises(UsageError, match="is no language code") as caught:
        canonical(name)
    assert caught.value.error_code == "language"
    assert caught.value.params == {"name": name}


@given(
    st.text(max_size=20)
    | st.from_regex(r"[A-Za-z]{2,3}([-_@+.][A-Za-z0-9]{1,8}){0,4}", fullmatch=True)
)
def test_a_canonical_tag_stays_as_it_is(name: str) -> None:
    try:
        tag = canonical(name)
    except UsageError:
        return
    assert canonical(tag) == tag
    assert base(tag) == fallbacks(tag)[-1]
    assert display_name(tag)
    assert is_right_to_left(tag) in (True, False)


def test_every_locale_of_cldr_is_a_language() -> None:
    names = [name for name in locale_identifiers() if name.split("_")[0] not in ("root", "und")]
    assert [name for name in names if not is_language(name)] == []


@pytest.mark.parametrize("name", ["nah", "eml", "isv", "map-bms", "roa-rup", "zh-classical"])
def test_what_wikis_name_is_a_language(name: str) -> None:
    assert is_language(name)


@pytest.mark.parametrize(
    "name", ["map-all", "zh-new", "roa", "null", "app2", "main", "strings", "qqq", "x", "default"]
)
def test_other_words_of_paths_are_no_languages(name: str) -> None:
    assert not is_language(name)


def test_fallbacks_go_from_the_tag_to_its_language() -> None:
    assert fallbacks("uz-Latn-UZ") == ("uz-Latn-UZ", "uz-Latn", "uz")


@pytest.mark.parametrize(
    "tag", ["ar", "he", "fa-AF", "ur", "uz-Arab", "ckb", "dv", "ks-Arab-IN", "nqo"]
)
def test_right_to_left(tag: str) -> None:
    assert is_right_to_left(tag)


@pytest.mark.parametrize("tag", ["en", "am", "uz", "az-Latn", "ks-Deva", "qaa"])
def test_left_to_right(tag: str) -> None:
    assert not is_right_to_left(tag)


def test_a_locale_is_that_of_the_nearest_general_tag() -> None:
    assert str(cldr("sw-KE-x-clinic")) == "sw_KE"
    assert cldr("qaa") is None


@pytest.mark.parametrize(
    ("tag", "reader", "name"),
    [("sw", "en", "Swahili"), ("pt-BR", "en", "Brazilian Portuguese"), ("sw", "fr", "swahili"),
     ("qaa", "en", "qaa"), ("sw", "qaa", "Swahili"), ("sw-x-clinic", "en", "Swahili (x-clinic)")],
)  # fmt: skip
def test_a_name_is_that_of_cldr_or_the_tag(tag: str, reader: str, name: str) -> None:
    assert display_name(tag, reader) == name


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("english", "en"), ("French", "fr"), ("swahili", "sw"), ("BrazilianPortuguese", "pt-BR"),
        ("portuguese-br", "pt-BR"), ("ChineseTaiwan", "zh-TW"), ("chinese_simplified", "zh-Hans"),
        ("SpanishArgentina", "es-AR"), ("norwegian_bokmal", "nb"), ("english_uk", "en-GB"),
    ],
)  # fmt: skip
def test_english_names_of_languages_are_understood_and_are_no_codes(name: str, tag: str) -> None:
    assert (canonical(name), is_language(name)) == (tag, False)


@pytest.mark.parametrize(
    "name", ["mongo", "latin", "simplified", "brazil", "polish_sausage", "en us"]
)
def test_other_words_are_no_languages(name: str) -> None:
    assert tag_of_name(name) is None
