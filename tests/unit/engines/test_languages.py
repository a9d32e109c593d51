from __future__ import annotations

import pytest

from dpg_l10n.engines.languages import from_argos, nearest
from dpg_l10n.errors import UsageError


@pytest.mark.parametrize(
    ("code", "tag"), [("es", "es"), ("zt", "zh-Hant"), ("pb", "pt-BR"), ("pt_BR", "pt-BR")]
)
def test_codes_of_argos_become_language_tags(code: str, tag: str) -> None:
    assert from_argos(code) == tag


def test_a_code_that_is_no_language_is_refused() -> None:
    with pytest.raises(UsageError):
        from_argos("klingon!")


@pytest.mark.parametrize(
    ("tag", "general"),
    [("es-MX", "es"), ("pt-BR", "pt"), ("uz-Latn", "uz"), ("zh-CN", "zh"), ("zh-TW", "zh-Hant")],
)
def test_a_more_general_tag_of_the_same_script_serves(tag: str, general: str) -> None:
    assert nearest(tag)[0] == tag
    assert general in nearest(tag)


@pytest.mark.parametrize(
    ("tag", "other"), [("zh-TW", "zh"), ("zh-Hant", "zh"), ("sr-Latn", "sr"), ("uz-Cyrl", "uz")]
)
def test_another_script_never_serves(tag: str, other: str) -> None:
    assert other not in nearest(tag)
