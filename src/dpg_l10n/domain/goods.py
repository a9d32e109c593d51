"""Digital public goods as their registry lists them: what is used where. No people, no contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dpg_l10n.domain.territories import Territories

EVERYWHERE = 150
"""A good that lists as many countries says that it is on the internet, not who uses it."""


@dataclass(frozen=True, slots=True)
class Good:
    """One entry of the registry."""

    id: str
    """Slug in the registry, which a project names as its ``registry_id``."""
    name: str
    stage: str = ""
    """``DPG``, ``nominee``, or what the registry says."""
    website: str = ""
    licences: tuple[str, ...] = ()
    """As the registry writes them."""
    sectors: tuple[str, ...] = ()
    sdgs: tuple[int, ...] = ()
    """Sustainable Development Goals, 1 to 17."""
    repositories: tuple[str, ...] = ()
    """Addresses."""
    deployments: tuple[str, ...] | None = None
    """ISO 3166-1 alpha-2; None where the registry does not say."""

    @property
    def is_everywhere(self) -> bool:
        """True where the list of countries says nothing about any of them."""
        return len(self.deployments or ()) >= EVERYWHERE

    @property
    def countries(self) -> tuple[str, ...]:
        """Countries that are known to use it: none where it lists nearly all."""
        return () if self.is_everywhere else (self.deployments or ())


@dataclass(frozen=True, slots=True)
class RegistryImport:
    """Which registry the store has."""

    source: str
    """Address, or name of the file where it says none."""
    version: str
    """Commit or date of the data, else the first digits of its SHA-256."""
    sha256: str
    at: int
    """When it was imported, seconds since 1970 in UTC."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How much a language is asked for: goods used in countries where it is official."""

    language: str
    """BCP 47."""
    goods: int
    pairs: int
    """Goods times countries."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2, sorted: where it is official and a good is used."""


def demand(goods: Iterable[Good], territories: Territories) -> tuple[Demand, ...]:
    """Return the official languages of the countries where goods are used, most asked for first.

    Official in the whole country or in fact; languages of regions are left to the shares of speakers.
    """
    used: dict[str, set[tuple[str, str]]] = {}
    for good in goods:
        for country in good.countries:
            territory = territories.by_code.get(country)
            for speakers in territory.languages if territory else ():
                if speakers.official in ("official", "de_facto_official"):
                    used.setdefault(speakers.language, set()).add((good.id, country))
    found = [
        Demand(
            language,
            len({good for good, _ in pairs}),
            len(pairs),
            tuple(sorted({country for _, country in pairs})),
        )
        for language, pairs in used.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.goods, -each.pairs, each.language)))
