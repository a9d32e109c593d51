"""What is told of a country: the report behind console, API, pages and spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass

from dpg_l10n.domain.coverage import CountPolicy, Counts


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language of the country."""

    language: str
    """BCP 47."""
    share: float
    """Of the people, 0.0 to 1.0."""
    people: int
    official: str
    citation: str
    """Where an override is from; empty for CLDR."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A project in a language of the country."""

    language: str
    """As the country has it, BCP 47."""
    spelling: str
    """As the project has it, BCP 47; the same where the project lacks the language."""
    source: bool
    """True where it is what the project is written in."""
    coverage: float
    """0.0 to 1.0, rounded down to 4 digits; drafts are no part of it."""
    usable: bool
    units: Counts
    words: Counts

    @property
    def percent(self) -> int:
        """Whole percents, rounded down."""
        return round(self.coverage * 10_000) // 100


@dataclass(frozen=True, slots=True)
class ProjectReach:
    """Whom a project reaches in the country, in languages other than its source's."""

    project: str
    name: str
    source_language: str
    used: bool | None
    """True when it is known to be used here, None when nobody said where it is used."""
    count: CountPolicy
    at_least: float
    at_most: float
    people_at_least: int
    people_at_most: int
    source_share: float
    """Who speaks the source language: no part of the others."""
    usable: tuple[str, ...]
    """Languages that reach somebody, most spoken first."""
    cells: tuple[Cell, ...]
    """Per language of the report, in its order."""


@dataclass(frozen=True, slots=True)
class Step:
    """Finishing one language of one project."""

    project: str
    name: str
    language: str
    share: float
    people_at_least: int
    """More people than now, at least."""
    people_at_most: int
    words_left: int
    """Source words of the texts that do not count yet."""
    people_per_1000_words: int
    """Middle of both, by 1,000 words that are left."""
    words_from_memory: int | None
    """Of those left, how many the memory has a finished text for; None where it was not asked."""


@dataclass(frozen=True, slots=True)
class UsedGood:
    """A digital public good that is used here and is not in the store."""

    id: str
    name: str
    website: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What the figures are made of."""

    territories: str
    territories_version: str
    territories_licence: str
    registry: str | None
    registry_version: str | None


@dataclass(frozen=True, slots=True)
class CountryReport:
    """All that is known of a country."""

    country: str
    """ISO 3166-1 alpha-2."""
    population: int
    literacy: float
    """Shown, and applied to nothing."""
    threshold: float
    reaching_half: int
    """Projects that at least half of the people can use in a language other than the source's."""
    source_only: int
    """Projects that nobody can use in another language."""
    languages: tuple[SpokenLanguage, ...]
    projects: tuple[ProjectReach, ...]
    steps: tuple[Step, ...]
    """Best first."""
    others: tuple[UsedGood, ...]
    sources: Sources
