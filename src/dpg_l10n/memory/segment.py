"""One immutable part of the index: texts in order of length, and which of them hold a piece."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dpg_l10n.domain.memory import fold
from dpg_l10n.memory import grams

LONGEST = 4096
"""Lengths are told apart up to here; longer texts are few and lie in one range."""
_SHARE = 10
"""One of so many texts is the most postings looked at for one question."""
_BUDGET = 50_000
"""Postings looked at in a small segment."""
_FEW = 400
"""Texts that are compared in full: those that share most of the rarest pieces."""
_MORE_BUDGET, _MORE = 1_000_000, 2000
"""The same two where very many texts share most pieces of the one that is looked for."""
_TOUCHED = 3
"""Pieces of three characters that one changed character is in."""
_WHOLE = 2000
"""Texts that are read for a phrase."""
_STEP = 2000
"""Places looked at first for a phrase; then four times as many, and so on."""
_SPARSE = 24
"""A list so many times as long as what is looked up in it is searched; a shorter one is marked."""
_PAGE = 10_000
"""Texts read at once where all are."""
_ROUNDING = 1e-9

Places = NDArray[np.int64]
"""Places of texts inside a segment."""


class Candidates(NamedTuple):
    """Texts that are worth comparing with one, and how many lists speak for those left out."""

    places: Places
    lists: int
    """Lists of pieces that were read."""
    left: int
    """Most of these lists that a text is in that was left out; 0 where none was."""

    def are_crowded(self, changes: float) -> bool:
        """Tell whether there are so many texts of the kind that better ones may have been left out.

        That is so where a text that was left out is in half of the lists, and in no fewer than one
        with so many changed characters would be.
        """
        return 0 < self.left * 2 >= self.lists and self.left >= self.lists - _TOUCHED * changes


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

    def read(self, places: Places) -> list[str]:
        """Return the texts at some places."""
        begins, ends = self.begins[places].tolist(), self.begins[places + 1].tolist()
        file = self.file
        return [
            file[begin:end].decode("utf-8", "surrogatepass")
            for begin, end in zip(begins, ends, strict=True)
        ]

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield number and text of all, in order of length."""
        for begin in range(0, len(self), _PAGE):
            places = np.arange(begin, min(begin + _PAGE, len(self)))
            yield from zip(self.ids[places].tolist(), self.read(places), strict=True)

    def alike(self, text: str, at_least: float, *, more: bool = False) -> Candidates:
        """Return the texts that are worth comparing with a text.

        The pieces of a text that are rarest say most about it: their lists are read, rarest first,
        as far as the budget goes, and the texts that are in most of them are the candidates. Texts
        too short or too long to reach the score are not even looked at, because places go by
        length; of texts that are in as many lists those of about the same length come first.

        Args:
            text: What is looked for.
            at_least: Lowest similarity that is wanted.
            more: Read more lists and take more texts.
        """
        low, high = self._range(len(text), at_least)
        budget = max(_BUDGET, len(self) // _SHARE)
        lists = self._rarest(text, low, high, max(budget, _MORE_BUDGET) if more else budget)
        if not lists:
            return Candidates(np.zeros(0, dtype=np.int64), 0, 0)
        found = np.concatenate(lists)
        found -= np.uint32(low)
        middle = int(self.starts[min(len(text), LONGEST)]) - low
        places, left = _commonest(found, high - low, middle, _MORE if more else _FEW)
        return Candidates(places + low, len(lists), left)

    def holding(self, phrases: list[str], most: int) -> list[int]:
        """Return places of texts that hold every one of some folded phrases, short texts first.

        Args:
            phrases: At least one.
            most: Most places.
        """
        found: list[int] = []
        left = _WHOLE
        lists = self._lists(phrases)
        for joint in _joint(lists, 2 * most) if lists else (self._scan(phrases[0]),):
            for begin in range(0, min(len(joint), left), most):
                places = joint[begin : min(begin + most, left)]
                pairs = list(zip(places.tolist(), map(fold, self.read(places)), strict=True))
                for part in phrases:
                    pairs = [pair for pair in pairs if part in pair[1]]
                found += [place for place, _ in pairs]
                if len(found) >= most:
                    return found[:most]
            left -= min(len(joint), left)
            if not left:
                break
        return found

    def _range(self, length: int, at_least: float) -> tuple[int, int]:
        """Return the places between which the lengths are that can reach a score."""
        shortest = min(math.ceil(at_least * length - _ROUNDING), LONGEST)
        longest = math.floor(length / at_least + _ROUNDING) + 1
        high = len(self) if longest > LONGEST else int(self.starts[longest])
        return int(self.starts[shortest]), high

    def _rarest(self, text: str, low: int, high: int, left: int) -> list[NDArray[np.uint32]]:
        """Return the parts of the lists between two places, rarest first, as far as a budget goes."""
        if high <= low:
            return []
        keys = grams.of_text(text, self.bits)
        begins, ends = self.offsets[keys], self.offsets[keys + np.uint32(1)]
        order = np.argsort(ends - begins, kind="stable")
        first, last = np.uint32(low), np.uint32(high)
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

    def _lists(self, phrases: list[str]) -> list[NDArray[np.uint32]]:
        """Return the lists of all pieces: the shortest of each phrase, then the next, and so on.

        Pieces of one word stand mostly in the same texts, so that those of another say more.
        """
        ranked: list[tuple[int, int, int]] = []
        for phrase in phrases:
            keys = grams.of_words(phrase, self.bits)
            begins, ends = self.offsets[keys].tolist(), self.offsets[keys + np.uint32(1)].tolist()
            sizes = sorted((end - begin, begin) for begin, end in zip(begins, ends, strict=True))
            ranked += [(rank, *size) for rank, size in enumerate(sizes)]
        return [self.posts[begin : begin + size] for _, size, begin in sorted(ranked)]

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


def _joint(lists: list[NDArray[np.uint32]], few: int) -> Iterator[Places]:
    """Yield the places that are in all lists, ascending, some at a time.

    Args:
        lists: At least one.
        few: So many places are not looked up in further lists: texts are read as fast.
    """
    first, *others = lists
    begin, step = 0, _STEP
    while begin < len(first):
        found = first[begin : begin + step]
        for other in others:
            if len(found) <= few:
                break
            found = _both(found, other)
        yield found.astype(np.int64)
        begin, step = begin + step, step * 4


def _both(places: NDArray[np.uint32], other: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the places of a list that are in another one too; both ascend."""
    other = other[other.searchsorted(places[0]) : other.searchsorted(places[-1], side="right")]
    if len(other) == 0:
        return places[:0]
    if len(other) > _SPARSE * len(places):
        same: NDArray[np.bool_] = (
            other[np.minimum(other.searchsorted(places), len(other) - 1)] == places
        )
        return _chosen(places, same)
    first = places[0]
    marked = np.zeros(int(places[-1] - first) + 1, dtype=np.bool_)
    marked[other - first] = True
    return _chosen(places, marked[places - first])


def _chosen(places: NDArray[np.uint32], those: NDArray[np.bool_]) -> NDArray[np.uint32]:
    chosen: NDArray[np.uint32] = places[those]
    return chosen


def _commonest(places: NDArray[np.uint32], span: int, middle: int, most: int) -> tuple[Places, int]:
    """Return the places that occur most often, and how often at most one does that was left out.

    Args:
        places: Changed in place.
        span: One more than the highest place that is possible.
        middle: Of places that occur as often those nearest to this one are taken.
        most: Most places.
    """
    if len(places) * 3 < span:
        # few among many: counting in a table of all would cost more than sorting
        places.sort()
        ends = np.flatnonzero(np.append(places[1:] != places[:-1], True))
        counts, found = np.diff(ends, prepend=-1), places[ends].astype(np.int64)
    else:
        table = np.bincount(places)
        found = np.flatnonzero(table > 1)
        if len(found) < most:
            found = np.flatnonzero(table)
        counts = table[found]
    if len(found) <= most:
        return found, 0
    at_least = np.cumsum(np.bincount(counts)[::-1])
    # the highest count that gives enough of them
    limit = len(at_least) - 1 - int(at_least.searchsorted(most))
    sure, last = found[counts > limit], found[counts == limit]
    missing = most - len(sure)
    begin = max(int(last.searchsorted(middle)) - missing // 2, 0)
    begin = min(begin, len(last) - missing)
    return np.concatenate((sure, last[begin : begin + missing])), limit
