"""What the memory holds, and how good a match of it is for somebody."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dpg_l10n.domain import locales
from dpg_l10n.domain.licences import family, may_reuse
from dpg_l10n.domain.message import Text, texts
from dpg_l10n.domain.states import State

CONTEXT, OWN_PROJECT = 0.03, 0.02
"""Added to the similarity of a text with the same context, and of one of the same project."""
UNREVIEWED, OTHER_FAMILY, OTHER_REGION, FROM_FILE = 0.03, 0.02, 0.02, 0.02
"""Taken from that of a text that no reviewer accepted, that is under another family of licences, that
is in another variety of the language, and of one that came as a file instead of from a project."""


class Recalled(NamedTuple):
    """A finished translation, as the store has it now."""

    text_id: int
    """Number of its source text."""
    source: Text
    text: Text
    language: str
    """BCP 47 tag of ``text``."""
    state: State
    licence: str | None
    """SPDX expression; None when unknown."""
    project: str = ""
    """Slug; empty for an entry of a memory that came as a file."""
    memory: str = ""
    """Name of the memory that came as a file; empty for a text of a project."""
    context: str = ""
    key: str = ""
    unit_id: int = 0
    revision: int = 0
    """Of the translation; 0 for an entry of a file."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A memory that came as a file. Its entries are suggestions and never coverage."""

    name: str
    licence: str | None
    """SPDX expression of entries that name none; None when unknown: then nobody is offered them."""
    at: int
    """When its file was last taken in, seconds since 1970 in UTC."""
    id: int = 0
    """Number in the store; 0 before it is stored."""


class ForeignEntry(NamedTuple):
    """One pair of texts of a memory that came as a file."""

    source: str
    text: str
    source_language: str
    """BCP 47."""
    language: str
    """BCP 47."""
    state: State = State.TRANSLATED
    licence: str | None = None
    """SPDX expression; None for that of the memory."""
    origin: str = ""
    """Which project it is from, as the file says."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks the memory: what is nearer to them is worth more, and licences decide what they see."""

    language: str
    """BCP 47 tag of the translation that is wanted."""
    project: str = ""
    """Slug; empty for nobody in particular, who sees what is under permissive licences."""
    licence: str | None = None
    """SPDX expression of the project."""
    context: str = ""
    """Context of the text that is to be translated."""

    def may_see(self, found: Recalled) -> bool:
        """Tell whether a translation may be offered to them."""
        own = bool(self.project) and found.project == self.project
        return own or may_reuse(found.licence, self.licence)

    def worth(self, found: Recalled, similarity: float) -> float:
        """Return how good a match is for them: the similarity, and what speaks for and against it.

        Args:
            found: The match.
            similarity: Of the source texts, 0.0 to 1.0. The result may lie a little above 1.0.
        """
        own = bool(self.project) and found.project == self.project
        worth = similarity
        if self.context and found.context == self.context:
            worth += CONTEXT
        if own:
            worth += OWN_PROJECT
        elif self.project and family(found.licence) != family(self.licence):
            worth -= OTHER_FAMILY
        if found.state is not State.REVIEWED:
            worth -= UNREVIEWED
        if found.language != self.language:
            worth -= OTHER_REGION
        if found.memory:
            worth -= FROM_FILE
        return worth


@lru_cache(maxsize=4096)  # every language of a store is asked about
def serves(tag: str, language: str) -> bool:
    """Tell whether texts in one language serve in another: the same, or another region of it."""
    if tag == language:
        return True
    script = getattr(locales.cldr(language), "script", None)
    return (
        locales.base(tag) == locales.base(language)
        and getattr(locales.cldr(tag), "script", None) == script
    )


def fold(text: str) -> str:
    """Return the text as words are looked for in it: composed and without the difference of case."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).casefold()


def holds(text: Text, folded: Sequence[str]) -> bool:
    """Tell whether a text holds all of some folded words, in whichever of its variants."""
    said = fold("\n".join(texts(text)))
    return all(word in said for word in folded)
