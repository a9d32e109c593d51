"""What a glossary asks of drafts: words to use, words never to use, names that stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_ENDING = 3
"""Letters at the end of a word by which its inflected forms may differ."""

_STEM = 3
"""Letters that are left of it at least."""


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term in a source text, and what a draft of the text may call it."""

    start: int
    end: int
    """The term is ``text[start:end]``."""
    accepted: tuple[str, ...] = ()
    """A draft uses one of these, the first rather than the others; empty asks for none."""
    forbidden: tuple[str, ...] = ()
    """A draft uses none of these."""
    keep: bool = False
    """True for a name that is not translated."""

    def said(self, draft: str) -> bool:
        """Tell whether a draft says the term in an accepted word."""
        return not self.accepted or any(says(draft, word) for word in self.accepted)

    def wrong(self, draft: str) -> bool:
        """Tell whether a draft says a forbidden word, and not as part of an accepted one."""
        for word in self.accepted:
            draft = _remove(draft, word)
        return any(says(draft, word) for word in self.forbidden)


Terms = Callable[[str], Sequence[TermUse]]
"""Finds the terms of a text."""


def no_terms(_text: str) -> Sequence[TermUse]:
    """Find none."""
    return ()


def says(text: str, term: str) -> bool:
    """Tell whether a text says a term, inflected or not: its words, next to one another."""
    return _find(text, term) is not None


def _remove(text: str, term: str) -> str:
    while (found := _find(text, term)) is not None:
        text = f"{text[: found[0]]} … {text[found[1] :]}"
    return text


def _find(text: str, term: str) -> tuple[int, int] | None:
    wanted = [match[0].casefold() for match in _WORD.finditer(term)]
    if not wanted:
        return None
    words = list(_WORD.finditer(text))
    for first in range(len(words) - len(wanted) + 1):
        there = words[first : first + len(wanted)]
        if all(
            _alike(match[0].casefold(), word) for match, word in zip(there, wanted, strict=True)
        ):
            return there[0].start(), there[-1].end()
    if len(wanted) == 1 and not term.isascii() and term.casefold() in text.casefold():
        start = text.casefold().find(term.casefold())  # scripts without spaces, and prefixed words
        return start, start + len(term)
    return None


def _alike(word: str, term: str) -> bool:
    """Tell whether a word may be a form of another one: they differ in the last letters only."""
    if word == term:
        return True
    if abs(len(word) - len(term)) > _ENDING:
        return False
    stem = max(min(_STEM, len(term)), len(term) - _ENDING + 1)
    return len(term) > _STEM and word[:stem] == term[:stem] and len(word) < stem + 2 * _ENDING
