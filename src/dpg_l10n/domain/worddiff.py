"""What changed between two texts, in words, for people to read."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from dpg_l10n.domain.message import Text

_MOST_WORK = 1_000_000
"""Pairs of words compared; longer texts are shown as replaced between what they share."""
_TOKEN = re.compile(r"\s+|\S+")


class Change(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """A stretch of text that has one fate."""

    change: Change
    text: str


def word_diff(old: Text, new: Text) -> tuple[Piece, ...]:
    """Return both texts as pieces: the same and the removed ones give the old text, in order.

    Words are what white space separates: letters of many scripts carry marks that must not be
    taken from them.
    """
    before, after = (_TOKEN.findall(_flat(text)) for text in (old, new))
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    pieces = [Piece(Change.SAME, "".join(before[:start]))]
    pieces += _middle(before[start : len(before) - end], after[start : len(after) - end])
    pieces.append(Piece(Change.SAME, "".join(before[len(before) - end :])))
    return tuple(piece for piece in pieces if piece.text)


def _middle(before: list[str], after: list[str]) -> list[Piece]:
    if len(before) * len(after) > _MOST_WORK:
        return [Piece(Change.REMOVED, "".join(before)), Piece(Change.ADDED, "".join(after))]
    pieces = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, one, two, three, four in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[one:two])))
        else:
            pieces.append(Piece(Change.REMOVED, "".join(before[one:two])))
            pieces.append(Piece(Change.ADDED, "".join(after[three:four])))
    return pieces


def _flat(text: Text) -> str:
    if isinstance(text, str):
        return text
    return "\n".join(f"{label}: {form}" for label, form in text.forms)
