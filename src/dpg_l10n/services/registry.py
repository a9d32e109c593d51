"""The registry of digital public goods: taking it in, and what it says of languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dpg_l10n.domain import goods as domain
from dpg_l10n.domain.goods import Demand, RegistryImport
from dpg_l10n.domain.territories import Territories, parse
from dpg_l10n.interchange import goods as interchange
from dpg_l10n.ports import Clock, Store
from dpg_l10n.resources import territory_data


@dataclass(frozen=True, slots=True)
class RegistryReport:
    """What an import took in, or what the store has."""

    source: str
    version: str
    sha256: str
    goods: int
    deployed: int
    """Goods with a country where they are used, those that list nearly all left out."""
    everywhere: tuple[str, ...]
    """Goods that list nearly all countries and are in no figure of a country."""
    unknown: tuple[str, ...]
    """Names of countries that mean nothing to us."""
    refused: int
    """Records without a name."""


@lru_cache(maxsize=1)
def territories() -> Territories:
    """Return all countries, as they are shipped.

    Raises:
        ConfigError: An override is not what ``territories/README.md`` asks for.
    """
    return parse(*territory_data())


def import_registry(
    store: Store, data: bytes, path: str, clock: Clock, *, dry_run: bool = False
) -> RegistryReport:
    """Take a registry into the store, in the place of the one before.

    Args:
        store: Where to.
        data: The file.
        path: For errors, and as source where the file names none.
        clock: When.
        dry_run: Only tell what would be taken.

    Raises:
        InputError: ``input.registry``: it is no registry.
    """
    found = interchange.read(data, path)
    if not dry_run:
        with store.write() as uow:
            said = RegistryImport(found.source, found.version, found.sha256, clock.now())
            uow.goods.replace(found.goods, said)
            uow.commit()
    return RegistryReport(
        found.source, found.version, found.sha256, len(found.goods),
        sum(bool(good.countries) for good in found.goods),
        tuple(good.id for good in found.goods if good.is_everywhere),
        found.unknown, found.refused,
    )  # fmt: skip


def demand(store: Store) -> tuple[Demand, ...]:
    """Return the official languages of the countries where goods are used, most asked for first."""
    with store.read() as uow:
        return domain.demand(uow.goods.list(), territories())
