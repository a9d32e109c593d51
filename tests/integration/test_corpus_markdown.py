"""Real pages of Markdown: every translation follows its source, and one edit is one edit."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats.markdown import FORMAT
from tests.support.corpus import require_corpus

LANGUAGES = ("ar-SA", "fr-FR", "km-KH", "ne-NP", "pl-PL", "zu-ZA")


def page(language: str) -> bytes:
    return (require_corpus() / f"cboard/src/translations/help/{language}.md").read_bytes()


def source() -> Catalogue:
    return FORMAT.parse(page("en-US"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_of_a_translated_page_pairs(language: str) -> None:
    original, data = source(), page(language)
    translated = FORMAT.parse(data, source=original)
    assert [entry.key for entry in translated.entries] == [entry.key for entry in original.entries]
    assert FORMAT.serialize(translated, data) == data


def test_an_edit_of_each_block_changes_it_alone() -> None:
    data = page("fr-FR")
    catalogue = FORMAT.parse(data, source=source())
    for entry in catalogue.entries[::6]:
        if not entry.text:
            continue
        edited = catalogue.with_texts({entry.key: f"{entry.text} õ"})
        again = FORMAT.parse(FORMAT.serialize(edited, data), source=source())
        assert again.content() == edited.content()
