"""One immutable part of the index: texts in order of length, and which of them hold a piece."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

import numpy as np
from numpy.typing import NDArray

from dpg_l10n.memory import grams

LONGEST = 4096
"""Lengths are told apart up to here; longer texts are few and lie in one range."""
_SHARE = 10
"""One of so many texts is the most postings looked at for one question."""
_BUDGET = 50_000
"""Postings looked at in a small segment."""
_FEW = 400
"""Texts that are compared in full: those that share most of the rarest pieces."""
_LISTS = 4
"""Lists that a phrase is looked up in before the texts themselves are."""
_WHOLE = 2000
"""Texts that are read for a phrase."""
_ROUNDING = 1e-9

Places = NDArray[np.int64]
"""Places of texts inside a segment."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Arrays that lie in a file, and look-ups in them."""

    file: mmap
    bits: int
    """Pieces are numbers below 2 to this power."""
    ids: NDArray[np.uint32]
    """Number in the store of each text, by place."""
    starts: NDArray[np.int64]
    """Place of the first text of each length from 0 to ``LONGEST`` + 1."""
    begins: NDArray[np.int64]
    """Where in the file each text begins in UTF-8, and the end of the last."""
    offsets: NDArray[np.int64]
    """Where the list of each piece begins in ``posts``, and the end of the last."""
    posts: NDArray[np.uint32]
    """Places of the texts that hold a piece, ascending, list after list."""

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self.ids)

    def text(self, place: int) -> str:
        """Return a text."""
        data = self.file[self.begins[place] : self.begins[place + 1]]
        return data.decode("utf-8", "surrogatepass")

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield number and text of all, in order of length."""
        for place, number in enumerate(self.ids.tolist()):
            yield number, self.text(place)

    def alike(self, text: str, at_least: float) -> list[int]:
        """Return the places of the texts that are worth comparing with a text.

        The pieces of a text that are rarest say most about it: their lists are read, rarest first,
        as far as the budget goes, and the texts that are in most of them are the candidates. Texts
        too short or too long to reach the score are not even looked at, because places go by
        length.
        """
        low, high = self._range(len(text), at_least)
        lists = self._rarest(text, low, high)
        if not lists:
            return []
        found = np.concatenate(lists)
        found -= np.uint32(low)
        return [place + low for place in _commonest(found, high - low).tolist()]

    def holding(self, phrases: list[str], most: int) -> list[int]:
        """Return places of texts that hold every one of some folded phrases, short texts first.

        Args:
            phrases: At least one.
            most: Most places.
        """
        keys = np.unique(np.concatenate([grams.of_words(part, self.bits) for part in phrases]))
        places = self._joint(keys) if len(keys) else self._scan(phrases[0])
        found: list[int] = []
        for place in places[:_WHOLE].tolist():
            folded = grams.fold(self.text(place))
            if all(part in folded for part in phrases):
                found.append(place)
                if len(found) == most:
                    break
        return found

    def _range(self, length: int, at_least: float) -> tuple[int, int]:
        """Return the places between which the lengths are that can reach a score."""
        shortest = min(math.ceil(at_least * length - _ROUNDING), LONGEST)
        longest = math.floor(length / at_least + _ROUNDING) + 1
        high = len(self) if longest > LONGEST else int(self.starts[longest])
        return int(self.starts[shortest]), high

    def _rarest(self, text: str, low: int, high: int) -> list[NDArray[np.uint32]]:
        if high <= low:
            return []
        keys = grams.of_text(text, self.bits)
        begins, ends = self.offsets[keys], self.offsets[keys + np.uint32(1)]
        order = np.argsort(ends - begins, kind="stable")
        first, last = np.uint32(low), np.uint32(high)
        left = max(_BUDGET, len(self) // _SHARE)
        lists: list[NDArray[np.uint32]] = []
        for begin, end in zip(begins[order].tolist(), ends[order].tolist(), strict=True):
            if begin == end:
                continue
            whole = self.posts[begin:end]
            inside = whole[whole.searchsorted(first) : whole.searchsorted(last)]
            if len(inside) == 0:
                continue
            left -= len(inside)
            if left < 0 and lists:
                break
            lists.append(inside)
        return lists

    def _joint(self, keys: grams.Keys) -> Places:
        """Return the places that are in the shortest lists of all pieces."""
        begins, ends = self.offsets[keys], self.offsets[keys + np.uint32(1)]
        order = np.argsort(ends - begins, kind="stable")[:_LISTS]
        lists = [self.posts[begins[at] : ends[at]] for at in order.tolist()]
        found = lists[0]
        for other in lists[1:]:
            if not len(found) or not len(other):
                return np.zeros(0, dtype=np.int64)
            at = np.minimum(other.searchsorted(found), len(other) - 1)
            found = found[other[at] == found]
        return found.astype(np.int64)

    def _scan(self, phrase: str) -> Places:
        """Return places of texts with a phrase that is too short for a piece, read one by one.

        Only spellings in small letters, with a capital, and in capitals are seen.
        """
        found: set[int] = set()
        for spelling in {phrase, phrase.capitalize(), phrase.upper()}:
            found.update(self._occurrences(spelling.encode("utf-8", "surrogatepass")))
        return np.array(sorted(found), dtype=np.int64)

    def _occurrences(self, wanted: bytes) -> list[int]:
        """Return the places where bytes occur, for at most ``_WHOLE`` occurrences."""
        end = int(self.begins[-1])
        at = self.file.find(wanted, int(self.begins[0]), end)
        positions: list[int] = []
        while at >= 0 and len(positions) < _WHOLE:
            positions.append(at)
            at = self.file.find(wanted, at + 1, end)
        places: list[int] = (self.begins.searchsorted(positions, side="right") - 1).tolist()
        return places


def _commonest(places: NDArray[np.uint32], span: int) -> Places:
    """Return the places that occur most often, at most ``_FEW`` of them.

    Args:
        places: Changed in place.
        span: One more than the highest place that is possible.
    """
    if len(places) * 3 < span:
        # few among many: counting in a table of all would cost more than sorting
        places.sort()
        ends = np.flatnonzero(np.append(places[1:] != places[:-1], True))
        counts, found = np.diff(ends, prepend=-1), places[ends].astype(np.int64)
    else:
        table = np.bincount(places)
        found = np.flatnonzero(table > 1)
        if len(found) < _FEW:
            found = np.flatnonzero(table)
        counts = table[found]
    if len(found) > _FEW:
        found = found[np.argpartition(counts, len(counts) - _FEW)[-_FEW:]]
    return found
