"""A named export that passed its gate: what it held, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dpg_l10n.domain.message import Text


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """What one language of a catalogue was in a release."""

    catalogue: str
    language: str
    """BCP 47."""
    path: str
    sha256: str
    """Of the file; a file for all languages is named once for each of them."""
    bytes: int
    units: int
    """Units whose text the file held."""


@dataclass(frozen=True, slots=True)
class Release:
    """A named export that passed its gate."""

    name: str
    at: int
    """Seconds since 1970 in UTC."""
    actor: str
    """Pseudonym."""
    format: str
    only: str
    """Least state of its texts; empty for all that people wrote."""
    languages: tuple[str, ...]
    id: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """What a file is about to hold, for the record of a release."""

    catalogue_id: int
    language: str
    path: str
    sha256: str
    bytes: int
    revisions: Mapping[int, int]
    """Revision of the text by unit."""


@dataclass(frozen=True, slots=True)
class WithdrawnText:
    """A text that was withdrawn as harmful."""

    catalogue: str
    key: str
    language: str
    text: Text
    at: int
    actor: str
    why: str
    catalogue_id: int = 0
    unit_id: int = 0
