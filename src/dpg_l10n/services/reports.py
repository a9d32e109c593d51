"""What the use cases report. The doors print these as they are; fields are added, never renamed."""

from __future__ import annotations

from dataclasses import dataclass, field

from dpg_l10n.domain.coverage import CountPolicy, LanguageCoverage


@dataclass(frozen=True, slots=True)
class Refusal:
    """One file that was not taken in."""

    path: str
    code: str
    message: str
    line: int
    """1-based; 0 when the whole file is meant."""


@dataclass(frozen=True, slots=True)
class PushedLanguage:
    """One language of a pushed catalogue, as it stands after the push."""

    translated: int
    """Units that are translated or reviewed, copies of the source included."""
    needs_work: int
    conflicts: int
    """Texts changed both here and in the file: the store's stays, the file's is a suggestion."""
    written: int
    """Texts that this push changed."""
    unknown: int
    """Finished texts of the file whose key the source does not have; they stay in the file."""


@dataclass(frozen=True, slots=True)
class PushedCatalogue:
    """What a push did to one catalogue."""

    catalogue: str
    format: str
    source_language: str
    units: int
    added: int
    changed: int
    renamed: int
    removed: int
    """Units that the pushed source lacks; taken out only with ``prune``."""
    unchanged: int
    languages: dict[str, PushedLanguage]


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did."""

    project: str
    catalogues: tuple[PushedCatalogue, ...]
    findings: dict[str, int]
    """Texts of the project that stand with an ``error`` and a ``warning``."""
    refused: tuple[Refusal, ...] = ()
    """Files that were not taken in."""
    damaged: tuple[Refusal, ...] = ()
    """Files that look damaged and were taken in all the same, as ``accept_damage`` asks."""
    id: int = 0
    """Number of the push; 0 when nothing was written."""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """How much of a project people can read."""

    project: str
    count: CountPolicy
    languages: tuple[LanguageCoverage, ...]
    catalogues: dict[str, tuple[LanguageCoverage, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A unit that got no draft, and why."""

    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class DraftedLanguage:
    """Drafts made in one language."""

    language: str
    drafted: int
    memory: int
    machine: int
    skipped: int
    """Missing units left without a draft on purpose: units of risk, or no source for them."""
    rejected: tuple[Rejected, ...]
    strings_per_second: float
    """Distinct texts through the engine by seconds of its work; 0.0 without machine drafts."""
    engine: str | None = None
    """Engine, model and version; None without machine drafts."""
    demonstration: bool = False
    """True when the model only shows how drafts work."""


@dataclass(frozen=True, slots=True)
class DraftReport:
    """Drafts made in a project."""

    project: str
    languages: tuple[DraftedLanguage, ...]


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file of an export."""

    path: str
    language: str
    units: int
    """Units with a text in the file."""
    bytes: int
    unchanged: bool
    """True when the bytes equal those of the last push."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Files that an export made."""

    project: str
    files: tuple[ExportedFile, ...]


@dataclass(frozen=True, slots=True)
class CatalogueStatus:
    """What the store knows of a catalogue."""

    catalogue: str
    format: str
    source: str | None
    """Path of the source file; None where only translations exist."""
    units: int
    words: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What the store knows of a project."""

    project: str
    name: str
    source_language: str
    licence: str | None
    units: int
    words: int
    catalogues: tuple[CatalogueStatus, ...]
    findings: dict[str, int]
    last_push: int | None
    """Seconds since 1970 in UTC; None before the first push."""
