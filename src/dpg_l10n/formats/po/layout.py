"""Where the messages of a parsed file stand in its text."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Entry

WHITE = " \t\r\n\f\v"
"""What separates the parts of a PO file; other blanks are text."""


class Piece(NamedTuple):
    """One message of a layout: its text and what it says."""

    raw: str
    """Begins with the blank lines and comments above the message."""
    entry: Entry | None
    """None for the header."""
    obsolete: bool
    shadow: bool = False
    """True for an obsolete message that stands in the file once more: it says nothing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A parsed file: its bytes, its text, and where each message ends.

    The text is cut into one piece per message; a piece starts where the one before it ends. What
    follows the last piece belongs to no message. Comments of translators are kept here and nowhere
    else.
    """

    data: bytes
    text: str
    """Decoded and otherwise as it is in the bytes."""
    encoding: str
    entries: tuple[Entry, ...]
    """The very objects of the catalogue, so that an untouched one is known by identity."""
    obsolete: tuple[Entry, ...]
    header: tuple[tuple[str, str], ...]
    ends: array[int]
    """Where each piece ends, in file order."""
    header_at: int
    """Which piece is the header, -1 without one."""
    obsolete_at: frozenset[int]
    """Which pieces are obsolete messages."""
    shadows: Mapping[int, Entry] = field(default_factory=dict)
    """Pieces of obsolete messages that the file holds once more; they are not in ``obsolete``."""

    def pieces(self) -> Iterator[Piece]:
        """Yield the messages in file order."""
        active, gone = iter(self.entries), iter(self.obsolete)
        start = 0
        for number, end in enumerate(self.ends):
            raw = self.text[start:end]
            start = end
            if number in self.shadows:
                yield Piece(raw, self.shadows[number], obsolete=True, shadow=True)
            elif number in self.obsolete_at:
                yield Piece(raw, next(gone), obsolete=True)
            elif number == self.header_at:
                yield Piece(raw, None, obsolete=False)
            else:
                yield Piece(raw, next(active), obsolete=False)

    def rest(self) -> str:
        """Return the text behind the last message."""
        return self.text[self.ends[-1] if self.ends else 0 :]

    def newline(self) -> str:
        """Return the line end of the file: that of its first line."""
        end = self.text.find("\n")
        if end < 0:
            return "\r" if "\r" in self.text else "\n"
        return "\r\n" if self.text[end - 1 : end] == "\r" else "\n"
