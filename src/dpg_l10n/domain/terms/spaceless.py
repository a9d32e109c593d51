"""Terms in scripts that put no space between words: Thai, Lao, Khmer, Burmese, Chinese, Japanese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

_BETWEEN = frozenset("\u200b\u00ad\u2060\ufeff")
"""Invisible: some writers put them between words, others do not."""


class Flat(NamedTuple):
    """A text without difference of case and without invisible spaces."""

    text: str
    places: list[int] | None
    """Where each character stands in the original; None where all stand in the same place."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the flat text stands in the original."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def flat(text: str) -> Flat:
    """Return a text as terms are looked for in it."""
    lower = text.lower()
    if len(lower) == len(text) and _BETWEEN.isdisjoint(text):
        return Flat(lower, None)
    made: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        if character not in _BETWEEN:
            made.append(character.lower())
            places += [at] * len(made[-1])
    return Flat("".join(made), places)


def occurrences(text: str, term: str) -> Iterator[tuple[int, int]]:
    """Yield where a flat term stands in a flat text: Latin letters in it stand for whole words."""
    at = text.find(term) if term else -1
    while at >= 0:
        end = at + len(term)
        if _stands(text, at, end):
            yield at, end
            at = text.find(term, end)
        else:
            at = text.find(term, at + 1)


class Substrings:
    """Finds many terms in a text at once.

    The work is the length of the text times that of the longest terms with the same beginning,
    whatever their number.
    """

    def __init__(self, terms: Iterable[tuple[str, int]]) -> None:
        """Take the terms in, each with a number."""
        self._numbers: dict[str, list[int]] = {}
        self._sizes: dict[str, set[int]] = {}
        for term, number in terms:
            key = flat(term).text.strip()
            if key:
                self._numbers.setdefault(key, []).append(number)
                self._sizes.setdefault(key[0], set()).add(len(key))
        self._longest_first = {
            first: sorted(sizes, reverse=True) for first, sizes in self._sizes.items()
        }

    def find(self, text: str) -> list[tuple[int, int, list[int]]]:
        """Return start, end and numbers of the terms of a text, the longest at each place."""
        view = flat(text)
        found = []
        at = 0
        while at < len(view.text):
            end = at + 1
            for size in self._longest_first.get(view.text[at], ()):
                numbers = self._numbers.get(view.text[at : at + size])
                whole = at + size <= len(view.text)
                if numbers is not None and whole and _stands(view.text, at, at + size):
                    found.append((*view.place(at, at + size), numbers))
                    end = at + size
                    break
            at = end
        return found


def _stands(text: str, start: int, end: int) -> bool:
    """Tell whether no Latin word is cut at the edges."""
    return not (
        (start > 0 and _is_latin(text[start]) and _is_latin(text[start - 1]))
        or (end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]))
    )


def _is_latin(character: str) -> bool:
    return character < "\u0250" and character.isalnum()
