"""What taking strings out and bringing them back did."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.errors import DpgL10nError


@dataclass(frozen=True, slots=True)
class Taken:
    """An offline package."""

    name: str
    """Of the file."""
    media_type: str
    data: bytes
    units: int
    until: int
    """When they are nobody's again, in seconds since 1970 in UTC."""
    busy: int
    """Units that somebody else works on and that were left out."""
    left_out: tuple[str, ...]
    """Keys of units that the format cannot hold."""


@dataclass(frozen=True, slots=True)
class Line:
    """One string that was not written."""

    place: int
    """Line or row in the file."""
    unit: int | None
    """Number of the unit, None where the file does not say it."""
    key: str
    """Of the unit, empty where it is not known."""
    error: DpgL10nError
    """Why."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the strings of a package."""

    project: str
    language: str
    written: int
    """Texts that the person wrote, ``translated`` now."""
    confirmed: int
    """Drafts and texts that needed work, accepted as they were."""
    doubted: int
    """Texts that the person marked as needing work."""
    unchanged: int
    """Strings that came back as they left, marked or not."""
    empty: int
    """Strings without a text."""
    known: int
    """Texts that are in the store already, from the same file or from elsewhere."""
    errors: int
    """Texts among those written in which the checks find an error."""
    suggested: tuple[Line, ...]
    """Texts that are kept beside the current ones, as suggestions."""
    refused: tuple[Line, ...]
    """Strings that changed nothing."""
