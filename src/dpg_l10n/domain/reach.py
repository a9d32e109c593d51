"""How many people of a country can read a project in a language other than its source.

Nobody counts how many people speak two languages of a country, so reach is a range: at least those of
the most spoken language, at most those of all languages together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from dpg_l10n.domain.locales import base
from dpg_l10n.domain.scripts import script_of
from dpg_l10n.domain.territories import Speakers, Territory

NOBODY = Fraction(0)


@dataclass(frozen=True, slots=True)
class Reach:
    """Shares of a country's people, 0 to 1."""

    at_least: Fraction
    at_most: Fraction
    languages: tuple[Speakers, ...]
    """Those that reach somebody, most spoken first; never the source language."""
    source: Fraction
    """Who speaks the source language: no part of the others."""


def reach(territory: Territory, covered: Iterable[str], source_language: str) -> Reach:
    """Return whom texts in some languages reach.

    Args:
        territory: Where.
        covered: BCP 47 tags of the languages that are covered. The source language in any spelling
            or country's variant adds nobody.
        source_language: BCP 47.
    """
    source = base(source_language)
    tags = [tag for tag in covered if base(tag) != source]
    reached = tuple(
        each for each in territory.languages if any(reads(tag, each.language) for tag in tags)
    )
    return Reach(
        at_least=max((each.share for each in reached), default=NOBODY),
        at_most=min(Fraction(1), sum((each.share for each in reached), NOBODY)),
        languages=reached,
        source=source_share(territory, source_language),
    )


def source_share(territory: Territory, source_language: str) -> Fraction:
    """Return the share of people who speak the source language, in whatever script."""
    source = base(source_language)
    shares = (each.share for each in territory.languages if base(each.language) == source)
    return max(shares, default=NOBODY)


def readers(territory: Territory, tag: str) -> tuple[Speakers, ...]:
    """Return who can read a text in a territory, see :func:`reads`."""
    return tuple(each for each in territory.languages if reads(tag, each.language))


# asked for each text language and spoken language of each project: few distinct pairs
@lru_cache(maxsize=1 << 14)
def reads(tag: str, spoken: str) -> bool:
    """Tell whether who speaks a language of a country can read a text in another spelling of it.

    A country's variant is read elsewhere too (``sw-KE`` in Tanzania, ``pt-BR`` in Mozambique); another
    script is not: Punjabi in Gurmukhi (``pa``) reaches nobody who writes it with Arabic letters
    (``pa-Arab``). A tag without a script has the one that is usual for its country, or in general.

    Args:
        tag: BCP 47 of the text.
        spoken: BCP 47 as the territory data has it.
    """
    return base(tag) == base(spoken) and script_of(tag) == script_of(spoken)
