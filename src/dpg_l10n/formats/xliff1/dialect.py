"""How XLIFF 1.2 holds units: ``<trans-unit>`` with one source and one target."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.formats import _xml
from dpg_l10n.formats._xliff import edits
from dpg_l10n.formats._xliff.dialect import (
    ATTRIBUTES,
    Content,
    Dialect,
    Habits,
    Shape,
    read_texts,
)
from dpg_l10n.formats._xliff.layout import Marks, marks
from dpg_l10n.formats._xliff.values import MARKUP, Style, decode, encode, has_markup
from dpg_l10n.formats._xml_patch import Patch
from dpg_l10n.formats.xliff1 import states

# Nearly every unit is of this shape: no comments, CDATA sections or alternative translations.
_UNIT = rf"""<trans-unit[ \t\r\n]++({ATTRIBUTES})>[ \t\r\n]*+
    <source(?:[ \t\r\n]{ATTRIBUTES})?+>((?:[^<]++|<(?![!?]|/?source))*+)</source[ \t\r\n]*+>[ \t\r\n]*+
    (?:<target((?:[ \t\r\n]{ATTRIBUTES})?+)(?:/>|>((?:[^<]++|<(?![!?]|/?target))*+)</target[ \t\r\n]*+>))?+
    ((?:[^<]++|<(?![!?]|/?trans-unit|source|target|seg-source|alt-trans))*+)</trans-unit[ \t\r\n]*+>
    |"""
_WHOLE = 5
_ID = re.compile(
    r"""id="([^"&<\r\n\t]*+)"(?:[ \t\r\n]++(?:datatype|xml:space)="[^"]*+")*+[ \t\r\n]*+"""
)
_NOTE = re.compile(rf"<note((?:[ \t\r\n]{ATTRIBUTES})?+)>([^<]*+)</note[ \t\r\n]*+>")
_FROM = re.compile(r"""[ \t\r\n]from="([^"&]*+)\"""")
_LOCATION = re.compile(
    r"""<context-group[ ]purpose="location">\s*+
        <context[ ]context-type="sourcefile">([^<&]*+)</context>\s*+
        (?:<context[ ]context-type="linenumber">([^<&]*+)</context>\s*+)?+</context-group>""",
    re.VERBOSE,
)
_ORIGIN = "dpg-l10n"


def _content(
    attributes: dict[str, str], source: str, target: str | None, said: str, notes: str, places: str
) -> Content:
    """Return a unit from the parts that stand in the file."""
    status = states.status(said, attributes.get("approved"))
    texts = read_texts(source, target, status)
    limit = attributes.get("maxwidth", "")
    is_limit = attributes.get("size-unit") == "char" and limit.isascii() and limit.isdecimal()
    return Content(
        attributes.get("id", ""), attributes.get("resname", ""), attributes.get("translate"),
        *texts, notes, places, int(limit[:9]) if is_limit else None,
    )  # fmt: skip


def _quick(match: re.Match[str]) -> Content:
    """Return a unit of the usual shape."""
    raw, source, said, target, rest = match.group(1, 2, 3, 4, 5)
    notes = places = ""
    if "<" in rest:
        if "<note" in rest:
            notes = "\n".join([
                edits.labelled(edits.note_text(note), _origin(attributes))
                for attributes, note in _NOTE.findall(rest)
            ])  # fmt: skip
        if "<context-group" in rest:
            places = _places(rest)
    only_id = _ID.fullmatch(raw)
    if only_id is None:
        return _content(_xml.attributes(raw), source, target, said or "", notes, places)
    source, text, flags = read_texts(source, target, states.status(said or "", None))
    return Content(only_id[1], "", None, source, text, flags, notes, places, None)


def _origin(attributes: str) -> str:
    if "from" not in attributes:
        return ""
    usual = _FROM.search(attributes)
    return usual[1] if usual else _xml.attributes(attributes).get("from", "")


def _places(rest: str) -> str:
    """Return the places in the source code, one a line."""
    found = _LOCATION.findall(rest)
    if len(found) == rest.count("<context-group"):
        return "\n".join([f"{file}:{line}" if line else file for file, line in found])
    return _locations(rest, _xml.children(rest, 0, len(rest)))


def _locations(text: str, elements: list[_xml.Element]) -> str:
    found = []
    for group in elements:
        purposes = _xml.attributes(group.attributes).get("purpose", "").split()
        if group.name == "context-group" and "location" in purposes:
            parts = {
                _xml.attributes(each.attributes).get("context-type"): edits.note_text(
                    text[each.value : each.value_end]
                )
                for each in _xml.children(text, group.value, group.value_end)
            }
            known = (parts.get("sourcefile"), parts.get("linenumber"))
            found.append(":".join(part for part in known if part))
    return "\n".join(each for each in found if each)


def _slow(text: str, unit: _xml.Element) -> Content | None:
    """Return a unit of any shape, None for one without a source."""
    inner = _xml.children(text, unit.value, unit.value_end)
    source, target = (edits.only(text, inner, name) for name in ("source", "target"))
    if source is None:
        return None
    notes = "\n".join(
        edits.labelled(edits.note_text(text[note.value : note.value_end]), _origin(note.attributes))
        for note in inner
        if note.name == "note"
    )
    return _content(
        _xml.attributes(unit.attributes),
        text[source.value : source.value_end],
        text[target.value : target.value_end] if target else None,
        target.attributes if target else "",
        notes,
        _locations(text, inner),
    )


def _change(
    patch: Patch, unit: _xml.Element, old: Entry, new: Entry, style: Style, habits: Habits
) -> None:
    """Bring one unit to what its entry says."""
    inner = _xml.children(patch.text, unit.value, unit.value_end)
    source = next(each for each in inner if each.name == "source")  # what made it an entry
    target = edits.named(inner, "target")
    if new.source is not None and new.source != old.source:
        edits.set_source(patch, source, new, style)
    said, was = plain(new.text), marks(old)
    now = marks(new)
    anchor = target or edits.named(inner, "seg-source") or source
    if not said:
        edits.set_tag(patch, unit, states.approved(Marks(), unit.attributes, habits))
        if target is not None and old.text:
            patch.remove(target.start, target.end)
    else:
        attributes = target.attributes if target else ""
        is_other = was != now or not old.text
        changes = states.changes(now, attributes, habits) if is_other else {}
        if is_other:
            edits.set_tag(patch, unit, states.approved(now, unit.attributes, habits))
        raw = edits.raw_of(patch, target)
        markup = new.flags >= MARKUP
        if said != old.text or decode(raw, markup=markup) != said:
            model = raw or edits.raw_of(patch, source)
            raw = encode(said, style, model, markup=markup)
        if target is not None:
            edits.set_value(patch, target, raw, changes)
        else:
            tag = _xml.with_attributes("<target>", changes)
            patch.insert_after(anchor.start, anchor.end, f"{tag}{raw}</target>")
    notes = [each for each in inner if each.name == "note"]
    if not edits.set_note(patch, notes, was.note, now.note):
        patch.insert_after(anchor.start, anchor.end, _note(now.note, _ORIGIN))


def _note(text: str, origin: str) -> str:
    return f'<note from="{origin}">{_xml.escape(text)}</note>'


def _render(entry: Entry, id: str, model: str, style: Style, habits: Habits, shape: Shape) -> str:
    """Return a new unit."""
    now = marks(entry)
    known = _xml.attributes(model)
    attributes = {"id": id}
    if habits.numbered and model:
        attributes["resname"] = id
    elif entry.context and "resname" in known:
        attributes["resname"] = entry.context
    attributes |= {
        name: known[name] for name in ("datatype", "xml:space", "translate") if name in known
    }
    if entry.max_chars is not None:
        attributes |= {"maxwidth": str(entry.max_chars), "size-unit": "char"}
    attributes |= {key: value for key, value in states.approved(now, "", habits).items() if value}
    said = plain(entry.text)
    source = edits.source_value(entry, style)
    parts = [f"<source>{source}</source>"]
    if said:
        tag = _xml.with_attributes("<target>", states.changes(now, "", habits))
        markup = entry.flags >= MARKUP and has_markup(said + source)
        parts.append(f"{tag}{encode(said, style, markup=markup)}</target>")
    parts += [_note(line, _ORIGIN if line == now.note else "developer") for line in _lines(entry)]
    inner = "" if shape.child is None else style.newline + shape.child
    outer = "" if shape.unit is None else style.newline + shape.unit
    body = "".join(inner + part for part in parts)
    tag = _xml.with_attributes("<trans-unit>", attributes)
    return f"{tag}{body}{outer}</trans-unit>"


def _lines(entry: Entry) -> list[str]:
    return [line for line in entry.notes.split("\n") if line.strip()]


DIALECT = Dialect(
    format="xliff1",
    other="xliff2",
    version=re.compile(r"1\.[0-2]"),
    unit="trans-unit",
    containers=frozenset({"file", "body", "group"}),
    file_name="original",
    languages=("source-language", "target-language"),
    on_root=False,
    body="body",
    pattern=re.compile(_UNIT + _xml.PATTERN, re.VERBOSE | re.DOTALL),
    whole=_WHOLE,
    quick=_quick,
    slow=_slow,
    change=_change,
    render=_render,
    states=re.compile(r"<target\b[^>]*\sstate="),
    blank='<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
    '  <file source-language="{source}"{target} datatype="plaintext" original="messages">\n'
    "    <body>\n    </body>\n  </file>\n</xliff>\n",
    indent="      ",
)
