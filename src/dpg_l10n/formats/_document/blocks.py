"""Blocks of running text, and where they stand in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Entry

MARKER = re.compile(r"<!-- untranslated: ([^\s<>]+) -->")
"""Keeps the place of a block that says nothing, where no source is known to say it instead."""


class Block(NamedTuple):
    """One stretch of text that is translated as a whole. Places are offsets in the decoded text."""

    kind: str
    """What it is and in what (``h2``, ``p``, ``u.li``, ``td1``): equal in every language."""
    level: int
    """1 to 6 for a heading, 0 for everything else."""
    start: int
    end: int
    stop: int
    """End of the construct, behind the underline of a heading; at least ``end``."""
    text: str
    """What it says on one line; a line break only where the reader sees one."""
    line: int
    lead: str = ""
    """What a further line of the block begins with (indentation, ``>``)."""
    width: int = 0
    """Columns that the block is wrapped to, 0 for a block on one line."""
    spelling: str = ""
    """How the format writes what can be written in more than one way."""
    is_text: bool = True
    """False where nothing but markup is in it: it has a place and is no message."""
    key: str = ""
    """Key that the file itself remembers (:data:`MARKER`), else empty."""


class Zone(NamedTuple):
    """Blocks of a translation that do not follow those of the source: ranges of both."""

    source_start: int
    source_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """One parsed file."""

    data: bytes
    text: str
    codec: str
    blocks: tuple[Block, ...]
    keys: tuple[str, ...]
    """Of each block; empty for one that is no message."""
    entries: tuple[Entry, ...]
    source: Layout | None = None
    """Of the file that says what this one does not; None where none is known."""
    zones: tuple[Zone, ...] = ()
    language: tuple[int, int] | None = None
    """Where the file names its language, None where it does not."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """What makes one format of running text different from another."""

    name: str
    scan: Callable[[str], Sequence[Block]]
    """Return the blocks of a text in order, not overlapping."""
    render: Callable[[Block, str, str], str]
    """Return what stands between ``start`` and ``end`` when a block says another text; third the
    line end of the file."""
    mark: Callable[[Block, str], tuple[str, int]]
    """Return what keeps the place of a block that says nothing, given its key, and up to where it
    stands in its stead."""
    build: Callable[[Sequence[Entry]], str]
    """Return a whole file of entries, in the usual style."""
    by_lines: bool
    """True where a block begins on a line of its own, so that lines can be exchanged."""
    language: Callable[[str], tuple[int, int] | None] = lambda _text: None
    """Return where a text names its language."""
