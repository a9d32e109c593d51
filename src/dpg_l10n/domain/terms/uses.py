"""What TBX and tables say a word is to its concept."""

from __future__ import annotations

from dpg_l10n.domain.terms.concept import Use

_USES = {
    "preferred": Use.PREFERRED, "standardized": Use.PREFERRED, "admitted": Use.ADMITTED,
    "legal": Use.PREFERRED, "regulated": Use.PREFERRED, "deprecated": Use.FORBIDDEN,
    "superseded": Use.FORBIDDEN, "forbidden": Use.FORBIDDEN, "notrecommended": Use.FORBIDDEN,
    "obsolete": Use.FORBIDDEN,
}  # fmt: skip


def use_of(status: str) -> Use | None:
    """Return what a word is to its concept (``preferredTerm-admn-sts``), None where unsaid."""
    word = status.strip().lower().removesuffix("-admn-sts").removesuffix("term")
    return _USES.get(word)
