"""What an index knows at one moment, and how it goes on from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from dpg_l10n.domain.memory import fold
from dpg_l10n.memory import grams
from dpg_l10n.memory.files import Head
from dpg_l10n.memory.segment import Segment
from dpg_l10n.ports.memory import IndexedTexts, Place


class Part(NamedTuple):
    """A file of the index."""

    head: Head
    segment: Segment


@dataclass(frozen=True, slots=True)
class State:
    """What the index knows; replaced as a whole, so that nobody waits to read it."""

    parts: tuple[Part, ...] = ()
    """Base and delta, or fewer."""
    tail: tuple[tuple[int, str], ...] = ()
    """Number and text of those that came later, composed."""
    texts: tuple[str, ...] = ()
    """The texts of ``tail``."""
    folded: tuple[str, ...] = ()
    """The same as words are looked for in them."""
    place: Place = field(default_factory=Place)
    """How far the store has been read."""
    age: int = 0
    """How often everything was forgotten."""

    def with_tail(self, tail: tuple[tuple[int, str], ...], kept: int = 0) -> State:
        """Return the state with another tail.

        Args:
            tail: The tail.
            kept: How many of its first texts are those of the tail so far.
        """
        fresh = tuple(text for _, text in tail[kept:])
        return replace(
            self,
            tail=tail,
            texts=self.texts[:kept] + fresh,
            folded=self.folded[:kept] + tuple(map(fold, fresh)),
        )


def longer(state: State, texts: IndexedTexts) -> State:
    """Return the state with all newer texts of the store in its tail."""
    place, found = texts.after(state.place)
    fresh = tuple((number, grams.normal(text)) for number, text in found)
    if fresh and state.tail:
        known = set(state.tail)
        fresh = tuple(pair for pair in fresh if pair not in known)
    return replace(state.with_tail(state.tail + fresh, len(state.tail)), place=place)


def together(state: State, delta_share: int) -> tuple[tuple[Part, ...], Sequence[tuple[int, str]]]:
    """Return the files that stay, and the texts that go into a new one.

    Args:
        state: What there is.
        delta_share: The base is made anew when the others are one of so many of its texts.
    """
    texts = list(reversed(state.tail))
    parts = state.parts[:1]
    for part in state.parts[1:]:
        texts += part.segment.texts()
    if not parts or len(texts) * delta_share > len(parts[0].segment):
        texts += [pair for part in parts for pair in part.segment.texts()]
        parts = ()
    return parts, _latest(texts)


def _latest(texts: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """Return the first text of each number."""
    numbers = np.fromiter(_numbers(texts), dtype=np.uint32, count=len(texts))
    firsts = np.unique(numbers, return_index=True)[1]
    return texts if len(firsts) == len(texts) else [texts[at] for at in firsts.tolist()]


def _numbers(texts: Iterable[tuple[int, str]]) -> Iterable[int]:
    return (number for number, _ in texts)
