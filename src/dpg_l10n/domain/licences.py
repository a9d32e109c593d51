"""Which licences let a translation travel from one project to another."""

from __future__ import annotations

import re
from functools import lru_cache

_COPYLEFT = (
    ("AGPL", "gpl"), ("LGPL", "gpl"), ("GPL", "gpl"), ("MPL", "mpl"), ("EPL", "epl"),
    ("EUPL", "eupl"), ("CC-BY-SA", "cc-by-sa"), ("ODBL", "odbl"), ("CDDL", "cddl"),
)  # fmt: skip
_OPEN = (
    "0BSD", "AFL", "APACHE", "BSD", "BSL-1.0", "CC-BY-", "CC0", "ISC", "MIT", "NCSA", "ODC-BY",
    "PDDL", "POSTGRESQL", "PSF", "PYTHON", "UNICODE", "UNLICENSE", "UPL", "W3C", "ZLIB",
)  # fmt: skip


@lru_cache(maxsize=1024)  # few licences, asked of every text that is found
def family(licence: str | None) -> str | None:
    """Return ``permissive``, the name of a copyleft family, or None for an unknown licence.

    Args:
        licence: SPDX identifier.
    """
    name = (licence or "").upper()
    if "-NC" in name or "-ND" in name:
        return None
    for start, found in _COPYLEFT:
        if name.startswith(start):
            return found
    return "permissive" if name.startswith(_OPEN) else None


@lru_cache(maxsize=1024)
def may_reuse(theirs: str | None, ours: str | None) -> bool:
    """Tell whether a text under their licence may be offered to a project under ours.

    Permissive texts go to all, copyleft ones within their family, unknown ones nowhere. Of their
    licences joined by ``OR`` one is enough, while each of ours must allow the text; of licences
    joined in any other way all hold.

    Args:
        theirs: SPDX expression.
        ours: SPDX expression.
    """
    return all(any(_allows(option, own) for option in _options(theirs)) for own in _options(ours))


def _allows(theirs: list[str], ours: list[str]) -> bool:
    kept = {"permissive", *map(family, ours)} - {None}
    return all(family(licence) in kept for licence in theirs)


def _options(expression: str | None) -> list[list[str]]:
    """Return the licences to choose from, each as the licences that hold together.

    Nested expressions are not taken apart: all their licences count as holding together, which
    allows less and never more.
    """
    text = re.sub(r"\s+WITH\s+\S+", "", expression or "", flags=re.IGNORECASE)
    if "(" not in text:
        options = re.split(r"\s+OR\s+", text, flags=re.IGNORECASE)
        return [re.split(r"\s+AND\s+", option, flags=re.IGNORECASE) for option in options]
    return [re.split(r"[\s()]+(?:AND|OR)[\s()]+|[\s()]+", text.strip("() "), flags=re.IGNORECASE)]
