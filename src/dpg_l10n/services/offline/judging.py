"""What a string that comes back says: nothing new, a text, or a word on the old text."""

from __future__ import annotations

import unicodedata
from enum import Enum

from dpg_l10n.domain.message import Plural, Text, is_blank, is_empty, texts


class Verdict(Enum):
    """What a person did to a string."""

    EMPTY = "empty"
    SAME = "same"
    WROTE = "wrote"
    CONFIRMED = "confirmed"
    """Took the mark off and left the text."""
    DOUBTED = "doubted"
    """Put a mark on a text that had none, and left it."""
    UNSURE = "unsure"
    """Wrote a text and marked it."""
    PARTIAL = "partial"
    """Some plural variants are empty."""
    STRIPPED = "stripped"
    """The mark is gone with everything else that a tool may lose: nobody's word."""


def judge(
    handed: Text | None, back: Text, *, was_marked: bool, marked: bool, noted: bool
) -> Verdict:
    """Return what a person did.

    A text that a person changed is theirs, whether or not they took the mark of the old one off:
    spreadsheets and text editors leave it where it is. An unchanged one is confirmed only by taking
    the mark off, and only where its note is still there to show that no tool did it.

    Args:
        handed: Text that left, None for none; in the shape in which ``back`` is.
        back: What came back.
        was_marked: True where the text left as a draft or as needing work.
        marked: True where it came back marked.
        noted: True where its note came back, or cannot be lost.
    """
    if is_blank(back):
        return Verdict.EMPTY
    if handed is None or not same(handed, back):
        if is_empty(back):
            return Verdict.PARTIAL
        return Verdict.UNSURE if marked and not was_marked else Verdict.WROTE
    if was_marked == marked:
        return Verdict.SAME
    if marked:
        return Verdict.DOUBTED
    return Verdict.CONFIRMED if noted else Verdict.STRIPPED


def same(left: Text, right: Text) -> bool:
    """Tell whether two texts are one to a reader: line ends and composed characters do not count."""
    return [_plain(each) for each in texts(left)] == [_plain(each) for each in texts(right)]


def with_line_ends(text: Text, source: Text) -> Text:
    """Return a text with the line ends of its source: tools write their own."""
    found = texts(source)
    ends = "\r\n" if any("\r\n" in each for each in found) else "\n"
    if ends == "\n" and any("\r" in each for each in found):
        return text  # carriage returns of its own, which no rule can tell from mangled ones
    if isinstance(text, str):
        return _ended(text, ends)
    return Plural(tuple((label, _ended(form, ends)) for label, form in text.forms))


def _ended(text: str, ends: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", ends)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", _ended(text, "\n"))
