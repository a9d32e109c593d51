"""Apertium through its pipe, played by a small program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dpg_l10n.engines.apertium import ApertiumEngine
from dpg_l10n.errors import ModelMissingError, UnavailableError
from dpg_l10n.ports import Pair
from tests.support.apertium import fake_apertium

ES_CA = Pair("es", "ca")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[ApertiumEngine]:
    opened = ApertiumEngine(program=str(fake_apertium(tmp_path)))
    yield opened
    opened.close()


def test_the_pairs_are_those_that_the_program_lists(engine: ApertiumEngine) -> None:
    assert engine.pairs()[:2] == (ES_CA, Pair("en", "es"))
    info = engine.info(Pair("es-MX", "ca"))
    assert (info.model, info.version) == ("apertium-spa-cat", "3.8.3")


def test_sentinels_line_breaks_and_outer_spaces_stay(engine: ApertiumEngine) -> None:
    texts = [" hola {0}, ab\n", "a [b] x^y", "", "uno\n\ndos XPH1", "hola"]
    told: list[int] = []
    made = engine.translate(texts, ES_CA, progress=told.append)
    assert made == [" HOLA {0}, AB\n", "A [B] X^Y", "", "UNO\n\nDOS XPH1", "HOLA"]
    assert sum(told) == 5


def test_a_pair_that_is_not_installed_is_an_error(engine: ApertiumEngine) -> None:
    with pytest.raises(ModelMissingError):
        engine.translate(["hola"], Pair("ca", "es"))


def test_a_program_that_ends_is_started_again(engine: ApertiumEngine) -> None:
    with pytest.raises(UnavailableError):
        engine.translate(["stop"], ES_CA)
    assert engine.translate(["hola"], ES_CA) == ["HOLA"]


def test_without_the_program_there_are_no_pairs(tmp_path: Path) -> None:
    engine = ApertiumEngine(program=str(tmp_path / "none"))
    assert engine.pairs() == ()
    with pytest.raises(ModelMissingError):
        engine.info(ES_CA)
