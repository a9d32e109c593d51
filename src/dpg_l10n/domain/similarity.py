"""How alike two texts are, and which of many is the most alike, without comparing all pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set

GRAM = 3
_BUDGET = 1200
"""Postings looked at for one text. The rarest grams come first: they say most, and a look-up costs
the same however many texts there are."""
_CANDIDATES = 12
"""Texts that are compared in full, those that share most of the rare grams."""


def grams(text: str) -> frozenset[str]:
    """Return the distinct trigrams of a text, padded and case folded."""
    padded = f"  {text.casefold()} "
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
            for gram in found:
                self._holders[gram].append(index)

    def nearest(
        self, text: str, *, at_least: float = 0.6, most: int = 5
    ) -> list[tuple[float, int]]:
        """Return ``(score, index)`` of the most alike texts, best first.

        Args:
            text: What to look for.
            at_least: Lowest score, 0.0 to 1.0.
            most: How many results at most.
        """
        wanted = grams(text)
        lists = sorted((self._holders[gram] for gram in wanted if gram in self._holders), key=len)
        votes: Counter[int] = Counter()
        spent = 0
        for holders in lists:
            spent += len(holders)
            if spent > _BUDGET and votes:
                break
            votes.update(holders)
        scored = [
            (dice(wanted, self._grams[index]), index) for index, _ in votes.most_common(_CANDIDATES)
        ]
        return sorted(
            (pair for pair in scored if pair[0] >= at_least), key=lambda pair: (-pair[0], pair[1])
        )[:most]
