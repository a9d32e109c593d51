"""How a text in a pushed file and the stored text of the same unit become one.

The last pushed file is the base: what the file says anew is news, what it repeats is not.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import NamedTuple

from dpg_l10n.domain.catalogue import FUZZY, Entry
from dpg_l10n.domain.message import Text, is_blank, is_empty
from dpg_l10n.domain.states import State

DRAFT_NOTE = "machine draft:"
"""Begins the note that marks an exported draft, so that its return is not taken for a person's."""


class Join(Enum):
    """What happens to a stored translation when a file is pushed."""

    KEEP = "keep"
    WRITE = "write"
    CONFLICT = "conflict"


class OnConflict(StrEnum):
    """What a push does where both the store and its file changed a text."""

    KEEP = "keep"
    """The store's text stays, the file's becomes a suggestion."""
    FILE = "file"
    """The file's text is taken in, the store's becomes a suggestion."""
    REFUSE = "refuse"
    """Nothing of the push is stored."""


class Outcome(NamedTuple):
    """The decision for one unit in one language."""

    join: Join
    state: State = State.MISSING
    """State of the file's text; only for WRITE and CONFLICT."""


_KEEP = Outcome(Join.KEEP)


class Present(NamedTuple):
    """What the store has for the unit."""

    text: Text
    state: State
    by_file: bool
    """True when the text came from a pushed file and nobody touched it since."""


def said(entry: Entry) -> bool:
    """Tell whether a file's entry holds a person's text: neither empty nor an exported draft."""
    if is_blank(entry.text):
        return False
    return not (FUZZY in entry.flags and entry.notes and DRAFT_NOTE in entry.notes)


def file_state(entry: Entry, accept_as: State) -> State:
    """Return the state that a file gives its text: unfinished plurals and fuzzy need work."""
    if FUZZY in entry.flags or is_empty(entry.text):
        return State.NEEDS_WORK
    return accept_as


def merge(
    present: Present | None,
    entry: Entry,
    base: Callable[[], Entry | None],
    accept_as: State,
    *,
    marks_drafts: bool,
    source_changed: bool = False,
    was_draft: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Decide what a pushed text does to the stored one.

    Args:
        present: What the store has, None when nothing.
        entry: What the file has; its text is said (see :func:`said`).
        base: Returns the entry of the last pushed version of the file, None without one.
        accept_as: State of a finished text (``translated`` or ``reviewed``).
        marks_drafts: True when the format shows drafts as such (gettext's ``fuzzy``), so that an
            unmarked text equal to a draft is a person's decision. In other formats such a text may
            be nothing but the exported draft coming back, and stays one.
        source_changed: True when the unit's source changed in this push or since the text was
            written, so that an unchanged text cannot hold.
        was_draft: Tells whether the file's text is an older draft that nobody ever accepted.
    """
    state = file_state(entry, accept_as)
    if present is None:
        return Outcome(Join.WRITE, state)
    if present.text == entry.text:
        if present.state is State.DRAFT:
            # tools such as msgmerge keep the fuzzy mark of a draft and drop the note beside it
            accepted = marks_drafts and state is not State.NEEDS_WORK
            return Outcome(Join.WRITE, state) if accepted else _KEEP
        return _same_text(present, entry, base, state, marks=marks_drafts)
    if not marks_drafts and was_draft():
        return _KEEP
    if present.state is State.DRAFT:
        return Outcome(Join.WRITE, state)
    if present.by_file and not source_changed:
        return Outcome(Join.WRITE, state)
    before = base()
    if before is not None and before.text == entry.text:
        return _KEEP
    # a text that came along from another source gives way to the first that a file has for this one
    stale = source_changed and present.state is State.NEEDS_WORK and state is not State.NEEDS_WORK
    if present.by_file or (before.text == present.text if before is not None else stale):
        return Outcome(Join.WRITE, state)
    return Outcome(Join.CONFLICT, state)


def _same_text(
    present: Present, entry: Entry, base: Callable[[], Entry | None], state: State, *, marks: bool
) -> Outcome:
    """Only the state can be news: all accepted, or a fuzzy mark set or taken away since the last push.

    A file accepted as a whole says nothing of texts that stopped to hold in the store, nor does one
    that took them from an export of before.
    """
    if present.state is state or (present.state is State.REVIEWED and state is State.TRANSLATED):
        return _KEEP
    if present.state is State.TRANSLATED and state is State.REVIEWED:
        return Outcome(Join.WRITE, state)
    before = base()
    if before is None or is_blank(before.text):
        marked = marks
    else:
        marked = (FUZZY in before.flags) is not (FUZZY in entry.flags)
    return Outcome(Join.WRITE, state) if marked else _KEEP
