"""Several translations of one sentence, and which of them to take."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from dpg_l10n.domain.placeholders.sentinels import BRACES, Sentinel
from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.guard import Guard
from dpg_l10n.services.drafting.plausible import Reason, implausible
from dpg_l10n.services.drafting.segments import Slot, weave

_AGREEMENT = 0.7
"""Weight of what the other candidates say; the rest is the model's own score."""

_SHARPNESS = 3.0
"""How much more the likelier candidates count when they agree: their weight is e to this power of
the difference in mean log-probability."""

_UNNUMBERED = re.compile(r"%[^%\d({<]*(?:\d+(?!\$)[^$]*)?[a-zA-Z@]|\{(?:[:!][^{}]*)?\}")
"""A placeholder whose place says what it stands for."""


class Made(NamedTuple):
    """One translation of a sentence, its values still numbers."""

    words: tuple[str, ...]
    order: tuple[int, ...]
    """Number of the value after each word but the last."""
    score: float
    """Mean log-probability; 0.0 where the engine has none."""
    way: str
    """``whole``: it travelled with sentinels; ``around``: in pieces around its values; ``term``: it
    was made to say a term."""

    def filled(self, values: Sequence[str]) -> str:
        """Return the translation with its values."""
        return weave(self.words, tuple(values[number] for number in self.order))

    @property
    def marked(self) -> str:
        """The translation with ``{0}`` for its values."""
        return weave(self.words, tuple(map(BRACES.write, self.order)))


def read(text: str, sentinel: Sentinel, count: int, score: float, way: str) -> Made | None:
    """Return what an engine made of a sentence, None unless each sentinel is there once."""
    parts = sentinel.pattern.split(text)
    order = tuple(map(int, parts[1::2]))
    if sorted(order) != list(range(count)):
        return None
    return Made(tuple(parts[::2]), order, score, way)


def ranked(found: Sequence[Made]) -> list[Made]:
    """Return candidates, the best first: what the model finds likely and the others come near to.

    The likeliest translation is often a poor one (too short, or stuck); what most likely ones have
    in common seldom is.
    """
    distinct: dict[str, Made] = {}
    for one in found:
        kept = distinct.get(one.marked)
        if kept is None or one.score > kept.score:
            distinct[one.marked] = one
    if len(distinct) < 2:
        return list(distinct.values())
    best = max(one.score for one in distinct.values())
    weights = {text: math.exp(_SHARPNESS * (one.score - best)) for text, one in distinct.items()}
    whole = sum(weights.values())

    def worth(text: str) -> float:
        agreed = sum(
            weight * Indel.normalized_similarity(text, other) for other, weight in weights.items()
        )
        return _AGREEMENT * agreed / whole + (1 - _AGREEMENT) * distinct[text].score

    return [distinct[text] for text in sorted(distinct, key=worth, reverse=True)]


def objection(slot: Slot, made: Made, pair: Pair, guard: Guard) -> Reason | None:
    """Return why a translation may not stand for a sentence, or None.

    ``TERM`` comes last: nothing else is wrong with a translation to which only that is objected.
    """
    if _moved(slot, made) or not guard.intact(slot.text, made.filled(slot.values)):
        return Reason.PLACEHOLDER
    if not guard.numbers(slot.text, made.filled(slot.values)):
        return Reason.NUMBER
    reason = implausible(slot.bare, " ".join(made.words), pair)
    if reason is not None:
        return reason
    uses = guard.terms(slot.text)
    if any(use.wrong(made.marked) for use in uses):
        return Reason.FORBIDDEN
    return None if all(use.said(made.marked) for use in uses) else Reason.TERM


def _moved(slot: Slot, made: Made) -> bool:
    """Tell whether placeholders that are told apart by their order changed it."""
    fixed = [n for n in made.order if _UNNUMBERED.search(slot.values[n])]
    return fixed != sorted(fixed)
