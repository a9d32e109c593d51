"""A project: which files hold its strings, from which language to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dpg_l10n.domain.risk import RiskRule

DEFAULT_SOURCE_LANGUAGE = "en"
COUNTS = ("translated", "reviewed")
"""What coverage counts: everything that a person stands for, or only what a second one accepted."""


@dataclass(frozen=True, slots=True)
class TargetFile:
    """The file of one language of a catalogue."""

    language: str
    """Canonical BCP 47 tag (``pt-BR``)."""
    name: str
    """The language as the path spells it (``pt_BR``, ``b+uz+Latn``, ``in``, ``fra``)."""
    path: str
    """POSIX path relative to the project's root."""


@dataclass(frozen=True, slots=True)
class CatalogueSpec:
    """One source file and its translations."""

    name: str
    """Unique in the project; letters, digits, ``.``, ``_`` and ``-``."""
    format: str
    """Name in :data:`dpg_l10n.formats.FORMATS`."""
    source: str | None
    """POSIX path relative to the root. None only in a bilingual format without a template, where
    the messages of all target files together are the source."""
    targets: tuple[TargetFile, ...] = ()
    """Files that exist, by language, one for each; never the source's own language."""
    pattern: str | None = None
    """Path of a target with ``{language}`` in place of the language (:mod:`dpg_l10n.domain.paths`);
    None where no pattern says where the file of a new language goes."""
    licence: str | None = None
    """SPDX expression; None where the project's licence holds."""

    def target(self, language: str) -> TargetFile | None:
        """Return the file of a language (BCP 47), or None."""
        return next((target for target in self.targets if target.language == language), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was seen and not taken, or taken by a rule that a person should confirm."""

    path: str
    """File, pattern or setting that it is about."""
    code: str
    """Permanent machine name (``language.unknown``)."""
    message: str
    """English sentence: what was seen, and what to do."""


@dataclass(frozen=True, slots=True)
class ProjectSpec:
    """What ``dpg-l10n.toml`` says or discovery found."""

    slug: str
    """Lower case letters, digits and ``-``."""
    name: str
    source_language: str = DEFAULT_SOURCE_LANGUAGE
    """Canonical BCP 47 tag of every catalogue's source."""
    licence: str | None = None
    registry_id: str | None = None
    """Identity in the registry of digital public goods."""
    deployments: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes of the countries where the project runs."""
    catalogues: tuple[CatalogueSpec, ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)
    """Name in files to BCP 47, where the name does not say it or says another one."""
    count: str = COUNTS[0]
    fail_under: Mapping[str, int] = field(default_factory=dict)
    """Least coverage in percent by language; ``default`` is for the languages not named."""
    gate_errors: int = 0
    """Most texts of a language in which a check finds an error, for its gate to pass."""
    gate_risk: int = 0
    """Most texts of risk that no reviewer accepted, likewise."""
    draft_risk: bool = False
    """True where the machine may draft units of clinical, legal or safety risk."""
    server_url: str | None = None
    glossaries: tuple[str, ...] = ()
    """Paths of glossary files whose words checks of the working tree ask for."""
    risks: tuple[RiskRule, ...] = ()
    """Which units are of risk whatever their words are."""
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    """What was seen on the way; no part of the configuration."""

    @property
    def target_languages(self) -> tuple[str, ...]:
        """Every language that has a file, sorted."""
        return tuple(sorted({file.language for each in self.catalogues for file in each.targets}))

    def catalogue(self, name: str) -> CatalogueSpec | None:
        """Return a catalogue by its name, or None."""
        return next((each for each in self.catalogues if each.name == name), None)
