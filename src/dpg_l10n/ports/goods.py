"""What the use cases need to know of the registry of digital public goods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dpg_l10n.domain.goods import Good, RegistryImport


class Goods(Protocol):
    """The registry that the store has."""

    def list(self) -> tuple[Good, ...]:
        """Return every good by its identity."""

    def imported(self) -> RegistryImport | None:
        """Return which registry it is, None before one was imported."""

    def replace(self, goods: Sequence[Good], imported: RegistryImport) -> None:
        """Put a registry in the place of the one before."""
