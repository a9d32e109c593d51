"""How XLIFF 2 holds units: ``<unit>`` with segments and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED
from dpg_l10n.formats import _xml
from dpg_l10n.formats._xliff import edits
from dpg_l10n.formats._xliff.dialect import ATTRIBUTES, Content, Status, read_texts
from dpg_l10n.formats.xliff2 import states

_S = r"[ \t\r\n]"
# Nearly every unit has one segment, and neither comments nor elements of modules.
UNIT = rf"""<unit{_S}++({ATTRIBUTES})>{_S}*+
    (?:<notes{_S}*+>((?:[^<]++|<(?![!?]|/?notes))*+)</notes{_S}*+>{_S}*+)?+
    (?:<originalData{_S}*+>(?:[^<]++|<(?![!?]|/?originalData))*+</originalData{_S}*+>{_S}*+)?+
    <segment((?:{_S}{ATTRIBUTES})?+)>{_S}*+
    <source(?:{_S}{ATTRIBUTES})?+>((?:[^<]++|<(?![!?]|/?source))*+)</source{_S}*+>{_S}*+
    (?:<target(?:{_S}{ATTRIBUTES})?+(?:/>|>((?:[^<]++|<(?![!?]|/?target))*+)</target{_S}*+>){_S}*+)?+
    </segment{_S}*+>{_S}*+</unit{_S}*+>()
    |"""
WHOLE = 6
_ID = re.compile(r"""id="([^"&<\r\n\t]*+)"[ \t\r\n]*+""")
_NOTE = re.compile(rf"<note((?:{_S}{ATTRIBUTES})?+)>([^<]*+)</note{_S}*+>")
_CATEGORY = re.compile(rf"""{_S}category="([^"&]*+)\"""")
_LOCATION = "location"
_SIZE = "slr:sizeRestriction"


class Piece(NamedTuple):
    """One ``<segment>`` or ``<ignorable>``."""

    element: _xml.Element
    source: _xml.Element
    target: _xml.Element | None
    order: int
    """Place of the translation in the unit."""

    @property
    def is_segment(self) -> bool:
        """False for what stands between segments."""
        return self.element.name == "segment"


def pieces(text: str, inner: Sequence[_xml.Element]) -> list[Piece]:
    """Return the segments of a unit and what stands between them, in file order."""
    found: list[Piece] = []
    for element in inner:
        if element.name not in ("segment", "ignorable"):
            continue
        parts = _xml.children(text, element.value, element.value_end)
        source, target = (edits.only(text, parts, name) for name in ("source", "target"))
        if source is not None:
            place = _xml.attributes(target.attributes).get("order", "") if target else ""
            order = int(place[:6]) if place.isascii() and place.isdecimal() else len(found) + 1
            found.append(Piece(element, source, target, order))
    return found


def said(text: str, piece: Piece) -> str:
    """Return what a piece of a translation holds as written; white space between is the source's."""
    if piece.target is not None:
        return text[piece.target.value : piece.target.value_end]
    return "" if piece.is_segment else text[piece.source.value : piece.source.value_end]


def is_partial(text: str, found: Sequence[Piece]) -> bool:
    """Tell whether some segments are translated and others are not."""
    missing = [
        piece
        for piece in found
        if piece.is_segment
        and piece.target is None
        and text[piece.source.value : piece.source.value_end].strip()
    ]
    return bool(missing) and any(piece.target is not None for piece in found)


def quick(match: re.Match[str]) -> Content:
    """Return a unit of the usual shape."""
    raw, noted, segment, source, target = match.group(1, 2, 3, 4, 5)
    notes = places = ""
    if noted:
        notes, places = _notes(_NOTE.findall(noted))
    texts = read_texts(source, target, states.status(segment))
    only_id = _ID.fullmatch(raw)
    if only_id is None:
        return _content(_xml.attributes(raw), texts, notes, places)
    return Content(only_id[1], "", None, *texts, notes, places, None)


def slow(text: str, unit: _xml.Element) -> Content | None:
    """Return a unit of any shape, None for one without a segment."""
    inner = _xml.children(text, unit.value, unit.value_end)
    found = pieces(text, inner)
    if not any(piece.is_segment for piece in found):
        return None
    source = "".join(text[piece.source.value : piece.source.value_end] for piece in found)
    target = None
    if any(piece.target is not None for piece in found):
        ordered = sorted(found, key=lambda piece: piece.order)
        target = "".join(said(text, piece) for piece in ordered)
    noted = edits.named(inner, "notes")
    notes = [
        (each.attributes, text[each.value : each.value_end])
        for each in (_xml.children(text, noted.value, noted.value_end) if noted else ())
        if each.name == "note"
    ]
    texts = read_texts(source, target, _status(text, found))
    return _content(_xml.attributes(unit.attributes), texts, *_notes(notes))


def _status(text: str, found: Sequence[Piece]) -> Status:
    """Return what the segments of a unit say together: the least of them."""
    each = [states.status(piece.element.attributes) for piece in found if piece.is_segment]
    if is_partial(text, found):
        return Status(FUZZY)
    if any(status.mark == FUZZY for status in each):
        return Status(FUZZY, is_begun=all(status.is_begun for status in each))
    return Status(REVIEWED if all(status.mark == REVIEWED for status in each) else "")


def _content(
    attributes: dict[str, str], texts: tuple[str, str, frozenset[str]], notes: str, places: str
) -> Content:
    size = attributes.get(_SIZE, "").rpartition(",")[2].strip()
    limit = int(size[:9]) if size.isascii() and size.isdecimal() else None
    return Content(
        attributes.get("id", ""), attributes.get("name", ""), attributes.get("translate"),
        *texts, notes, places, limit,
    )  # fmt: skip


def _notes(found: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the notes and the places in the source code, one a line."""
    notes, places = [], []
    for attributes, raw in found:
        usual = _CATEGORY.search(attributes)
        category = usual[1] if usual else _xml.attributes(attributes).get("category", "")
        note = edits.note_text(raw)
        if category == _LOCATION:
            places.append(note)
        else:
            notes.append(edits.labelled(note, category))
    return "\n".join(notes), "\n".join(places)
