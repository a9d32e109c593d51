"""How alike two texts are, and which of many is the most alike, without comparing all pairs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import chain, pairwise

GRAM = 3
_BUDGET = 800
"""Postings looked at for one text. The rarest grams come first: they say most, and a look-up costs
the same however many texts there are."""
_CANDIDATES = 12
"""Texts that are compared in full, those that share most of the rare grams."""
_LONGEST = 4 * _BUDGET
"""So much of the rarest list is looked at where even that is long."""
_ROUNDS = ((60, 3), (300, 8), (_BUDGET, _CANDIDATES))
"""Budget and candidates of each look at the lists, the last one whole: most texts that were changed
a little are found among their rarest grams."""


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
    padded = f"  {without_names(text).casefold()} "
    return frozenset([padded[at : at + GRAM] for at in range(len(padded) - GRAM + 1)])


def dice(one: Set[str], two: Set[str]) -> float:
    """Return how alike two texts are by their grams, 0.0 to 1.0 (Dice's coefficient)."""
    whole = len(one) + len(two)
    return 2 * len(one & two) / whole if whole else 1.0


class GramIndex:
    """Texts by the grams that they hold.

    Args:
        texts: Texts to search among; a result names one by its place here.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Take every text apart once."""
        self._grams = [grams(text) for text in texts]
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for index, found in enumerate(self._grams):
            for piece in found:
                self._holders[piece].append(index)
            for pair in _pairs(texts[index]):
                self._holders[pair].append(index)

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
        wanted = grams(text)
        pieces = map(self._holders.get, chain(wanted, _pairs(text)))
        lists = sorted(filter(None, pieces), key=len)
        votes: Counter[int] = Counter()
        spent = at = 0
        found: list[tuple[float, int]] = []
        for budget, candidates in _ROUNDS[-1:] if enough is None else _ROUNDS:
            begun = at
            while at < len(lists) and (not at or spent + len(lists[at]) <= budget):
                spent += len(lists[at])
                at += 1
            votes.update(chain.from_iterable(part[:_LONGEST] for part in lists[begun:at]))
            found = _likest(wanted, _top(votes, candidates), self._grams.__getitem__, at_least)
            if enough is not None and found and found[0][0] >= enough:
                break
        return found[:most]


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
        self._holders: dict[str, list[int]] = {word: [] for text in wanted for word in _words(text)}
        get = self._holders.get
        for index, text in enumerate(texts):
            for word in _words(text):
                holders = get(word)
                if holders is not None:
                    holders.append(index)

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
        chosen = _top(votes, 2 * _CANDIDATES)
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
    """Return what has the most votes, those with the lower numbers first where votes are equal."""
    if len(votes) <= most:
        return sorted(votes, key=lambda index: (-votes[index], index))
    # sorting bare numbers is many times quicker than sorting with a key, and few have the most
    least = sorted(votes.values(), reverse=True)[most - 1]
    found = [index for index, count in votes.items() if count >= least]
    found.sort(key=lambda index: (-votes[index], index))
    return found[:most]


def _pairs(text: str) -> set[str]:
    """Return the neighbouring words of a text: rare where few words make all texts of a catalogue."""
    words = without_names(text).casefold().split()
    return {f"{one} {two}" for one, two in pairwise(words)}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(without_names(text).casefold()))
