"""What every engine promises, whoever wrote it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dpg_l10n.engines import ENGINES
from dpg_l10n.engines.package import install
from dpg_l10n.engines.relay import RelayEngine
from dpg_l10n.errors import ModelMissingError
from dpg_l10n.ports import Engine, Pair, Weigher, Wish
from tests.support.apertium import fake_apertium
from tests.support.engines import FakeEngine
from tests.support.packages import EN_ES

TEXTS = ["Save", "The form was saved.", "", " ", "Save", "\n Cancel\n\nSave ", "42", "Hello, {0}!"]
FAKE = "fake of the tests"
RELAY = "two steps of the fake"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    install(EN_ES, folder)
    return folder


@pytest.fixture(params=[*ENGINES.names(), FAKE, RELAY])
def engine(
    request: pytest.FixtureRequest, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    if request.param == "apertium":
        fake_apertium(tmp_path)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    opened: Engine
    if request.param == FAKE:
        opened = FakeEngine()
    elif request.param == RELAY:
        opened = RelayEngine(FakeEngine(("sw", "en"), ("en", "am")), "en")
    else:
        opened = ENGINES[request.param].open([models])
    yield opened
    opened.close()


@pytest.mark.parametrize("name", ENGINES.names())
def test_an_engine_and_its_entry_have_the_registered_name(name: str, models: Path) -> None:
    spec = ENGINES[name]
    opened = spec.open([models])
    assert spec.name == opened.name == name
    assert spec.sends_text_away == opened.sends_text_away
    assert spec.title


def test_every_pair_says_what_translates_it(engine: Engine) -> None:
    assert engine.pairs()
    for pair in engine.pairs():
        info = engine.info(pair)
        assert info.engine == engine.name
        assert info.model
        assert info.version


def test_there_is_one_answer_per_text_in_order(engine: Engine) -> None:
    pair = engine.pairs()[0]
    together = engine.translate(TEXTS, pair)
    assert len(together) == len(TEXTS)
    assert together == [engine.translate([text], pair)[0] for text in TEXTS]


def test_nothing_to_translate_is_translated_to_nothing(engine: Engine) -> None:
    assert engine.translate([], engine.pairs()[0]) == []


def test_progress_adds_up_to_the_number_of_texts(engine: Engine) -> None:
    told: list[int] = []
    engine.translate(TEXTS, engine.pairs()[0], progress=told.append)
    assert sum(told) == len(TEXTS)
    assert min(told) > 0


def test_an_exception_of_progress_stops_the_work(engine: Engine) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.translate(TEXTS, engine.pairs()[0], progress=stop)


def test_a_closed_engine_can_be_used_again(engine: Engine) -> None:
    pair = engine.pairs()[0]
    first = engine.translate(["Save"], pair)
    engine.close()
    assert engine.translate(["Save"], pair) == first


def test_an_engine_that_weighs_gives_candidates_in_order(engine: Engine) -> None:
    if not isinstance(engine, Weigher):
        assert not hasattr(engine, "weigh")
        return
    pair = engine.pairs()[0]
    found = engine.candidates(["Save", "Cancel"], pair, 3)
    assert [each[0].text for each in found] == engine.translate(["Save", "Cancel"], pair)
    assert all(1 <= len(each) <= 3 for each in found)
    scores = engine.weigh([("Save", found[0][0].text), ("Save", "xyzzy")], pair)
    assert 0 >= scores[0] > scores[1]
    assert engine.weigh([], pair) == []
    assert len(engine.grant([Wish("Save", 0, 4, "Guardar")], pair)) == 1
    assert engine.sentinel(pair).numbers(engine.sentinel(pair).name) == [0]


@pytest.mark.parametrize("name", ENGINES.names())
@pytest.mark.parametrize("pair", [Pair("es", "en"), Pair("en", "dz"), Pair("qaa", "qab")])
def test_an_unknown_pair_is_an_error_of_its_own(name: str, pair: Pair, models: Path) -> None:
    engine = ENGINES[name].open([models])
    for call in (engine.info, lambda wanted: engine.translate(["Save"], wanted)):
        with pytest.raises(ModelMissingError, match=pair.target):
            call(pair)


def test_engines_say_truthfully_that_texts_stay_here() -> None:
    assert not any(spec.sends_text_away for spec in itertools.islice(ENGINES, 10))


def test_a_relay_says_both_models_and_takes_two_steps() -> None:
    fake = FakeEngine(("sw", "en"), ("en", "am"))
    engine = RelayEngine(fake, "en")
    assert Pair("sw", "am") in engine.pairs()
    info = engine.info(Pair("sw", "am"))
    assert info.model == "translate-sw_en + translate-en_am"
    assert "through=en" in info.parameters
    assert engine.translate(["Hifadhi {0}"], Pair("sw", "am")) == ["am en Hifadhi {0}"]
    assert engine.translate(["Hifadhi"], Pair("sw", "en")) == ["en Hifadhi"]
    with pytest.raises(ModelMissingError):
        engine.info(Pair("am", "sw"))
