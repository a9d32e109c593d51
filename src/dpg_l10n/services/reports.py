"""What the use cases report. The doors print these as they are; fields are added, never renamed."""

from __future__ import annotations

from dataclasses import dataclass, field

from dpg_l10n.domain.coverage import CountPolicy, LanguageCoverage
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.states import State


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
    """Texts changed both here and in the file; they are in the report's ``conflicts``."""
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
    lent: int = 0
    """Of the added units, those like another: they begin with its translation, as needing work."""


@dataclass(frozen=True, slots=True)
class PushConflict:
    """A text that was changed both in the store and in its file since the last push."""

    catalogue: str
    language: str
    key: str
    ours: Text
    """Text of the store before the push."""
    theirs: Text
    """Text of the file."""


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
    conflicts: tuple[PushConflict, ...] = ()
    id: int = 0
    """Number of the push; 0 when nothing was written."""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that somebody changed after the push that is undone; it stays as it is."""

    catalogue: str
    language: str
    key: str
    text: Text
    state: State


@dataclass(frozen=True, slots=True)
class UndoneCatalogue:
    """What undoing a push did to one catalogue."""

    catalogue: str
    taken_out: int
    """Units that the push added or brought back: now obsolete."""
    brought_back: int
    """Units that the push pruned."""
    sources: int
    """Source texts that are again what they were."""
    languages: dict[str, int]
    """Texts and states that are again what they were."""
    kept_sources: tuple[str, ...]
    """Keys of units that a later push changed too; they stay as they are."""


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What undoing a push did."""

    project: str
    push: int
    catalogues: tuple[UndoneCatalogue, ...]
    kept: tuple[KeptText, ...]
    files: tuple[str, ...]
    """Paths whose bytes are those from before the push."""
    id: int = 0
    """Number of the undoing; 0 when nothing was left to undo, or with ``dry_run``."""
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
class ModelQuality:
    """Drafts of one model in one language beside what people accepted in their place."""

    engine: str
    model: str
    version: str
    language: str
    accepted: int
    """Drafts in the place of which a person accepted a text."""
    unchanged: int
    """Of them, those accepted as they were."""
    chrf: float
    """chrF of the drafts against the accepted texts, 0 to 100; 100 is the same text."""
    ter: float
    """Edits per 100 words of the accepted texts; 0 is the same text."""


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
    switched_off: ModelQuality | None = None
    """What people made of this model's drafts, where that is why it was not asked."""


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
    replaces: str | None = None
    """Path of the pushed file, where the format that it came in cannot be written: a person has to
    take that one away."""
    languages: tuple[str, ...] = ()
    """Whose texts it holds: more than were asked for, where one file holds them all. Empty for
    formats of exchange."""
    begun: bool = False
    """True where no push brought a file of this path, so that it is a new one."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Files that an export made."""

    project: str
    files: tuple[ExportedFile, ...]
    release: str | None = None
    """Name under which the store remembers what was in them."""


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
