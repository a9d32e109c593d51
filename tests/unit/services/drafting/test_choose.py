from __future__ import annotations

import pytest

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.placeholders.sentinels import BRACES
from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.choose import Made, objection, ranked, read
from dpg_l10n.services.drafting.guard import guard_of
from dpg_l10n.services.drafting.plausible import Reason
from dpg_l10n.services.drafting.segments import Slot, cut, fill, slots, with_numbers

GUARD = guard_of(kinds_for("json"))
PAIR = Pair("en", "es")


def made(*words: str, order: tuple[int, ...] = (), score: float = 0.0) -> Made:
    return Made(words, order, score, "whole")


def test_a_translation_is_read_only_when_each_sentinel_is_there_once() -> None:
    found = read("De {1} a {0}", BRACES, 2, -0.5, "whole")
    assert found == Made(("De ", " a ", ""), (1, 0), -0.5, "whole")
    assert read("De {1}", BRACES, 2, 0.0, "whole") is None
    assert read("De {1} {0} {0}", BRACES, 2, 0.0, "whole") is None


def test_what_likely_candidates_have_in_common_goes_before_the_likeliest() -> None:
    odd = made("Xyz", score=-0.5)
    near = [made("Guardar el archivo", score=-0.52), made("Guardar los archivos", score=-0.53)]
    assert ranked([odd, *near])[0] in near


def test_equal_candidates_are_one() -> None:
    assert ranked([made("Sí", score=-2.0), made("Sí", score=-1.0)]) == [made("Sí", score=-1.0)]


@pytest.mark.parametrize(
    ("source", "words", "order", "reason"),
    [
        ("%s of %s", ("", " x ", ""), (1, 0), Reason.PLACEHOLDER),
        ("{a} of {b}", ("", " uno ", ""), (1, 0), None),
        ("<b>Save</b> it", ("Guardar ", "lo", ""), (1, 0), Reason.PLACEHOLDER),
        ("500 errors", ("50 errores",), (), Reason.NUMBER),
        ("Delete all", ("Borrar todo",), (), None),
    ],
)
def test_what_breaks_a_text_is_objected_to(
    source: str, words: tuple[str, ...], order: tuple[int, ...], reason: Reason | None
) -> None:
    (slot,) = slots(cut(source, GUARD.spans))
    assert objection(slot, made(*words, order=order), PAIR, GUARD) is reason


def test_sentences_are_cut_outside_of_what_is_carried_over() -> None:
    text = " Ask {a. B}. Then go!\n\n{x} \n"
    leaf = cut(text, GUARD.spans)
    assert list(slots(leaf)) == [Slot(("Ask ", "."), ("{a. B}",)), Slot(("Then go!",), ())]
    assert fill(leaf, {slot: slot.text for slot in slots(leaf)}) == text


def test_numbers_can_be_carried_over_too() -> None:
    slot = Slot(("Take 2 of ", " by 5:30"), ("{n}",))
    assert with_numbers(slot) == Slot(("Take ", " of ", " by ", ""), ("2", "{n}", "5:30"))
    assert with_numbers(Slot(("Page 3", "."), ("{n}",))).values == ("3{n}",)
