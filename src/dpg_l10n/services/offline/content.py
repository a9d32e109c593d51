"""What an offline package holds, whatever its format, and what comes back in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR
from dpg_l10n.domain.merge import DRAFT_NOTE
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.states import State
from dpg_l10n.domain.unit import Unit
from dpg_l10n.errors import DpgL10nError
from dpg_l10n.services.offline.mark import Mark

NEEDS_NOTE = "needs work:"
"""Begins the note of a text that a person has to look at again."""
NOTES = (DRAFT_NOTE, NEEDS_NOTE)
MARKED = (State.DRAFT, State.NEEDS_WORK)
"""States of texts that leave with a mark: they are nobody's word yet, or no longer hold."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One string that is taken out."""

    mark: Mark
    catalogue: str
    unit: Unit
    text: Text | None
    state: State
    why: str
    """Note that says why the text is marked; empty where it is not."""
    previous: Text | None
    """Source that the text was made for, None when it is the unit's own."""
    labels: tuple[str, ...]
    numbers: tuple[str, ...]
    """For each label, the numbers that it is for."""
    sources: tuple[str, ...]
    """For each label, the source variant of the same numbers."""
    formula: str | None
    """``Plural-Forms`` of the catalogue's file; None in formats without any."""

    @property
    def where(self) -> str:
        """Return catalogue and key, for people."""
        return f"{self.catalogue}: {shown_key(self.unit.key)}"

    @property
    def notes(self) -> str:
        """Return what a translator should know, a line each."""
        limit = self.unit.max_chars
        longest = f"At most {limit} characters." if limit else ""
        return "\n".join(filter(None, (self.unit.notes, longest, self.why)))


@dataclass(frozen=True, slots=True)
class Package:
    """Strings of one language of one project."""

    project: str
    language: str
    source_language: str
    items: tuple[Packed, ...]


class Back(NamedTuple):
    """One string, or one plural variant, as a file brings it back."""

    place: int
    """Line or row in the file."""
    mark: Mark | None
    text: Text
    """Variants of a gettext file are numbered as the file's own formula says."""
    marked: bool
    """True where it is still marked as a draft, or as needing work."""
    noted: bool
    """True where the note that says why it was marked is still there, or cannot be lost."""
    kind: str = "text"
    """What a cell is; a spreadsheet makes numbers, dates and formulas of texts."""


class Contents(NamedTuple):
    """What a file brings back."""

    lines: tuple[Back, ...]
    faults: tuple[tuple[int, DpgL10nError], ...] = ()
    """Strings that cannot be read, with line or row."""
    formula: str | None = None
    """``Plural-Forms`` of a gettext file."""


def shown_key(key: str) -> str:
    """Return a key in one line: of gettext the context and the source, of others the key."""
    return key.replace(CONTEXT_SEPARATOR, " | ").replace("\n", " ")


def noted(notes: str) -> bool:
    """Tell whether notes of a file still say why a text was marked."""
    return any(note in notes for note in NOTES)
