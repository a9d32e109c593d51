"""How alike two texts are, and which of many is the most alike, without comparing all pairs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property
from itertools import accumulate, chain, count, pairwise

GRAM = 3
_BUDGET = 800
"""Postings looked at for one text. The rarest grams come first: they say most, and a look-up costs
the same however many texts there are."""
_CANDIDATES = 32
"""Texts that are compared in full, those that share most of the rare grams."""
_OF_WORDS = 24
"""The same for those that share rare words."""
_LONGEST = 4 * _BUDGET
"""So much of the rarest list is looked at where even that is long."""


_SLOT = re.compile(r"\{\{[^{}]{0,80}\}\}|[$%]?\{[^{}]{0,80}\}|%\(\w{1,80}\)\w")
_WORD = re.compile(r"\w+")


def without_names(text: str) -> str:
    """Return the text with its named placeholders as one character each.

    Their names are long and say little: “Save {{entityName}}” is not “Delete {{entityName}}”, and
    “Search {{name}}” is “Search {{title}}”.
    """
    return _SLOT.sub("\ufffc", text) if "{" in text or "%(" in text else text


def grams(text: str) -> frozenset[str]:
    """Return the distinct trigrams of a text, padded and case folded, names of placeholders aside."""
    return frozenset(_grams(without_names(text).casefold()))


def _grams(folded: str) -> list[str]:
    padded = f"  {folded} "
    return [padded[at : at + GRAM] for at in range(len(folded) + 1)]


def dice(one: Set[str], two: Set[str]) -> float:
    """Return how alike two texts are by their grams, 0.0 to 1.0 (Dice's coefficient)."""
    whole = len(one) + len(two)
    return 2 * len(one & two) / whole if whole else 1.0


def ends(one: str, two: str) -> float:
    """Return how much of the longer text is the same from the beginning or to the end, 0.0 to 1.0.

    Names of placeholders and upper case aside.
    """
    one, two = (without_names(text).casefold() for text in (one, two))
    begin = _shared(one, two)
    end = _shared(one[begin:][::-1], two[begin:][::-1])
    return (begin + end) / (max(len(one), len(two)) or 1)


def _shared(one: str, two: str) -> int:
    """Return how many characters both begin with."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(two)))


class GramIndex:
    """Texts by the grams that they hold, and in the order of their beginnings and of their ends.

    Args:
        texts: Texts to search among; a result names one by its place here.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Take every text apart once."""
        self._texts = texts
        folded = [without_names(text).casefold() for text in texts]
        self._grams = [frozenset(_grams(text)) for text in folded]
        self._orders = (
            sorted(zip(folded, count())),
            sorted(zip([text[::-1] for text in folded], count())),
        )

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        """Texts by gram and by pair of words, made when the first text needs them."""
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for index, found in enumerate(self._grams):
            for piece in found:
                holders[piece].append(index)
            for pair in _pairs(self._texts[index]):
                holders[pair].append(index)
        return dict(holders)

    def nearest(
        self, text: str, *, at_least: float = 0.6, most: int = 5, enough: float | None = None
    ) -> list[tuple[float, int]]:
        """Return ``(score, index)`` of the most alike texts, best first.

        Args:
            text: What to look for.
            at_least: Lowest score, 0.0 to 1.0.
            most: How many results at most.
            enough: Score of the best from which others matter little: several times quicker. None
                looks for all.
        """
        folded = without_names(text).casefold()
        pieces = dict.fromkeys(_grams(folded))
        wanted = frozenset(pieces)
        if enough is not None:
            found = self._likest(wanted, self._beside(folded), at_least)
            if found and found[0][0] >= enough:
                return found[:most]
        lists = sorted(filter(None, map(self._holders.get, chain(pieces, _pairs(text)))), key=len)
        spent = list(accumulate(map(len, lists)))
        whole = max(bisect_right(spent, _BUDGET), 1)
        votes = Counter(chain.from_iterable(part[:_LONGEST] for part in lists[:whole]))
        return self._likest(wanted, _top(votes, _CANDIDATES), at_least)[:most]

    def _beside(self, folded: str) -> set[int]:
        """Return the texts that stand beside one by its beginning or by its end.

        Most texts are changed in one place, and share all before or behind it with what they were.
        """
        found = set()
        for order, wanted in zip(self._orders, (folded, folded[::-1]), strict=True):
            at = bisect_left(order, (wanted, -1))
            found.update([index for _, index in order[max(at - 1, 0) : at + 1]])
        return found

    def _likest(
        self, wanted: frozenset[str], candidates: Iterable[int], at_least: float
    ) -> list[tuple[float, int]]:
        return _likest(wanted, candidates, self._grams.__getitem__, at_least)


class WordIndex:
    """Texts by those of their words that will be asked for: quicker to make than by grams.

    It finds texts that share a word, which serves where some miss is no loss.

    Args:
        texts: Texts to search among; a result names one by its place here.
        wanted: Texts that will be looked for.
    """

    def __init__(self, texts: Sequence[str], wanted: Iterable[str]) -> None:
        """Note where the wanted words are."""
        self._texts = texts
        self._grams: dict[int, frozenset[str]] = {}
        holders: dict[str, list[int]] = {word: [] for text in wanted for word in _words(text)}
        asked_for = frozenset(holders).intersection
        find = _WORD.findall
        for index, text in enumerate(texts):
            for word in asked_for(find(without_names(text).casefold())):
                holders[word].append(index)
        self._holders = holders

    def nearest(
        self, text: str, *, at_least: float = 0.6, most: int = 5
    ) -> list[tuple[float, int]]:
        """Return ``(score, index)`` of the most alike texts, best first.

        Args:
            text: One of the wanted texts.
            at_least: Lowest score, 0.0 to 1.0.
            most: How many results at most.
        """
        lists = sorted((self._holders[word] for word in _words(text)), key=len)
        votes: defaultdict[int, float] = defaultdict(float)
        spent = 0
        for holders in lists:
            spent += len(holders)
            if spent > _BUDGET and votes:
                break
            # a rare word says more
            weight = 1 / (1 + len(holders))
            for index in holders[:_BUDGET]:
                votes[index] += weight
        chosen = _top(votes, _OF_WORDS)
        return _likest(grams(text), chosen, self._of, at_least)[:most]

    def _of(self, index: int) -> frozenset[str]:
        found = self._grams.get(index)
        if found is None:
            found = self._grams[index] = grams(self._texts[index])
        return found


def _likest(
    wanted: frozenset[str],
    candidates: Iterable[int],
    grams_of: Callable[[int], frozenset[str]],
    at_least: float,
) -> list[tuple[float, int]]:
    scored = [(dice(wanted, grams_of(index)), index) for index in candidates]
    return sorted(
        (pair for pair in scored if pair[0] >= at_least), key=lambda pair: (-pair[0], pair[1])
    )


def _top(votes: Mapping[int, float], most: int) -> list[int]:
    """Return what has the most votes, those with the lower numbers where votes are equal."""
    if len(votes) <= most:
        return list(votes)
    # numbers of votes are few: counting them is quicker than sorting the votes
    ranked = sorted(Counter(votes.values()).items(), reverse=True)
    counted = accumulate(holders for _, holders in ranked)
    least = next(
        number for (number, _), found in zip(ranked, counted, strict=True) if found >= most
    )
    above = [index for index, number in votes.items() if number > least]
    equal = sorted([index for index, number in votes.items() if number == least])
    return above + equal[: most - len(above)]


def _pairs(text: str) -> dict[str, None]:
    """Return the neighbouring words of a text: rare where few words make all texts of a catalogue."""
    words = without_names(text).casefold().split()
    # in their order, so that equals are always taken in the same one
    return dict.fromkeys([f"{one} {two}" for one, two in pairwise(words)])


def _words(text: str) -> dict[str, None]:
    return dict.fromkeys(_WORD.findall(without_names(text).casefold()))
