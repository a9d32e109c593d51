"""Tests of what no translation looks like."""

from __future__ import annotations

import pytest

from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.plausible import Reason, implausible


def test_one_word_said_again_and_again_is_repetition() -> None:
    assert implausible("No", "Sin Sin Sin", Pair("en", "es")) is Reason.REPETITION
    assert implausible("Cancel", "Cancelar cancelar", Pair("en", "es")) is Reason.REPETITION


def test_a_word_that_the_source_doubles_too_is_no_repetition() -> None:
    assert implausible("Knock knock", "Toc toc", Pair("en", "es")) is None


@pytest.mark.parametrize(
    ("source", "draft", "target", "reason"),
    [
        ("Save all changes", "Save all changes now", "am", None),
        ("Save all changes", "Guardar los cambios", "am", Reason.SCRIPT),
        ("Save all changes", "ለውጦችን ሁሉ አስቀምጥ", "am", None),
        ("Open the OpenMRS page", "OpenMRS ገጽ ክፈት", "am", None),
        ("Save all changes of this form", "Save all changes de este form", "es", Reason.LANGUAGE),
        ("Save all changes of this form", "Guardar los cambios", "es", None),
        (
            "Save all changes of this form",
            "Salve as alterações deste formulário",
            "es",
            Reason.LANGUAGE,
        ),
        (
            "Save all changes of this form",
            "Hãy lưu mọi thay đổi của biểu mẫu này",
            "es",
            Reason.LANGUAGE,
        ),
        ("Save all changes of this form", "Save all changes of form", "en-GB", None),
    ],
)
def test_what_is_in_another_script_or_language_is_told(
    source: str, draft: str, target: str, reason: Reason | None
) -> None:
    assert implausible(source, draft, Pair("en", target)) is reason
