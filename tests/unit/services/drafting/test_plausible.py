"""Tests of what no translation looks like."""

from __future__ import annotations

from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.plausible import Reason, implausible


def test_one_word_said_again_and_again_is_repetition() -> None:
    assert implausible("No", "Sin Sin Sin", Pair("en", "es")) is Reason.REPETITION
    assert implausible("Cancel", "Cancelar cancelar", Pair("en", "es")) is Reason.REPETITION


def test_a_word_that_the_source_doubles_too_is_no_repetition() -> None:
    assert implausible("Knock knock", "Toc toc", Pair("en", "es")) is None
