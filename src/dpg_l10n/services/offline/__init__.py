"""Offline packages: texts taken out to work on without a line, and brought back."""

from dpg_l10n.services.offline.kinds import KINDS
from dpg_l10n.services.offline.making import MOST_DAYS, MOST_UNITS, Asked, take
from dpg_l10n.services.offline.reports import Brought, Line, Taken
from dpg_l10n.services.offline.returning import bring_back, language_of

__all__ = [
    "KINDS",
    "MOST_DAYS",
    "MOST_UNITS",
    "Asked",
    "Brought",
    "Line",
    "Taken",
    "bring_back",
    "language_of",
    "take",
]
