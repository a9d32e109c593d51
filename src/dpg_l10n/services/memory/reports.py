"""What the use cases of the memory return."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.domain.message import Text
from dpg_l10n.domain.states import State


@dataclass(frozen=True, slots=True)
class MemoryHit:
    """A finished translation that somebody may use, and where it is from."""

    source: Text
    text: Text
    language: str
    """BCP 47 tag of ``text``."""
    similarity: float | None
    """Of the source texts, 0.0 to 1.0, rounded down to 4 digits; None where words were looked for."""
    score: float
    """The similarity with what speaks for and against the match, 0.0 to 1.0; they are sorted by it."""
    state: State
    licence: str | None
    """SPDX expression; None when unknown."""
    project: str | None
    """Slug; None for an entry of a memory that came as a file."""
    memory: str | None
    """Name of the memory that came as a file; None for a text of a project."""
    context: str
    key: str
    revision: int
    """Of the translation; 0 for an entry of a file."""
    source_revision: int
    """1 for a source text as it came, one more for each change of it; 0 for an entry of a file."""
    uses: int
    """How often this translation of the source text stands."""


@dataclass(frozen=True, slots=True)
class MemoryReport:
    """What the memory has for a text."""

    language: str
    hits: tuple[MemoryHit, ...]
    """Best first."""
    withheld: int
    """Translations that exist and that licences do not let the asker see."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit of a file that was not taken in."""

    path: str
    line: int
    """Where it begins, from 1; 0 where the format does not say."""
    message: str


@dataclass(frozen=True, slots=True)
class MemoryImport:
    """What was taken in from a file."""

    memory: str
    licence: str | None
    """SPDX expression of entries that name none; None when unknown."""
    entries: int
    languages: dict[str, int]
    """Entries by language of the translation."""
    left_out: int
    problems: tuple[LeftOut, ...]
    """The first of those left out."""


@dataclass(frozen=True, slots=True)
class MemoryExport:
    """What was written into a file."""

    entries: int
    left_out: int
    """Texts with characters that XML cannot hold."""
    withheld: int = 0
    """Texts that licences keep from others."""


@dataclass(frozen=True, slots=True)
class MemoryItem:
    """A memory that came as a file."""

    memory: str
    licence: str | None
    entries: int
    languages: tuple[str, ...]
    """BCP 47 tags of its translations."""
    at: int
    """When it was taken in, seconds since 1970 in UTC."""
