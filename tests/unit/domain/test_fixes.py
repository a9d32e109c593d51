"""Safe corrections: edges only, and only where it is sure."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.fixes import fixed, fixed_text
from dpg_l10n.domain.message import Plural


@pytest.mark.parametrize(
    ("source", "text", "language", "wanted"),
    [
        ("Open", " Fungua ", "sw", "Fungua"),
        ("Name: ", "Jina:", "sw", "Jina: "),
        ("One\n", "Moja", "sw", "Moja\n"),
        ("Saved.", "Imehifadhiwa", "sw", "Imehifadhiwa."),
        ("Saved.", "ተቀምጧል", "am", "ተቀምጧል።"),
        ("Why?", "لماذا", "ar", "لماذا؟"),
        ("Why?", "Pourquoi", "fr", "Pourquoi\u202f?"),
        ("Saved.", "បានរក្សាទុក", "km", "បានរក្សាទុក"),
        ("Saved.", "Imehifadhiwa!", "sw", "Imehifadhiwa!"),
        ("Wait...", "Subiri", "sw", "Subiri"),
        ("Saved.", "“Imehifadhiwa”", "sw", "“Imehifadhiwa”"),
        ("Open", "", "sw", ""),
    ],
)
def test_edges_become_those_of_the_source(
    source: str, text: str, language: str, wanted: str
) -> None:
    assert fixed(source, text, language) == wanted
    assert fixed(source, wanted, language) == wanted


def test_every_variant_is_corrected() -> None:
    source = Plural.of(one="A file.", other="Files.")
    assert fixed_text(source, Plural.of(one="Faili ", other="Faili"), "sw") == Plural.of(
        one="Faili.", other="Faili."
    )
