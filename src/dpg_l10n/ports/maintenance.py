"""What looking after a store needs of its database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Defect:
    """Something in a store that does not hold."""

    code: str
    """``damage``, ``counter``, ``total``, ``trend``, ``orphan`` or ``history``."""
    where: str
    """Catalogue with project and language, or table."""
    message: str
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What was looked at."""

    projects: int
    units: int
    translations: int


class Maintenance(Protocol):
    """One database, whatever version its tables have."""

    name: str
    """Path or URL as people may see it, without a password."""
    suits: bytes
    """How a backup of this kind of database begins."""

    def exists(self) -> bool:
        """Tell whether there is a store already."""

    def version(self) -> str | None:
        """Return the version of the tables, None where there are none."""

    def known_version(self) -> str:
        """Return the version of the tables that this program works with."""

    def upgrade(self) -> tuple[str | None, str]:
        """Bring the tables up to date; return the version before and after."""

    def check(self, *, repair: bool) -> tuple[Counted, tuple[Defect, ...]]:
        """Look for what does not hold; ``repair`` counts the counters anew where they are wrong."""

    def backup(self, path: Path) -> None:
        """Write a copy to a file that is not there yet."""

    def restore(self, path: Path) -> None:
        """Put a backup in the place of all that is in the store."""

    def close(self) -> None:
        """Give the database back."""
