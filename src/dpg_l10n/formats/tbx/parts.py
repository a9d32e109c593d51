"""The parts of a TBX file: where its concepts, languages and terms stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Fact(NamedTuple):
    """What a category says, as it stands in the file."""

    category: str
    start: int
    end: int


@dataclass(slots=True)
class Span:
    """One element, and what is said of it. All places are offsets in the text."""

    name: str
    start: int
    value: int
    """Where its content begins; its end where it is an empty-element tag."""
    value_end: int = 0
    end: int = 0
    facts: list[Fact] = field(default_factory=list)


@dataclass(slots=True)
class Term(Span):
    """One term with what contains it (``tig``, ``termSec``)."""

    word: Span | None = None
    """The element ``term``."""
    forbidden: bool = False
    preferred: bool = False


@dataclass(slots=True)
class Section(Span):
    """What one language says of a concept."""

    language: str = ""
    """As the file spells it; empty where it does not say."""
    attribute: str = "xml:lang"
    terms: list[Term] = field(default_factory=list)


@dataclass(slots=True)
class Concept(Span):
    """One concept."""

    key: str = ""
    line: int = 0
    sections: list[Section] = field(default_factory=list)

    def word(self, language: str | None) -> Span | None:
        """Return the term that a language uses: the preferred one, else the first allowed."""
        terms = [
            term
            for section in self.sections
            if section.language == language
            for term in section.terms
            if term.word is not None and not term.forbidden
        ]
        return next(
            (term.word for term in terms if term.preferred), terms[0].word if terms else None
        )


def local(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name.rpartition(":")[2]
