from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from dpg_l10n.domain.placeholders.sentinels import BRACES
from dpg_l10n.engines.calibration import FILE, calibrated, choose, measure
from dpg_l10n.engines.runtime import Model


class Losing:
    """A model that gives texts back without some characters."""

    def __init__(self, lost: str) -> None:
        self.lost = lost
        self.asked = 0

    def translate(self, texts: Sequence[str]) -> list[str]:
        self.asked += len(texts)
        return [text.translate(dict.fromkeys(map(ord, self.lost))) for text in texts]


def losing(lost: str) -> Model:
    return cast(Model, Losing(lost))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "pack" / "model").mkdir(parents=True)
    (tmp_path / "pack" / "model" / "model.bin").write_bytes(b"weights")
    return tmp_path / "pack"


def test_a_mark_that_a_model_loses_is_not_chosen() -> None:
    shares = measure("en", losing("{"))
    assert shares["{0}"] == 0.0
    assert choose(shares).name == "<0>"


def test_of_marks_that_survive_the_one_that_more_models_know_is_chosen() -> None:
    assert choose(measure("en", losing(""))) == BRACES
    assert choose({"{0}": 0.95, "<0>": 0.96}) == BRACES


def test_where_all_are_lost_or_nothing_can_be_tried_the_usual_one_is_taken() -> None:
    assert choose({"{0}": 0.0, "<0>": 0.0}) == BRACES
    assert choose(measure("sw", losing("{"))) == BRACES


def test_a_package_is_measured_once(package: Path) -> None:
    model = Losing("{")
    assert calibrated(package, "en", cast(Model, model)).name == "<0>"
    asked = model.asked
    assert calibrated(package, "en", cast(Model, model)).name == "<0>"
    assert model.asked == asked
    assert "pack" in json.loads((package.parent / FILE).read_text())


def test_another_model_under_the_same_name_is_measured_again(package: Path) -> None:
    calibrated(package, "en", losing("{"))
    (package / "model" / "model.bin").write_bytes(b"other weights")
    assert calibrated(package, "en", losing("")) == BRACES


def test_a_damaged_file_is_measured_again(package: Path) -> None:
    (package.parent / FILE).write_text("[")
    assert calibrated(package, "en", losing("{")).name == "<0>"
