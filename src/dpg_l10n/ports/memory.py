"""The memory: what is translated anywhere, and the index that finds source texts like another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from dpg_l10n.domain.memory import Foreign, ForeignEntry, Recalled
from dpg_l10n.domain.message import Text, plain
from dpg_l10n.domain.records import Project
from dpg_l10n.domain.unit import MemoryMatch


class Near(NamedTuple):
    """A source text that is like the one asked for."""

    text_id: int
    """Number of the source text in the store."""
    similarity: float
    """0.0 to 1.0: the share of characters that need no change (Levenshtein); 1.0 is the same."""
    text: str
    """What the index knows under this number, with composed characters (NFC)."""

    def is_of(self, source: Text) -> bool:
        """Tell whether a source text of the store is still the one that was found.

        It is not for moments, after a store was put back from a backup.
        """
        return unicodedata.normalize("NFC", plain(source)) == self.text


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


class Memory(SourceTexts, Protocol):
    """What is translated anywhere in the store, and the source texts that an index reads."""

    def exact(
        self, wanted: Mapping[int, Text], language: str, project: Project
    ) -> dict[int, MemoryMatch]:
        """Return the best finished translation of each source text (by number) where one is."""

    def recall(
        self, text_ids: Sequence[int], language: str, source_language: str
    ) -> list[Recalled]:
        """Return every finished translation of some source texts, whoever may see it."""

    def saying(
        self, words: Sequence[str], language: str, source_language: str, most: int
    ) -> list[Recalled]:
        """Return finished translations that hold all words, whoever may see them."""

    def find(self, text: Text) -> int | None:
        """Return the number of a source text, or None."""

    def source_changes(self, unit_ids: Sequence[int]) -> dict[int, int]:
        """Return how often the source text of units was changed after they came."""


class ForeignMemories(Protocol):
    """Memories that came as files."""

    def list(self) -> tuple[tuple[Foreign, int], ...]:
        """Return every memory with the number of its entries, by name."""

    def get(self, name: str) -> Foreign | None:
        """Return a memory, or None."""

    def languages(self, memory: Foreign) -> tuple[str, ...]:
        """Return the languages of its translations."""

    def save(self, memory: Foreign, actor: str) -> Foreign:
        """Add a memory or bring its licence and time up to date; return it with its number."""

    def add(self, memory: Foreign, entries: Sequence[ForeignEntry]) -> None:
        """Add entries; one that is there already with the same text is brought up to date."""

    def entries(self, memory: Foreign) -> Iterator[ForeignEntry]:
        """Yield every entry of a memory."""

    def remove(self, memory: Foreign) -> int:
        """Take a memory and all its entries out; return how many there were."""
