"""How a conversion is asked for, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.services.conversion.losses import Loss


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that is converted."""

    path: str
    language: str | None = None
    """BCP 47 tag of its texts where the caller knows it."""


@dataclass(frozen=True, slots=True)
class ConvertOptions:
    """How a conversion is meant."""

    from_format: str | None = None
    to_format: str | None = None
    language: str | None = None
    """BCP 47 tag: which language is written where the new file holds one; None for the only one."""
    source: InputFile | None = None
    """The source of the files, where they hold translations alone."""
    source_language: str | None = None
    template: str | None = None
    """File of the new format whose layout is taken."""
    keep_unfinished: bool = False
    """Write texts that need work where the new format cannot mark them, too."""
    placeholders: str | None = None
    """Style that placeholders are rewritten in, None keeps them as they are."""
    examples: int = 5
    """How many losses of each kind the report names."""


@dataclass(frozen=True, slots=True)
class LossReport:
    """One kind of loss."""

    kind: str
    about: str
    """What is lost, for people."""
    count: int
    examples: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class ConvertedFile:
    """One file that was written."""

    path: str
    language: str | None
    """BCP 47 tag; None for a source alone, and for a file of several languages."""
    units: int
    bytes: int


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """What a conversion wrote and what it could not."""

    from_format: str
    to_format: str
    units: int
    languages: tuple[str, ...]
    files: tuple[ConvertedFile, ...]
    losses: tuple[LossReport, ...]
