"""What the use cases of glossaries return."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.domain.terms import Concept, TermStatus
from dpg_l10n.services.memory.reports import LeftOut


@dataclass(frozen=True, slots=True)
class GlossaryImport:
    """What was taken in from a file."""

    glossary: str
    project: str | None
    """Slug; None for a glossary of all projects."""
    licence: str | None
    """SPDX expression; None when unknown."""
    concepts: int
    """Read from the file."""
    changed: int
    """Of them new, or other than before."""
    languages: dict[str, int]
    """Terms by language."""
    left_out: int
    problems: tuple[LeftOut, ...]
    """The first of those left out, and columns that were not understood."""


@dataclass(frozen=True, slots=True)
class GlossaryItem:
    """A glossary."""

    glossary: str
    project: str | None
    licence: str | None
    concepts: int
    accepted: int
    """Concepts that people accepted."""
    at: int
    """When it was last taken in, seconds since 1970 in UTC."""


@dataclass(frozen=True, slots=True)
class GlossaryReport:
    """Concepts that were asked for."""

    concepts: tuple[Concept, ...]
    more: int | None
    """Number of the last concept, to ask for those after it; None where these are all."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision changed."""

    status: TermStatus
    concepts: int
    """Concepts that changed."""
    terms: int
    """Words that changed."""
    skipped: int
    """Concepts of risk, which are accepted one by one only."""


@dataclass(frozen=True, slots=True)
class GlossaryExport:
    """What was written into a file."""

    concepts: int
    left_out: int
    """Concepts with characters that XML cannot hold."""


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term in a source text, for people: suggestions too, each with its status."""

    start: int
    end: int
    """Place in the source text, in characters."""
    text: str
    """The term as it stands there."""
    concept: str
    glossary: str
    status: TermStatus
    risk: str
    keep: bool
    """True for a name that is not translated."""
    definition: str
    terms: tuple[dict[str, str], ...]
    """``text``, ``use`` and ``status`` of each word of the language."""
    source: str
    licence: str | None


@dataclass(frozen=True, slots=True)
class TermHits:
    """The terms of a source text."""

    language: str
    hits: tuple[TermHit, ...]
    """In the order of the text."""
