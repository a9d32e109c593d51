"""Where the units of a file stand: what the reader leaves for the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED, Entry
from dpg_l10n.domain.merge import DRAFT_NOTE


class Place(NamedTuple):
    """One unit with a text to translate. Places are offsets in the decoded text."""

    start: int
    end: int
    file: int
    """Index in :attr:`Layout.files`."""
    fixed: bool = False
    """True where another file of the document has a unit of the same id: it is never taken out,
    because that would change the key of the other."""


class FilePlace(NamedTuple):
    """One ``<file>`` of the document."""

    name: str
    """Its ``original`` (1.2) or ``id`` (2.x); what tells equal ids apart."""
    start: int
    """Of its start tag."""
    tag_end: int
    body: int
    """Where its units begin: after the start tag of ``<body>`` (1.2) or its own (2.x)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One parsed file."""

    data: bytes
    text: str
    codec: str
    entries: tuple[Entry, ...]
    places: Mapping[str, Place]
    """By key, in file order."""
    files: tuple[FilePlace, ...]
    root: tuple[int, int]
    """Start and end of the root's start tag."""
    language: str | None


class Marks(NamedTuple):
    """What a file is to say of a text."""

    fuzzy: bool = False
    reviewed: bool = False
    note: str = ""
    """Of a machine's draft, empty for any other text."""


def marks(entry: Entry) -> Marks:
    """Return what the file is to say of an entry's text."""
    if not entry.text:
        return Marks()
    if FUZZY not in entry.flags:
        return Marks(reviewed=REVIEWED in entry.flags)
    note = (line for line in entry.notes.split("\n") if DRAFT_NOTE in line)
    return Marks(fuzzy=True, note=next(note, ""))
