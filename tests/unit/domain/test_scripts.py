from __future__ import annotations

import pytest

from dpg_l10n.domain.scripts import foreign_ratio, script_of


@pytest.mark.parametrize(
    ("tag", "script"),
    [("sw", "Latn"), ("am", "Ethi"), ("uz-Cyrl", "Cyrl"), ("zh-TW", "Hant"), ("zh", "Hans"),
     ("sr-Latn-RS", "Latn"), ("sr-EC", "Cyrl"), ("sr-EL", "Latn"), ("qaa", "")],
)  # fmt: skip
def test_a_language_has_a_script(tag: str, script: str) -> None:
    assert script_of(tag) == script


@pytest.mark.parametrize(
    ("text", "tag", "ratio"),
    [("Hifadhi", "sw", 0.0), ("Сохранить", "ru", 0.0), ("Save", "ru", 1.0), ("保存する", "ja", 0.0),
     ("Сохрани", "sw", 1.0), ("12 %", "am", 0.0), ("anything", "qaa", 0.0), ("aб", "ru", 0.5)],
)  # fmt: skip
def test_letters_of_other_scripts_are_counted(text: str, tag: str, ratio: float) -> None:
    assert foreign_ratio(text, tag) == ratio
