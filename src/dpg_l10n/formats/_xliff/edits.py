"""Edits inside a unit that both generations make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.merge import DRAFT_NOTE
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats._xliff.dialect import Habits
from dpg_l10n.formats._xliff.values import (
    MARKUP,
    Style,
    decode,
    encode,
    has_markup,
    is_well_formed,
)
from dpg_l10n.formats._xml_patch import Patch
from dpg_l10n.i18n import N_


def named(elements: Sequence[_xml.Element], name: str) -> _xml.Element | None:
    """Return the first element of a name, or None."""
    return next((each for each in elements if each.name == name), None)


def only(text: str, elements: Sequence[_xml.Element], name: str) -> _xml.Element | None:
    """Return the element of a name, or None.

    Raises:
        FormatError: ``format.duplicate``: there are two, and nobody knows which one is meant.
    """
    found = [each for each in elements if each.name == name]
    if len(found) > 1:
        line, column = _text.place(text, found[1].start)
        raise FormatError(
            N_("A second <{name}> for one text. Remove one of them."),
            code="duplicate", line=line, column=column, name=name,
        )  # fmt: skip
    return found[0] if found else None


def raw_of(patch: Patch, element: _xml.Element | None) -> str:
    """Return the content of an element as written; empty without one."""
    return patch.text[element.value : element.value_end] if element else ""


def set_tag(patch: Patch, element: _xml.Element, changes: Mapping[str, str | None]) -> None:
    """Change attributes of an element that is not written anew otherwise."""
    start = element.start
    end = start + 1 + len(element.name) + len(element.attributes) + 1
    tag = patch.text[start:end]
    new = _xml.with_attributes(tag, changes)
    if new != tag:
        patch.replace(start, end, new)


def set_value(
    patch: Patch, element: _xml.Element, raw: str, changes: Mapping[str, str | None]
) -> None:
    """Change the content of an element, and attributes of it."""
    if element.value < element.end:
        set_tag(patch, element, changes)
        if raw != raw_of(patch, element):
            patch.replace(element.value, element.value_end, raw)
        return
    tag = _xml.with_attributes(patch.text[element.start : element.end], changes)
    head = tag[:-2].rstrip(_xml.SPACE)
    patch.replace(element.start, element.end, f"{head}>{raw}</{element.name}>")


def set_source(patch: Patch, element: _xml.Element, entry: Entry, style: Style) -> None:
    """Write another source text, which may have come to hold markup or have lost it."""
    raw = raw_of(patch, element)
    text = plain(entry.source) if entry.source is not None else ""
    if decode(raw, markup=has_markup(raw)) != text:
        set_value(patch, element, source_value(entry, style, raw), {})


def source_value(entry: Entry, style: Style, old: str = "") -> str:
    """Return the content that says an entry's source: inner XML where it has elements."""
    text = plain(entry.text if entry.source is None else entry.source)
    markup = entry.flags >= MARKUP and has_markup(text) and is_well_formed(text)
    return encode(text, style, old, markup=markup)


def set_note(patch: Patch, notes: Sequence[_xml.Element], old: str, new: str) -> bool:
    """Change or take out the note of a draft; return False where a new one has to be added.

    Args:
        patch: The edits.
        notes: Elements that hold one note each.
        old: The note of the draft that is there, empty without one.
        new: What it is to say; empty takes it out.
    """
    if old == new:
        return True
    for note in notes:
        if DRAFT_NOTE in note_text(raw_of(patch, note)):
            if new:
                patch.replace(note.value, note.value_end, _xml.escape(new))
            else:
                patch.remove(note.start, note.end)
            return True
    return not new


def note_text(raw: str) -> str:
    """Return a note as one line."""
    return " ".join(decode(raw, markup=False).split()) if raw else ""


def labelled(note: str, label: str) -> str:
    """Return a note with the kind that it is of, where that tells a translator something."""
    if label in ("", "description", "developer", "dpg-l10n"):
        return note
    return f"{label}: {note}"


def next_state(habits: Habits, *, had: bool, reviewed: bool, accepted: str) -> str | None:
    """Return the state of a text that is not fuzzy; None where the file writes none.

    Args:
        habits: What the file writes.
        had: The element has a state already.
        reviewed: A reviewer accepted the text.
        accepted: How the generation says that.
    """
    if not (had or habits.states):
        return None
    return accepted if reviewed else "translated"
