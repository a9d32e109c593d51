"""Units and their translations as the store keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from dpg_l10n.domain.message import Text
from dpg_l10n.domain.states import Origin, State


class Unit(NamedTuple):
    """One source message of a catalogue.

    A named tuple for the same reason as :class:`~dpg_l10n.domain.catalogue.Entry`.
    """

    id: int
    """Number in the store; 0 before it is stored."""
    key: str
    source: Text
    text_id: int
    """Number of the source text in the store; equal texts share one."""
    words: int
    """Words of the source text, the measure of work."""
    position: int
    """Place in source order, from 0."""
    context: str = ""
    notes: str = ""
    locations: str = ""
    flags: str = ""
    """Flags of the file, sorted, joined by a comma."""
    max_chars: int | None = None
    risk: str = "normal"
    obsolete: bool = False
    """True after its source was taken out on purpose; its translations wait for its return."""


class Translation(NamedTuple):
    """One unit in one language."""

    unit_id: int
    text: Text
    state: State
    revision: int
    """1 for the first text, one more for each later one."""
    origin_id: int
    """Number of the origin in the store."""
    source_text_id: int | None = None
    """Source text that this text translates when it is no longer the unit's; None when it is."""
    former: State | None = None
    """State to return to when the source comes back to that text."""
    copied: bool = False
    """True when the text is that of the source it was made for, see
    :func:`dpg_l10n.domain.coverage.is_copied`."""


class Found(NamedTuple):
    """One unit with what is there in one language."""

    unit: Unit
    translation: Translation | None
    """None when nothing is there."""
    origin: Origin | None
    """Of the translation."""
    checked: bool
    """True when a finding of the checks stands against the text."""


class TranslationWrite(NamedTuple):
    """A change of one translation, named with the revision that it was made on."""

    unit_id: int
    text: Text
    state: State
    origin_id: int
    expected: int
    """Revision that the writer saw; 0 when there was no text."""
    source_text_id: int | None = None
    former: State | None = None
    copied: bool = False


class UnitBefore(NamedTuple):
    """What a unit was before an action changed it."""

    unit_id: int
    text_id: int | None
    """Number of its source text; None when the action added the unit."""
    obsolete: bool


class Touched(NamedTuple):
    """A translation that an action wrote, or that somebody wrote after it."""

    unit_id: int
    wrote: bool
    """True when the action itself wrote it."""
    stands: bool
    """True when what the action wrote is current: nobody wrote after it, or it came back."""
    before: Translation | None
    """What was there before the action; None when nothing was."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that someone proposed beside the current one; several may exist."""

    unit_id: int
    language: str
    text: Text
    why: str
    id: int = field(default=0, compare=False)
    """Number in the store; 0 before it is stored."""
    actor: str = field(default="", compare=False)
    """Who proposed it; empty before it is stored."""
    at: int = field(default=0, compare=False)
    """When, in seconds since 1970 in UTC."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a unit in a language."""

    id: int
    text: str
    actor: str
    at: int
    """Seconds since 1970 in UTC."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that a person put on a unit in a language."""

    kind: str
    """``flag`` asks others to look; ``skip`` keeps it out of the person's own queue."""
    actor: str
    at: int
    """Seconds since 1970 in UTC."""
    why: str


class Lease(NamedTuple):
    """Who works on a unit in a language."""

    actor: str
    until: int
    """Seconds since 1970 in UTC; nobody's from then on."""


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """A translation found in the memory for a source text."""

    text: Text
    project: str
    licence: str | None
    state: State
    score: float
    """1.0 for the same text."""
    memory: str = ""
    """Name of the memory, where it came as a file; ``project`` is empty then."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One step in the history of a translation."""

    revision: int
    text: Text
    state: State
    origin: Origin
    actor: str
    at: int
    """Seconds since 1970 in UTC."""
    kind: str
    """What was done: ``push``, ``draft``, ``review``, ``undo``."""
    why: str
    action: int = 0
    """Number of the action that wrote it."""
    made_for: Text | None = None
    """Source text that it was made for, None when that is the unit's own of then."""


class AcceptedDraft(NamedTuple):
    """A machine draft, and what a person accepted in its place."""

    language: str
    """BCP 47 tag."""
    origin: Origin
    draft: Text
    accepted: Text


class Action(NamedTuple):
    """One thing that somebody did in a project."""

    id: int
    kind: str
    """``push``, ``draft``, ``review``, ``undo``."""
    actor: str
    at: int
    """Seconds since 1970 in UTC."""
    why: str


@dataclass(frozen=True, slots=True)
class SourceChange:
    """One step in the history of a unit's source text."""

    action: Action
    before: Text | None
    """Source text before; None when the action added the unit."""
    obsolete: bool
    """True when the unit was out of the figures before."""


def count_words(source: Text) -> int:
    """Return the words of a source text: of the longest variant, separated by white space."""
    if isinstance(source, str):
        return len(source.split())
    return max((len(text.split()) for _, text in source.forms), default=0)
