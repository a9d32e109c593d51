from __future__ import annotations

import pytest

from dpg_l10n.engines.pseudo import PAIR, RIGHT_TO_LEFT, PseudoEngine
from dpg_l10n.errors import ModelMissingError
from dpg_l10n.ports import Pair


def test_a_pseudo_text_is_accented_longer_and_bracketed() -> None:
    assert PseudoEngine().translate(["Save"], PAIR) == ["⟦Šåṽé·⟧"]


def test_sentinels_and_outer_white_space_stay() -> None:
    assert PseudoEngine().translate([" Hi {0}\n", " "], PAIR) == [" ⟦Ĥî {0}··⟧\n", " "]


def test_words_are_turned_round_for_right_to_left() -> None:
    engine = PseudoEngine(longer=0)
    assert engine.translate(["Hi {0}"], RIGHT_TO_LEFT) == ["⟦\u200f\u202eHi\u202c\u200f {0}⟧"]


def test_there_is_no_other_pair() -> None:
    with pytest.raises(ModelMissingError):
        PseudoEngine().translate(["Save"], Pair("en", "es"))
