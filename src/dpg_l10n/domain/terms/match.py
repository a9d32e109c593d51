"""Finds the terms of a glossary in a text, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from dpg_l10n.domain.locales import base
from dpg_l10n.domain.terms.forms import alike, inflected
from dpg_l10n.domain.terms.spaceless import Substrings
from dpg_l10n.domain.terms.words import (
    EXACT,
    Word,
    fold,
    has_stemmer,
    is_spaceless,
    term_words,
    without_qualifier,
    words,
)

MOST_WORDS = 20
"""Words of a term; longer ones are texts and are not looked for."""
_REMEMBERED = 16_384
"""Texts of which the terms are kept."""
_BUCKET = 4
"""Letters by which words are sorted where no stemmer knows their forms."""


class Entry(NamedTuple):
    """A term to look for."""

    text: str
    number: int
    """Of whatever the term belongs to."""
    exact: bool = False
    """True for a name, whose capitals count."""
    verb: bool = False
    """True for a verb, which has tenses."""


class Match(NamedTuple):
    """A term in a text."""

    start: int
    end: int
    """The term is ``text[start:end]``."""
    numbers: tuple[int, ...]
    """Of everything that the term belongs to."""


class Finder(Protocol):
    """Finds terms in texts of one language."""

    def find(self, text: str) -> list[Match]:
        """Return the terms of a text in order, none inside another: the longest at each place."""


def finder(entries: Iterable[Entry], language: str) -> Finder:
    """Return what finds terms in texts of a language.

    Args:
        entries: The terms.
        language: BCP 47 tag of terms and texts.
    """
    if is_spaceless(language):
        return _Spaceless(entries)
    return _Trie(entries, language)


@lru_cache(maxsize=4)
def shared_finder(entries: tuple[Entry, ...], language: str) -> Finder:
    """Return what finds terms in texts that are asked for many times: once for each translation.

    The same terms give the same one, so that all languages of a project have one tree and each of
    its source texts is looked through once.

    Args:
        entries: The terms.
        language: BCP 47 tag of terms and texts.
    """
    return _Remembering(finder(entries, language))


class _Remembering:
    """Keeps what it found in the first texts; those behind them are looked through each time.

    Languages are taken one after another, so that what was kept last would be gone when it is asked for.
    """

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._known: dict[str, list[Match]] = {}

    def find(self, text: str) -> list[Match]:
        found = self._known.get(text)
        if found is None:
            found = self._finder.find(text)
            if len(self._known) < _REMEMBERED:
                self._known[text] = found
        return found


class _Spaceless:
    def __init__(self, entries: Iterable[Entry]) -> None:
        self._terms = Substrings((without_qualifier(entry.text), entry.number) for entry in entries)

    def find(self, text: str) -> list[Match]:
        return [
            Match(start, end, tuple(sorted(set(numbers))))
            for start, end, numbers in self._terms.find(text)
        ]


class _End(NamedTuple):
    """A term that ends at a node."""

    number: int
    forms: tuple[str, ...]
    """Its folded words, to be compared with those of the text; empty where keys say it all."""
    verb: bool


class _Node:
    """What may follow some words."""

    __slots__ = ("ends", "following")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.ends: list[_End] = []


class _Trie:
    """Terms by the stems of their words: each word of a text is looked up, and no term is."""

    def __init__(self, entries: Iterable[Entry], language: str) -> None:
        self._language = language
        self._code = base(language)
        self._guessing = not has_stemmer(language)
        self._comparing = self._guessing or self._code == "en"
        self._root = _Node()
        for entry in entries:
            found = term_words(entry.text, language, exact=entry.exact)
            if 0 < len(found) <= MOST_WORDS:
                self._add(found, entry.number, verb=entry.verb)

    def _add(self, term: Sequence[tuple[str, str]], number: int, *, verb: bool) -> None:
        node = self._root
        for key, _ in term:
            node = node.following.setdefault(self._bucket(key), _Node())
        # of an acronym the key says it all
        forms = tuple("" if key[:1] == EXACT else form for key, form in term)
        forms = forms if self._comparing else ()
        node.ends.append(_End(number, forms, verb))

    def _bucket(self, key: str) -> str:
        return key[:_BUCKET] if self._guessing and key[:1] != EXACT else key

    def find(self, text: str) -> list[Match]:
        found = words(text, self._language)
        matches = []
        at = 0
        begins = self._root.following
        while at < len(found):
            keys = found[at].keys
            if not self._guessing and begins.keys().isdisjoint(keys):
                at += 1  # most words begin no term
                continue
            match = self._longest(text, found, at)
            if match is None:
                at += 1
            else:
                end, numbers = match
                matches.append(Match(found[at].start, found[end - 1].end, numbers))
                at = end
        return matches

    def _longest(
        self, text: str, found: Sequence[Word], begin: int
    ) -> tuple[int, tuple[int, ...]] | None:
        """Return the word after the longest term that begins at a word, and what it belongs to."""
        best = None
        nodes = [self._root]
        at = begin
        while nodes and at < len(found):
            nodes = [
                following
                for node in nodes
                for key in found[at].keys
                if (following := node.following.get(self._bucket(key))) is not None
            ]
            at += 1
            numbers = [
                end.number
                for node in nodes
                for end in node.ends
                if not end.forms or self._says(text, found[begin:at], end)
            ]
            if numbers:
                best = at, tuple(sorted(set(numbers)))
        return best

    def _says(self, text: str, found: Sequence[Word], end: _End) -> bool:
        pairs = [pair for pair in zip(fold(text, found), end.forms, strict=True) if pair[1]]
        if self._code == "en":  # its stemmer takes “assigned” and “assignment” for one word
            return all(inflected(word, form, verb=end.verb) for word, form in pairs)
        return all(alike(word, form, self._code) for word, form in pairs)
