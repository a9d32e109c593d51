"""What a wrong word in a text can do."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import NamedTuple

RISKS = ("normal", "sensitive", "legal", "safety", "clinical")
"""From nothing much, over stigma, a law's own words and warnings, to a patient that is hurt."""
RISKY = frozenset({"clinical", "legal", "safety"})
"""Risks of units in which a wrong word or number can harm."""
_RANK = {risk: rank for rank, risk in enumerate(RISKS)}


class RiskRule(NamedTuple):
    """Which units of a project are of a risk, by their keys."""

    risk: str
    keys: tuple[str, ...]
    """Patterns: ``*`` stands for any characters, ``?`` for one."""

    def holds(self, key: str) -> bool:
        """Tell whether a unit is meant."""
        return any(fnmatchcase(key, pattern) for pattern in self.keys)


def gravest(risks: Iterable[str]) -> str:
    """Return the gravest of some risks, ``normal`` of none; unknown ones are ``normal``."""
    return max(risks, key=lambda risk: _RANK.get(risk, 0), default="normal")
