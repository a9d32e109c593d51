"""Which licences let a translation travel from one project to another."""

from __future__ import annotations

_COPYLEFT = (
    ("AGPL", "gpl"), ("LGPL", "gpl"), ("GPL", "gpl"), ("MPL", "mpl"), ("EPL", "epl"),
    ("EUPL", "eupl"), ("CC-BY-SA", "cc-by-sa"), ("ODBL", "odbl"), ("CDDL", "cddl"),
)  # fmt: skip
_OPEN = (
    "0BSD", "AFL", "APACHE", "BSD", "BSL-1.0", "CC-BY-", "CC0", "ISC", "MIT", "NCSA", "ODC-BY",
    "PDDL", "POSTGRESQL", "PSF", "PYTHON", "UNICODE", "UNLICENSE", "UPL", "W3C", "ZLIB",
)  # fmt: skip


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


def may_reuse(theirs: str | None, ours: str | None) -> bool:
    """Tell whether a text under their licence may be offered to a project under ours.

    Permissive texts go to all, copyleft ones within their family, unknown ones nowhere.
    """
    origin = family(theirs)
    return origin == "permissive" or (origin is not None and origin == family(ours))
