"""Where the entries of a file stand: what the parser leaves for the writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Entry


class Pair(NamedTuple):
    """One entry. All places are offsets in the decoded text."""

    start: int
    """Of the line on which its notes begin, or it without any; where other entries stand on that
    line, of the notes or the entry itself."""
    key: int
    """Quotation mark included, as all of these."""
    key_end: int
    value: int
    """Equal to ``value_end`` and ``key_end`` where the key stands alone and is its own text."""
    value_end: int
    end: int
    """After the line end; where something else follows on the line, before that."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One parsed file."""

    data: bytes
    text: str
    entries: tuple[Entry, ...]
    pairs: tuple[Pair, ...]
    """Of each entry, in the same order."""
    codec: str
