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


class Place(NamedTuple):
    """How far an index has read texts of a store."""

    number: int = 0
    """Grows with every text that comes; 0 before the first."""
    mark: bytes = b""
    """What this place has and the same number of another store has not."""


class Newest(NamedTuple):
    """Where the texts of a store end."""

    number: int
    """Of the last place; 0 where there is no text."""
    known: bool
    """False when the place that was asked about is none of this store (any more)."""


class IndexedTexts(Protocol):
    """Texts of a store, as an index reads them."""

    def newest(self, place: Place) -> Newest:
        """Return the last place's number, and whether the store still has a place."""

    def after(self, place: Place) -> tuple[Place, Iterator[tuple[int, str]]]:
        """Return the last place, and every text that came after a place with its number.

        A text may come again, and under the number of an older one that it replaced.
        """


class WordIndex(Protocol):
    """Finds texts by their words. It is derived from the store and may be thrown away at any time."""

    def follow(self, texts: IndexedTexts) -> None:
        """Take in the texts that came since the last time."""

    def holding(self, words: str, *, most: int) -> list[int]:
        """Return the numbers of texts that hold all words, without difference of case.

        Args:
            words: Separated by white space; in scripts without spaces any part of a text.
            most: Most results.
        """


class SourceIndex(WordIndex, Protocol):
    """Finds source texts, and has an index of the translations of each language beside it."""

    def nearest(self, text: str, *, at_least: float, most: int) -> list[Near]:
        """Return the texts most like a text, best first.

        Args:
            text: What to look for.
            at_least: Lowest similarity, above 0.0 and up to 1.0.
            most: Most results.
        """

    def translations(self, language: str) -> WordIndex:
        """Return the index of the finished translations in a language (BCP 47 tag)."""

    def rebuild(self, texts: IndexedTexts) -> int:
        """Forget everything and take in all source texts; return how many there are."""

    def close(self) -> None:
        """Finish what is being written."""


class Memory(Protocol):
    """What is translated anywhere in the store, and the texts that indexes read."""

    def sources(self) -> IndexedTexts:
        """Return the source texts; of plural ones the general variant."""

    def translations(self, language: str) -> IndexedTexts:
        """Return the finished translations in exactly this language, all variants of each.

        Their numbers are those that :meth:`saying` takes. Texts that were taken back may be among
        them.
        """

    def languages(self, language: str) -> tuple[str, ...]:
        """Return the languages of the store that serve: this one, and other regions of it."""

    def exact(
        self, wanted: Mapping[int, Text], language: str, project: Project
    ) -> dict[int, MemoryMatch]:
        """Return the best finished translation of each source text (by number) where one is."""

    def recall(
        self, text_ids: Sequence[int], language: str, source_language: str
    ) -> list[Recalled]:
        """Return every finished translation of some source texts, whoever may see it."""

    def saying(self, numbers: Sequence[int], language: str, source_language: str) -> list[Recalled]:
        """Return the finished translations with some numbers, as they are now, whoever may see them.

        Args:
            numbers: As an index of :meth:`translations` knows them; what is gone is left out.
            language: BCP 47 tag; other regions of the same language and script serve too.
            source_language: BCP 47 tag, in the same way.
        """

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
