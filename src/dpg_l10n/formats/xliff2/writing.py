"""Changed and new units of XLIFF 2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.merge import DRAFT_NOTE
from dpg_l10n.domain.message import plain
from dpg_l10n.formats import _xml
from dpg_l10n.formats._xliff import edits
from dpg_l10n.formats._xliff.dialect import Habits, Shape
from dpg_l10n.formats._xliff.layout import Marks, marks
from dpg_l10n.formats._xliff.values import MARKUP, Style, decode, encode, has_markup
from dpg_l10n.formats._xml_patch import Patch
from dpg_l10n.formats.xliff2 import states
from dpg_l10n.formats.xliff2.matches import candidates, segment_id, set_candidate
from dpg_l10n.formats.xliff2.reading import Piece, is_partial, pieces, said

_TOKEN = re.compile(r"[\w.:-]+")
"""What an id may be: a name token of XML."""
_CATEGORY = "dpg-l10n"


def change(
    patch: Patch, unit: _xml.Element, old: Entry, new: Entry, style: Style, habits: Habits
) -> None:
    """Bring one unit to what its entry says."""
    inner = _xml.children(patch.text, unit.value, unit.value_end)
    found = pieces(patch.text, inner)
    if new.source is not None and new.source != old.source and len(found) == 1:
        edits.set_source(patch, found[0].source, new, style)
    was, now = marks(old), marks(new)
    if plain(new.text):
        name = _name(patch, unit, found) if now.note else None
        _say(patch, found, old, new, style, habits, name)
        if was.note or now.note:
            set_candidate(patch, inner, _candidate(patch, found[0], new, style, name))
    elif old.text:
        _take_out(patch, found)
        set_candidate(patch, inner, None)
    if was.note != now.note:
        _set_note(patch, inner, was, now, style)


def _name(patch: Patch, unit: _xml.Element, found: Sequence[Piece]) -> str | None:
    """Return the id of the one segment of a unit, or one for it; None where there are several."""
    if len(found) != 1:
        return None
    known = _xml.attributes(found[0].element.attributes).get("id")
    return known or segment_id(patch.text[unit.start : unit.end])


def _candidate(
    patch: Patch, piece: Piece, new: Entry, style: Style, name: str | None
) -> tuple[str, str, str, str] | None:
    """Return what a candidate says of the draft of a segment, None where it cannot say it."""
    if name is None:
        return None
    source = edits.raw_of(patch, piece.source)
    markup = new.flags >= MARKUP
    return marks(new).note, name, source, encode(plain(new.text), style, source, markup=markup)


def _say(
    patch: Patch,
    found: Sequence[Piece],
    old: Entry,
    new: Entry,
    style: Style,
    habits: Habits,
    name: str | None,
) -> None:
    """Write a translation; ``name`` is the id that its one segment is to have, None for any."""
    now = marks(new)
    markup = new.flags >= MARKUP
    is_other = marks(old) != now or not old.text or is_partial(patch.text, found)
    ordered = sorted(found, key=lambda piece: piece.order)
    before = [decode(said(patch.text, piece), markup=markup) for piece in ordered]
    if not old.text:
        before = [""] * len(before)
    parts = _distributed(plain(new.text), before, [piece.is_segment for piece in ordered])
    for piece, part in zip(ordered, parts, strict=True):
        if piece.is_segment and is_other:
            attributes = piece.element.attributes
            named = {"id": name} if name is not None else {}
            edits.set_tag(
                patch, piece.element, {**named, **states.changes(now, attributes, habits)}
            )
        raw = said(patch.text, piece)
        if decode(raw, markup=markup) != part:
            model = raw or edits.raw_of(patch, piece.source)
            raw = encode(part, style, model, markup=markup)
        elif piece.target is not None or not piece.is_segment:
            continue
        if piece.target is not None:
            edits.set_value(patch, piece.target, raw, {})
        else:
            patch.insert_after(piece.source.start, piece.source.end, f"<target>{raw}</target>")


def _distributed(text: str, before: Sequence[str], segments: Sequence[bool]) -> list[str]:
    """Return a translation in the pieces of its unit.

    Pieces at both ends that say what they said keep it; what is between goes into one segment,
    because nobody knows where its sentences end.
    """
    if "".join(before) == text:
        return list(before)
    count = len(before)
    first, start = 0, 0
    while first < count and before[first] and text.startswith(before[first], start):
        start += len(before[first])
        first += 1
    last, end = count, len(text)
    while last > first and before[last - 1] and text.endswith(before[last - 1], start, end):
        end -= len(before[last - 1])
        last -= 1
    while not any(segments[first:last]):
        if first:
            first -= 1
            start -= len(before[first])
        else:
            end += len(before[last])
            last += 1
    parts = [*before[:first], *[""] * (last - first), *before[last:]]
    parts[segments.index(True, first)] = text[start:end]
    return parts


def _take_out(patch: Patch, found: Sequence[Piece]) -> None:
    for piece in found:
        if piece.target is not None:
            patch.remove(piece.target.start, piece.target.end)
        if piece.is_segment:
            edits.set_tag(patch, piece.element, states.emptied(piece.element.attributes))


def _set_note(
    patch: Patch, inner: Sequence[_xml.Element], was: Marks, now: Marks, style: Style
) -> None:
    """Bring the note of a draft to what it is to say; the element around it never stays empty."""
    around = edits.named(inner, "notes")
    notes = _xml.children(patch.text, around.value, around.value_end) if around else []
    alone = len(notes) == 1 and DRAFT_NOTE in edits.raw_of(patch, notes[0])
    if around is not None and alone and not now.note:
        patch.remove(around.start, around.end)
        return
    if edits.set_note(patch, notes, was.note, now.note):
        return
    note = _note(now.note, _CATEGORY)
    if notes:
        patch.insert_after(notes[-1].start, notes[-1].end, note)
        return
    if around is not None:
        patch.replace(around.start, around.end, f"<notes>{note}</notes>")
        return
    follower = next(e for e in inner if e.name in ("originalData", "segment", "ignorable"))
    indent = patch.indent(follower.start)
    patch.insert_before(follower.start, _notes([note], indent, style))


def render(entry: Entry, id: str, model: str, style: Style, habits: Habits, shape: Shape) -> str:
    """Return a new unit."""
    now = marks(entry)
    known = _xml.attributes(model)
    attributes = {"id": id}
    if not _TOKEN.fullmatch(id):
        attributes = {
            "id": f"k-{sha256(id.encode('utf-8', 'replace')).hexdigest()[:16]}",
            "name": id,
        }
    elif habits.numbered and model:
        attributes["name"] = id
    elif entry.context and "name" in known:
        attributes["name"] = entry.context
    attributes |= {name: known[name] for name in ("xml:space", "translate") if name in known}
    text = plain(entry.text)
    source = edits.source_value(entry, style)
    parts = [f"<source>{source}</source>"]
    tag, candidate = "<segment>", ""
    if text:
        name = {"id": segment_id("")} if now.note else {}
        tag = _xml.with_attributes(tag, {**name, **states.changes(now, "", habits)})
        markup = entry.flags >= MARKUP and has_markup(text + source)
        target = encode(text, style, markup=markup)
        parts.append(f"<target>{target}</target>")
        if now.note:
            candidate = candidates(now.note, segment_id(""), source, target)
    notes = [
        _note(line, _CATEGORY if line == now.note else "description")
        for line in entry.notes.split("\n")
        if line.strip()
    ]
    notes += [_note(line, "location") for line in entry.locations.split("\n") if line.strip()]
    outer, child = shape.unit, shape.child
    deeper = None if child is None else child + (child[len(outer or "") :] or "  ")
    body = _line(style, child) + candidate if candidate else ""
    body += _line(style, child) + _notes(notes, child, style) if notes else ""
    body += _line(style, child) + tag + "".join(_line(style, deeper) + part for part in parts)
    body += f"{_line(style, child)}</segment>{_line(style, outer)}"
    return f"{_xml.with_attributes('<unit>', attributes)}{body}</unit>"


def _line(style: Style, indent: str | None) -> str:
    return "" if indent is None else style.newline + indent


def _notes(notes: Sequence[str], indent: str | None, style: Style) -> str:
    deeper = None if indent is None else indent + "  "
    inside = "".join(_line(style, deeper) + note for note in notes)
    return f"<notes>{inside}{_line(style, indent)}</notes>"


def _note(text: str, category: str) -> str:
    return f'<note category="{category}">{_xml.escape(text)}</note>'
