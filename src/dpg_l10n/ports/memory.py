"""What finds source texts like another one; the index behind it is in ``dpg_l10n.memory``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol


class Near(NamedTuple):
    """A source text that is like the one asked for."""

    text_id: int
    """Number of the source text in the store."""
    similarity: float
    """0.0 to 1.0: the share of characters that need no change (Levenshtein); 1.0 is the same."""


class Newest(NamedTuple):
    """The end of the store's source texts, whose numbers only grow."""

    text_id: int
    """Highest number; 0 where there is no text."""
    known: bool
    """False when the text that was asked about is not the one with that number (any more)."""


class SourceTexts(Protocol):
    """The source texts of a store, as an index reads them."""

    def newest(self, text_id: int, mark: bytes) -> Newest:
        """Return the highest number, and whether a text still has a number.

        Args:
            text_id: Number of the last text that the index has.
            mark: What :meth:`mark` returned for it.
        """

    def mark(self, text_id: int) -> bytes:
        """Return what only this text has."""

    def after(self, text_id: int) -> Iterator[tuple[int, str]]:
        """Yield number and general variant of every text with a higher number, in their order."""


class SourceIndex(Protocol):
    """Finds source texts. It is derived from the store and may be thrown away at any time."""

    def follow(self, texts: SourceTexts) -> None:
        """Take in the texts that came since the last time."""

    def nearest(self, text: str, *, at_least: float, most: int) -> list[Near]:
        """Return the texts most like a text, best first.

        Args:
            text: What to look for.
            at_least: Lowest similarity, above 0.0 and up to 1.0.
            most: Most results.
        """

    def holding(self, words: str, *, most: int) -> list[int]:
        """Return the numbers of texts that hold all words, without difference of case.

        Args:
            words: Separated by white space; in scripts without spaces any part of a text.
            most: Most results.
        """

    def rebuild(self, texts: SourceTexts) -> int:
        """Forget everything and take in all texts; return how many there are."""

    def close(self) -> None:
        """Finish what is being written."""
