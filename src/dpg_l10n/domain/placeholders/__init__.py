"""Placeholders in texts: find them, know which kinds a format uses, compare two texts by them."""

from dpg_l10n.domain.placeholders.compare import SAME, Difference, compare
from dpg_l10n.domain.placeholders.find import Placeholder, find, letters_outside
from dpg_l10n.domain.placeholders.kinds import ALL, DEFAULT, MARKUP, kinds_for

__all__ = [
    "ALL",
    "DEFAULT",
    "MARKUP",
    "SAME",
    "Difference",
    "Placeholder",
    "compare",
    "find",
    "kinds_for",
    "letters_outside",
]
