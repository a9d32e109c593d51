"""Countries: how many people live there and which languages they speak.

The figures are Unicode CLDR's, or those of an override that says where it is from. Shares are of first
and second languages together, so that those of a country add up to more than all people.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from dpg_l10n.domain.locales import canonical
from dpg_l10n.errors import ConfigError, NotFoundError
from dpg_l10n.i18n import N_


@dataclass(frozen=True, slots=True)
class Speakers:
    """Those in a country who speak a language."""

    language: str
    """BCP 47; with a script where the country writes the language in several, or in another one."""
    share: Fraction
    """Of the population, 0 to 1; exact, as CLDR writes it."""
    official: str = ""
    """``official``, ``official_regional``, ``de_facto_official``, or empty."""
    citation: str = ""
    """Where an override is from; empty for CLDR."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A country."""

    code: str
    """ISO 3166-1 alpha-2; ``XK`` for Kosovo."""
    population: int
    literacy: Fraction
    """Share of adults who can read, 0 to 1."""
    languages: tuple[Speakers, ...]
    """Most spoken first."""
    citation: str = ""
    """Where an override of the population is from."""

    def people(self, share: Fraction) -> int:
        """Return how many people a share of the population is, rounded down."""
        return int(self.population * share)


@dataclass(frozen=True, slots=True)
class Territories:
    """All countries, and where their figures are from."""

    source: str
    version: str
    licence: str
    by_code: Mapping[str, Territory]

    def require(self, code: str) -> Territory:
        """Return a country.

        Raises:
            NotFoundError: CLDR knows none of this code.
        """
        found = self.by_code.get(code.upper())
        if found is None:
            hint = "Use the two letters of ISO 3166-1, as KE or ET."
            raise NotFoundError(kind="country", name=code, hint=hint)
        return found


def parse(data: bytes, overrides: str = "") -> Territories:
    """Return the countries of the shipped data.

    Args:
        data: As ``tools/territories.py`` writes it.
        overrides: TOML, see ``territories/README.md``.

    Raises:
        ConfigError: An override names no source, or cannot be meant.
    """
    read = json.loads(data)
    found = {
        code: Territory(
            code,
            row["population"],
            Fraction(row["literacy"]) / 100,
            _sorted(
                Speakers(tag, Fraction(share) / 100, *official)
                for tag, (share, *official) in row["languages"].items()
            ),
        )
        for code, row in read["territories"].items()
    }
    for code, said in tomllib.loads(overrides).items():
        found[code] = _overridden(found.get(code), code, said)
    return Territories(read["source"], read["version"], read["licence"], found)


def _overridden(territory: Territory | None, code: str, said: dict[str, Any]) -> Territory:
    if territory is None:
        raise _refused(code, N_("there is no such country"))
    languages = {each.language: each for each in territory.languages}
    for name, entry in said.get("languages", {}).items():
        tag = canonical(name)
        place = f"{code}.languages.{name}"
        share = _share(entry.get("percent"), place)
        citation = _citation(entry, place)
        languages[tag] = Speakers(tag, share, entry.get("official", ""), citation)
    changed = replace(territory, languages=_sorted(languages.values()))
    if "population" in said or "literacy" in said:
        literacy = said.get("literacy")
        changed = replace(
            changed,
            population=int(said.get("population", territory.population)),
            literacy=territory.literacy if literacy is None else _share(literacy, code),
            citation=_citation(said, code),
        )
    return changed


def _citation(entry: dict[str, Any], place: str) -> str:
    source = str(entry.get("source", "")).strip()
    if not source:
        raise _refused(place, N_("say where the figure is from: source = "))
    return f"{source} {entry.get('url', '')}".strip()


def _share(percent: object, place: str) -> Fraction:
    try:
        share = Fraction(str(percent)) / 100
    except (ValueError, ZeroDivisionError) as error:
        raise _refused(place, N_("percent is a number from 0 to 100, as a text")) from error
    if not 0 <= share <= 1:
        raise _refused(place, N_("percent is a number from 0 to 100, as a text"))
    return share


def _refused(place: str, detail: str) -> ConfigError:
    return ConfigError(path=f"territories/overrides.toml, {place}", detail=detail)


def _sorted(languages: Any) -> tuple[Speakers, ...]:
    return tuple(sorted(languages, key=lambda each: (-each.share, each.language)))
