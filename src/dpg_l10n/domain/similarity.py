"""How alike two texts are, and which of many is the most alike, without comparing all pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

GRAM = 3
_COMMON = 400
"""A gram that more texts share than this finds nothing that a rarer gram would not."""


def grams(text: str) -> Counter[str]:
    """Return the padded trigrams of a text, case folded, with their counts."""
    padded = f"  {text.casefold()} "
    return Counter(padded[at : at + GRAM] for at in range(len(padded) - GRAM + 1))


def dice(one: Counter[str], two: Counter[str]) -> float:
    """Return how alike two texts are by their grams, 0.0 to 1.0."""
    if len(two) < len(one):
        one, two = two, one
    shared = sum(min(count, two[gram]) for gram, count in one.items() if gram in two)
    whole = one.total() + two.total()
    return 2 * shared / whole if whole else 1.0


class GramIndex:
    """Texts by the grams that they hold.

    Args:
        texts: Texts to search among; a result is their index.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Count the grams of every text once."""
        self._grams = [grams(text) for text in texts]
        self._holders: dict[str, list[int]] = defaultdict(list)
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
        votes: Counter[int] = Counter()
        for gram in sorted(wanted, key=lambda gram: len(self._holders.get(gram, ()))):
            holders = self._holders.get(gram, ())
            if len(holders) > _COMMON and votes:
                break
            votes.update(holders)
        scored = [(dice(wanted, self._grams[index]), index) for index, _ in votes.most_common(40)]
        return sorted(
            (pair for pair in scored if pair[0] >= at_least), key=lambda pair: (-pair[0], pair[1])
        )[:most]
