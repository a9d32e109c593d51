"""All that a store has of a project, for another store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol


class Bundles(Protocol):
    """All that the store has of a project, for another store."""

    def dump(self, project_id: int) -> Iterator[tuple[str, Iterator[str]]]:
        """Yield each table's name with its lines, JSON each; to be read in turn."""

    def load(self, slug: str, lines: Callable[[str], Iterator[str]]) -> int:
        """Add a project that the store does not have from the lines of its tables; return its number.

        Raises:
            InputError: ``bundle.newer``, ``bundle.damaged``: the lines cannot be used.
        """
