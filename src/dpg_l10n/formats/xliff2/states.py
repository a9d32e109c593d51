"""States of XLIFF 2 (``state`` and ``subState`` of a segment)."""

from __future__ import annotations

from functools import lru_cache

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED
from dpg_l10n.formats import _xml
from dpg_l10n.formats._xliff.dialect import Habits, Status
from dpg_l10n.formats._xliff.edits import next_state
from dpg_l10n.formats._xliff.layout import Marks
from dpg_l10n.formats._xliff.provenance import provenance

_INITIAL = "initial"
_ACCEPTED = frozenset({"reviewed", "final"})


@lru_cache(maxsize=1024)
def status(attributes: str) -> Status:
    """Return what a segment says of its translation.

    The specification takes ``initial`` for granted where nothing is said. Most tools say nothing
    of finished translations, so only a state that is written counts.
    """
    state = _xml.attributes(attributes).get("state", "") if attributes else ""
    if state in _ACCEPTED:
        return Status(REVIEWED)
    return Status(FUZZY, is_begun=True) if state == _INITIAL else Status()


def changes(marks: Marks, attributes: str, habits: Habits) -> dict[str, str | None]:
    """Return the attributes of ``<segment>`` that say what is known of its text.

    Args:
        marks: What is known of the text.
        attributes: Of the segment as it is, empty without one.
        habits: What the file writes.
    """
    if marks.fuzzy:
        if not marks.note:
            return {"state": _INITIAL, "subState": None}
        machine = "leveraged-tm" if provenance(marks.note).is_memory else "mt-suggestion"
        return {"state": _INITIAL, "subState": f"dpg-l10n:{machine}"}
    had = "state" in _xml.attributes(attributes)
    state = next_state(habits, had=had, reviewed=marks.reviewed, accepted="reviewed")
    return {"state": state, "subState": None}


def emptied(attributes: str) -> dict[str, str | None]:
    """Return the attributes of ``<segment>`` whose translation was taken out."""
    had = "state" in _xml.attributes(attributes)
    return {"state": _INITIAL if had else None, "subState": None}
