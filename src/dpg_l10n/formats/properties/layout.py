"""Where the entries of a file stand: what the parser leaves for the writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Entry


class Line(NamedTuple):
    """One entry. All places are offsets in the decoded text."""

    start: int
    """Of the notes directly above, or of the entry's first line without any."""
    first: int
    """Of the entry's own first line, indentation included."""
    key: int
    separator: int
    value: int
    value_end: int
    end: int
    """After the line end."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One parsed file."""

    data: bytes
    text: str
    entries: tuple[Entry, ...]
    lines: tuple[Line, ...]
    """Of each entry, in the same order."""
    codec: str
