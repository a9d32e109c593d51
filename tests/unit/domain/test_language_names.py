"""Languages by the titles of columns."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.language_names import language_of, title_of


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("fr", "fr"),
        ("pt_BR", "pt-BR"),
        ("French", "fr"),
        ("french ", "fr"),
        ("French (fr)", "fr"),
        ("Français (fr)", "fr"),
        ("Swahili [sw]", "sw"),
        ("Kiswahili", "sw"),
        ("አማርኛ", "am"),
        ("Brazilian Portuguese", "pt-BR"),
        ("Portuguese (Brazil)", "pt-BR"),
        ("Chinese (Simplified)", "zh-Hans"),
        ("Tok  Pisin", "tpi"),
    ],
)
def test_codes_and_names_are_languages(title: str, tag: str) -> None:
    assert language_of(title) == tag


@pytest.mark.parametrize(
    "title", ["", "()", "(x", "remarks", "Klingonese (older)", "French (easy)"]
)
def test_other_titles_are_none(title: str) -> None:
    assert language_of(title) is None


@pytest.mark.parametrize("tag", ["sw", "pt-BR", "uz-Latn", "en-XA", "sr-Latn-RS", "skr"])
def test_a_title_that_is_written_is_read_as_the_same_language(tag: str) -> None:
    assert language_of(title_of(tag)) == tag
