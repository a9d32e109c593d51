"""Characters that keyboards hide."""

from __future__ import annotations

from dpg_l10n.domain.characters import characters


def test_a_language_has_its_own_marks_and_a_region_those_of_its_language() -> None:
    assert "።" in {each.text for each in characters("am")}
    assert characters("pt-BR") == characters("pt")
    assert characters("zz")


def test_what_is_invisible_has_a_name() -> None:
    shown = {each.text: each.label for each in characters("fa")}
    assert shown["\u200c"] == "ZWNJ"
    assert all(label.strip() for label in shown.values())
