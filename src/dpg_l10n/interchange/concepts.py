"""What files of every kind say of concepts, brought into the words that glossaries use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol

from dpg_l10n.domain.locales import canonical, is_language
from dpg_l10n.domain.risk import RISKS
from dpg_l10n.domain.terms import Concept, TermStatus
from dpg_l10n.domain.terms.words import MOST_IN_TERM
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.units import Problem, UnitError

MOST_IN_FIELD = 5000
"""Characters of a definition or a note."""
_SPACES = re.compile(r"\s+")
_NO_WORD = re.compile(r"[^\w]+")
_KEY = 200
_STATUSES = {
    "accepted": TermStatus.ACCEPTED, "approved": TermStatus.ACCEPTED, "final": TermStatus.ACCEPTED,
    "reviewed": TermStatus.ACCEPTED, "": TermStatus.ACCEPTED, "rejected": TermStatus.REJECTED,
}  # fmt: skip


class ConceptReader(Protocol):
    """Yields the concepts of a file; what is broken is left out and noted."""

    units: int
    """Seen so far, those left out included."""
    left_out: int
    problems: list[Problem]
    """The first of those left out."""

    def __iter__(self) -> Iterator[Concept]:
        """Yield the concepts in the order of the file."""


def term(text: str) -> str:
    """Return a term as glossaries keep it.

    Raises:
        UnitError: It is empty, too long, or holds control characters.
    """
    clean = _SPACES.sub(" ", text).strip()
    if not clean:
        raise UnitError(N_("A term is empty."))
    if len(clean) > MOST_IN_TERM:
        raise UnitError(N_("A term is longer than {most} characters."), most=MOST_IN_TERM)
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in clean):
        raise UnitError(N_("A term holds characters that are no text."))
    return clean


def field(text: str) -> str:
    """Return a definition or another remark.

    Raises:
        UnitError: It is too long or no text.
    """
    clean = text.strip()
    if len(clean) > MOST_IN_FIELD:
        raise UnitError(N_("A field is longer than {most} characters."), most=MOST_IN_FIELD)
    if any(unicodedata.category(character) == "Cs" or character == "\0" for character in clean):
        raise UnitError(N_("A field holds characters that are no text."))
    return clean


def key(said: str, title: str) -> str:
    """Return the stable name of a concept: the one that it has, else one made from a term."""
    if said.strip():
        return field(said)[:_KEY]
    return _NO_WORD.sub("-", title.casefold()).strip("-")[:_KEY] or title[:_KEY]


def tag(name: str) -> str:
    """Return a language's BCP 47 tag.

    Raises:
        UnitError: It is no language.
    """
    try:
        return canonical(name)
    except UsageError as error:
        raise UnitError(N_("“{name}” is no language code."), name=name[:50]) from error


def is_column_of_language(name: str) -> bool:
    """Tell whether the title of a column is that of a language."""
    return bool(name) and is_language(name)


def risk(text: str) -> str:
    """Return a risk.

    Raises:
        UnitError: It is unknown: a wrong risk is worse than a missing concept.
    """
    found = text.strip().lower() or "normal"
    if found not in RISKS:
        raise UnitError(
            N_("“{name}” is no risk. Use one of: {known}."),
            name=found[:50], known=", ".join(RISKS),
        )  # fmt: skip
    return found


def status(text: str) -> TermStatus:
    """Return what a file says that people decided; what is in none of their words is open."""
    return _STATUSES.get(text.strip().lower(), TermStatus.SUGGESTED)


def yes(text: str) -> bool:
    """Tell whether a cell says yes."""
    return text.strip().lower() in ("1", "yes", "true", "x", "y")
