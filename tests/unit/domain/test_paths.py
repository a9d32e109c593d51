from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.locales import base, canonical
from dpg_l10n.domain.paths import fill, literal_prefix, match, spell, untranslated
from dpg_l10n.domain.project import TargetFile

PATTERNS = (
    "i18n/{language}.po",
    "res/values-{language}/strings.xml",
    "locale/{language}/LC_MESSAGES/django.po",
    "{language}.lproj/Main.strings",
    "messages_{language}.properties",
    "lang/{language}/app.{language}.json",
    "a+b (c)/[d].{language}.yml",
)
TAGS = ("sw", "pt-BR", "uz-Latn", "sr-Latn-RS", "zh-Hant", "es-419", "id", "fr", "ckb", "he")


def files(*names: str) -> list[TargetFile]:
    return [TargetFile(canonical(name), name, f"i18n/{name}.po") for name in names]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(name=st.text(st.characters(exclude_characters="/", codec="utf-8"), min_size=1))
def test_a_name_filled_in_is_found_again(pattern: str, name: str) -> None:
    assert match(pattern, fill(pattern, name)) == name


@given(path=st.text(max_size=40))
def test_a_path_that_matches_is_the_pattern_filled_with_the_name(path: str) -> None:
    for pattern in PATTERNS:
        name = match(pattern, path)
        assert name is None or fill(pattern, name) == path


def test_a_name_is_never_more_than_one_folder() -> None:
    assert match("locale/{language}.po", "locale/fr/app.po") is None


def test_two_placeholders_hold_the_same_name() -> None:
    pattern = "lang/{language}/app.{language}.json"
    assert match(pattern, "lang/fr/app.fr.json") == "fr"
    assert match(pattern, "lang/fr/app.en.json") is None


def test_a_pattern_without_a_placeholder_matches_nothing() -> None:
    assert match("i18n/fr.po", "i18n/fr.po") is None


def test_the_literal_prefix_ends_before_the_language() -> None:
    assert literal_prefix("res/values-{language}/strings.xml") == "res/values-"


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("res/values-{language}/strings.xml", "res/values/strings.xml"),
        ("messages_{language}.properties", "messages.properties"),
        ("devise.{language}.yml", "devise.yml"),
        ("{language}.messages.json", "messages.json"),
        ("i18n/{language}.json", None),
        ("locales/{language}/common.json", None),
        ("lang/{language}/app.{language}.json", None),
    ],
)
def test_the_file_without_a_language_follows_from_the_pattern(
    pattern: str, path: str | None
) -> None:
    assert untranslated(pattern) == path


@pytest.mark.parametrize(
    ("tag", "format_name", "name"),
    [
        ("pt-BR", "android", "pt-rBR"),
        ("uz-Latn", "android", "b+uz+Latn"),
        ("es-419", "android", "b+es+419"),
        ("id", "android", "in"),
        ("he", "android", "iw"),
        ("pt-BR", "po", "pt_BR"),
        ("pt-BR", "properties", "pt_BR"),
        ("pt-BR", "json", "pt-BR"),
        ("zh-Hant", "rails-yaml", "zh-Hant"),
    ],
)
def test_a_first_language_is_spelled_as_the_format_does(
    tag: str, format_name: str, name: str
) -> None:
    assert spell(tag, (), format_name) == name


@pytest.mark.parametrize(
    ("tag", "siblings", "name"),
    [
        ("pt-BR", ("zh-CN", "fr"), "pt-BR"),
        ("pt-BR", ("zh_CN", "fr"), "pt_BR"),
        ("pt-BR", ("zh_cn", "fr"), "pt_br"),
        ("pt-BR", ("FR", "DE"), "PT-BR"),
        ("sw", ("fra", "ara", "hin", "es"), "swa"),
        ("sw", ("fr-FR", "ar-SA"), "sw-TZ"),
        ("sw", ("fr-FR", "ar"), "sw"),
        ("uz-Latn", ("sr@latin", "fr"), "uz@latin"),
        ("ckb", ("fr", "ar"), "ckb"),
    ],
)
def test_a_new_language_is_spelled_as_its_siblings_are(
    tag: str, siblings: tuple[str, ...], name: str
) -> None:
    assert spell(tag, files(*siblings), "json") == name


@given(
    tag=st.sampled_from(TAGS),
    siblings=st.lists(
        st.sampled_from(("fr", "pt_BR", "zh-CN", "zh_cn", "fra", "ar-SA", "sr@latin", "DE")),
        unique=True,
    ),
    format_name=st.sampled_from(("po", "android", "json", "properties")),
)
def test_a_spelled_name_means_the_language_it_was_made_for(
    tag: str, siblings: list[str], format_name: str
) -> None:
    meant = canonical(spell(tag, files(*siblings), format_name))
    assert meant == tag or (meant.startswith(f"{tag}-") and base(meant) == base(tag))


@given(siblings=st.permutations(files("pt_BR", "zh-CN", "fr", "sr_Latn")))
def test_the_order_of_siblings_does_not_matter(siblings: list[TargetFile]) -> None:
    assert spell("es-MX", siblings, "json") == "es_MX"


@pytest.mark.parametrize(
    ("names", "tag", "expected"),
    [
        (("french", "german"), "sw", "swahili"),
        (("French", "BrazilianPortuguese"), "sw", "Swahili"),
        (("French", "BrazilianPortuguese"), "zh-TW", "ChineseTw"),
        (("french", "portuguese-br"), "pt-PT", "european-portuguese"),
    ],
)
def test_a_new_language_gets_an_english_name_beside_such_names(
    names: tuple[str, ...], tag: str, expected: str
) -> None:
    name = spell(tag, files(*names), "php")
    assert name == expected
    assert canonical(name) == tag
