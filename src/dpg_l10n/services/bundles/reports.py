"""What writing, verifying and reading a bundle return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What a bundle holds."""

    project: str
    """Slug."""
    name: str
    source_language: str
    """BCP 47."""
    licences: tuple[str, ...]
    """SPDX expressions of the project and its catalogues; those that are unknown are not named."""
    made: int
    """Seconds since 1970 in UTC."""
    program: str
    """Version that wrote it."""
    rows: Mapping[str, int]
    """By table."""
    digest: str
    """SHA-256 of what lists the SHA-256 of all the rest: the same number is the same bundle."""
    signed: bool
    """True where it has a signature."""
    trusted: bool
    """True where the signature was made with the key at hand."""


@dataclass(slots=True)
class BundleRead:
    """What became of a bundle in a store."""

    project: str
    """Slug in the store."""
    digest: str
    new: bool = False
    """True where the store did not have the project: it has all of it now, history included."""
    known: bool = False
    """True where this very bundle was the last one that was read: nothing was done."""
    units: int = 0
    """Units that the store did not have."""
    written: int = 0
    """Texts that are those of the bundle now, with every step of their history since the last common one."""
    same: int = 0
    """Texts that were the same."""
    newer: int = 0
    """Texts that the store had worked on after the bundle's: they stay."""
    suggested: int = 0
    """Texts kept beside ours, as suggestions: both sides had changed them, or their source is another here."""
    said: int = 0
    """Comments, suggestions, flags and withdrawals that the store did not have."""
    concepts: int = 0
    """Concepts of the project's glossaries that the store did not have."""
