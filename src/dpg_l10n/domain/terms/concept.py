"""What a glossary says: concepts, and the words for them in each language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dpg_l10n.domain.locales import base, fallbacks


class Use(StrEnum):
    """What a word is to a concept."""

    PREFERRED = "preferred"
    """The word to use."""
    ADMITTED = "admitted"
    """Right as well: another form, gender or number, a synonym."""
    FORBIDDEN = "forbidden"
    """Never to be used for the concept."""


class TermStatus(StrEnum):
    """What people decided of a concept or a word. Only what is accepted is enforced."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several, for a concept in a language."""

    language: str
    """BCP 47."""
    text: str
    use: Use = Use.PREFERRED
    status: TermStatus = TermStatus.SUGGESTED


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that texts speak of."""

    key: str
    """Stable name within its glossary (``"health/allergy"``)."""
    terms: tuple[Term, ...]
    """In every language, the preferred one of each first."""
    part_of_speech: str = ""
    definition: str = ""
    subject: str = ""
    """Field of knowledge (``"health"``)."""
    risk: str = "normal"
    """One of :data:`dpg_l10n.domain.risk.RISKS`."""
    keep: bool = False
    """True for a name that no language translates."""
    status: TermStatus = TermStatus.SUGGESTED
    source: str = ""
    """Where it is from."""
    licence: str | None = None
    """SPDX expression; None for that of the glossary."""
    note: str = ""
    glossary: str = ""
    """Name of its glossary."""
    own: bool = False
    """True when the glossary belongs to one project: it goes before those of all projects."""
    id: int = 0
    """Number in the store; 0 before it is stored."""

    def said(self, language: str) -> tuple[Term, ...]:
        """Return the terms that serve a language: its own, else those of a more general tag.

        Rejected ones are left out, so that ``pt`` serves where all of ``pt-PT`` was rejected.
        """
        for tag in fallbacks(language):
            found = tuple(
                term
                for term in self.terms
                if term.language == tag and term.status is not TermStatus.REJECTED
            )
            if found:
                return found
        return ()

    def title(self, language: str) -> str:
        """Return a word for people to know the concept by: in a language, else in any."""
        own = [term for term in self.terms if base(term.language) == base(language)]
        return next((term.text for term in (*own, *self.terms)), self.key)


@dataclass(frozen=True, slots=True)
class Glossary:
    """A collection of concepts: of one project, or of all."""

    name: str
    project: str = ""
    """Slug; empty for all projects."""
    licence: str | None = None
    """SPDX expression of concepts that name none; None when unknown."""
    at: int = 0
    """When it was last taken in, seconds since 1970 in UTC."""
    id: int = 0
    """Number in the store; 0 before it is stored."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which concepts somebody asks for; a condition that is None or empty asks nothing."""

    project_id: int | None = None
    """Number of a project: its own glossary and those of all."""
    glossary: str | None = None
    """Name of a glossary."""
    keys: tuple[str, ...] = ()
    """Of concepts."""
    text: str = ""
    """In a term, the key or the definition."""
    status: TermStatus | None = None
    """Of the concept."""
    open_in: str | None = None
    """Language (BCP 47) in which a term waits for a decision."""
    languages: tuple[str, ...] | None = None
    """Only terms in these (BCP 47); None for all."""
    after: int = 0
    """Number of the concept after which to begin."""
    limit: int | None = None
    """Most concepts; None for all."""
