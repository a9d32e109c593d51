"""Projects, catalogues and files as the store keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field

from dpg_l10n.domain.coverage import CountPolicy
from dpg_l10n.domain.gate import GatePolicy


@dataclass(frozen=True, slots=True)
class Project:
    """One digital public good."""

    slug: str
    name: str
    source_language: str
    """BCP 47."""
    licence: str | None = None
    """SPDX identifier, None when unknown."""
    registry_id: str | None = None
    """Number in the registry of digital public goods."""
    deployments: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes."""
    count: CountPolicy = CountPolicy.TRANSLATED
    public: bool = False
    """True when everybody may look at its coverage without signing in."""
    self_review: bool = True
    """False when nobody may accept what they themselves translated."""
    id: int = 0
    """Number in the store; 0 before it is stored."""
    gate: GatePolicy = field(default_factory=GatePolicy)
    """What it asks for before a release."""


@dataclass(frozen=True, slots=True)
class StoredCatalogue:
    """One source resource of a project."""

    project_id: int
    name: str
    format: str
    source_path: str | None
    """POSIX path below the project's root; None where only translations exist."""
    pattern: str | None
    """Path of a translation with ``{language}``; None where paths follow no pattern."""
    licence: str | None = None
    id: int = 0
    units: int = 0
    words: int = 0


UNDONE = b"undone "
"""Stands in the place of a file's checksum; what follows keeps it unlike any other."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One pushed file, without its bytes."""

    path: str
    language: str | None
    """BCP 47; None for the source."""
    spelling: str | None
    """The language as the path spells it."""
    sha256: bytes
    """Begins with :data:`UNDONE` where the push of these bytes was undone."""
    size: int

    @property
    def stands(self) -> bool:
        """True when the bytes are the last pushed version of the file."""
        return not self.sha256.startswith(UNDONE)
