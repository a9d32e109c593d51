"""Catalogues and units by the names that people give them."""

from __future__ import annotations

from collections.abc import Sequence

from dpg_l10n.domain.records import Project, StoredCatalogue
from dpg_l10n.domain.unit import Unit
from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import UnitOfWork


def require_catalogue(known: Sequence[StoredCatalogue], name: str) -> StoredCatalogue:
    """Return a catalogue of a project by its name.

    Raises:
        NotFoundError: The project has none of this name.
    """
    for stored in known:
        if stored.name == name:
            return stored
    hint = f"The project has: {', '.join(stored.name for stored in known)}."
    raise NotFoundError(kind="catalogue", name=name, hint=hint)


def find_by_key(
    uow: UnitOfWork, project: Project, catalogue: str, key: str
) -> tuple[StoredCatalogue, Unit]:
    """Return a unit, obsolete or not, by its catalogue and key.

    Raises:
        NotFoundError: The project has no such catalogue or unit.
    """
    stored = require_catalogue(uow.catalogues.list(project.id), catalogue)
    unit = uow.units.by_key(stored.id, key)
    if unit is None:
        raise no_unit(key)
    return stored, unit


def no_unit(key: str) -> NotFoundError:
    """Return the error that no unit has a key."""
    return NotFoundError(kind="unit", name=key, hint="Keys are listed by: dpg-l10n review list")
