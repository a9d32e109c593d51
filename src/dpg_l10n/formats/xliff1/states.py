"""States of XLIFF 1.2 (clause 2.3, ``state``, ``state-qualifier``, ``approved``)."""

from __future__ import annotations

from functools import lru_cache

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED
from dpg_l10n.formats import _xml
from dpg_l10n.formats._xliff.dialect import Habits, Status
from dpg_l10n.formats._xliff.edits import next_state
from dpg_l10n.formats._xliff.layout import Marks
from dpg_l10n.formats._xliff.provenance import provenance, without_its

_BEGUN = frozenset({"new", "needs-translation"})
_ACCEPTED = frozenset({"final", "signed-off"})
_MACHINE = frozenset({"mt-suggestion", "leveraged-mt"})
_REVIEW = "needs-review-translation"


@lru_cache(maxsize=1024)
def status(attributes: str, approved: str | None) -> Status:
    """Return what a unit says of its translation.

    Args:
        attributes: Of ``<target>``, as written.
        approved: Of ``<trans-unit>``; None where it says nothing.
    """
    found = _xml.attributes(attributes) if attributes else {}
    state = found.get("state", "")
    if approved == "yes" or state in _ACCEPTED:
        return Status(REVIEWED)
    if state in _BEGUN:
        return Status(FUZZY, is_begun=True)
    is_machine = found.get("state-qualifier") in _MACHINE
    return Status(FUZZY if state.startswith("needs-") or is_machine else "")


def changes(marks: Marks, attributes: str, habits: Habits) -> dict[str, str | None]:
    """Return the attributes of ``<target>`` that say what is known of a text.

    Args:
        marks: What is known of the text.
        attributes: Of the target as it is, empty without one.
        habits: What the file writes.
    """
    fuzzy, reviewed, note = marks
    known = _xml.attributes(attributes)
    if fuzzy and note:
        made = provenance(note)
        qualifier = "leveraged-tm" if made.is_memory else "mt-suggestion"
        its = made.its() or without_its(known)
        return {"state": _REVIEW, "state-qualifier": qualifier, **its}
    clean: dict[str, str | None] = {"state-qualifier": None, **without_its(known)}
    if fuzzy:
        return {"state": _REVIEW, **clean}
    state = next_state(habits, had="state" in known, reviewed=reviewed, accepted="signed-off")
    return {"state": state, **clean}


def approved(marks: Marks, attributes: str, habits: Habits) -> dict[str, str | None]:
    """Return the change of ``<trans-unit>`` that says whether a text is approved.

    Args:
        marks: What is known of the text.
        attributes: Of the unit as it is.
        habits: What the file writes.
    """
    had = _xml.attributes(attributes).get("approved")
    if marks.reviewed:
        return {"approved": "yes"} if had or habits.approved else {}
    return {"approved": "no"} if had == "yes" else {}
