"""Letters that open a menu entry by key: ``&File``, ``_File``, ``~File``.

A mark inside a word makes another word of it for an engine, so it is taken out before and put back
after, on the same letter where the draft has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

MAX_CHARS = 60
"""Longest text that can be a label."""

_MARK = re.compile(
    # at the beginning of a word, or inside one that goes on in small letters ("E&xit")
    r"(?<![\w&~])[&_~](?=[^\W\d_]{2})|(?<=[^\W\d_])[&~](?=[^\W\d_A-Z])|(?<=\b[A-Z])_(?=[a-z])"
)
_SHORTEST = 3
"""Letters of a word that has a mark inside."""


class Accelerator(NamedTuple):
    """A mark, and the letter after it."""

    mark: str
    letter: str


def take_out(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, Accelerator | None]:
    """Return a label without its mark, and the mark; any other text as it is.

    Args:
        text: Source text.
        spans: What a draft carries over: a mark is never inside of it.
    """
    if len(text) > MAX_CHARS or not any(mark in text for mark in "&_~"):
        return text, None
    found = [
        match.start()
        for match in _MARK.finditer(text)
        if not any(start <= match.start() < end for start, end in spans)
    ]
    if len(found) != 1:
        return text, None
    at = found[0]
    mark = text[at]
    plain = text[:at] + text[at + 1 :]
    outside = sum(text.count(mark, start, end) for start, end in spans)
    inside = at > 0 and text[at - 1].isalpha()
    if text.count(mark) - outside != 1 or (inside and len(_word(plain, at)) < _SHORTEST):
        return text, None
    return plain, Accelerator(mark, text[at + 1])


def put_back(draft: str, key: Accelerator, spans: Sequence[tuple[int, int]]) -> str:
    """Return a draft with the mark on the same letter, else on its first one.

    A script without capitals gets the letter in brackets after the text, as its programs do.

    Args:
        draft: A draft without the mark.
        key: What was taken out of its source.
        spans: Where no mark may go.
    """
    free = [
        at
        for at, character in enumerate(draft)
        if character.isalpha() and not any(start <= at < end for start, end in spans)
    ]
    if not any(draft[at].islower() or draft[at].isupper() for at in free):
        return f"{draft}({key.mark}{key.letter.upper()})"
    same = [at for at in free if draft[at].casefold() == key.letter.casefold()]
    begins = [at for at in same if not draft[at - 1 : at].isalnum()]
    at = (begins or same or free)[0]
    return draft[:at] + key.mark + draft[at:]


def _word(text: str, at: int) -> str:
    start = end = at
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end]
