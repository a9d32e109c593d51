"""Write Apple ``.stringsdict`` files: patch what changed, leave every other byte."""

from __future__ import annotations

from collections.abc import Mapping

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, plain
from dpg_l10n.formats import _text
from dpg_l10n.formats.stringsdict import rules
from dpg_l10n.formats.stringsdict.parse import Layout, Place, parse
from dpg_l10n.formats.stringsdict.plist import Dict, Leaf, Member
from dpg_l10n.formats.stringsdict.write import Value, Writer

_EMPTY = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
</dict>
</plist>
"""
_VARIABLE = "value"
"""Name of the variable of a new plural."""


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a ``.stringsdict`` file, laid out as the template is.

    A part of a key that the catalogue lacks is blanked while other parts stay: without its rule a
    variable would be shown as it is written.

    Raises:
        FormatError: The template is no valid file, or a text holds what XML cannot.
    """
    layout: Layout = catalogue.layout
    if not isinstance(layout, Layout) or layout.data != template:
        source = Catalogue(catalogue.format, catalogue.entries)
        layout = parse(_EMPTY if template is None else template, source=source).layout
    if catalogue.entries is layout.entries:
        return layout.data
    return _text.encode(_Editor(layout).edit(catalogue.by_key()), layout.codec)


class _Editor:
    """The way from one parsed file to the entries that it shall hold."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.members = layout.root.members
        self.writer = Writer(layout.text, layout.root)
        self.old = {entry.key: entry for entry in layout.entries}

    def edit(self, wanted: Mapping[str, Entry]) -> str:
        """Return the changed text."""
        places = self.layout.places
        groups: dict[str, dict[str, Entry]] = {}
        for key, entry in wanted.items():
            place = places.get(key)
            top = place.top if place else self.top(key, wanted)
            groups.setdefault(top, {})[key] = entry
        kept: dict[str, list[str]] = {}
        for key, place in places.items():
            kept.setdefault(place.top, []).append(key)
        anchor: Member | None = None
        for top, parts in groups.items():
            member = self.members.get(top)
            if member is None:
                notes = next(iter(parts.values())).notes
                self.writer.insert(self.layout.root, anchor, top, _render(top, parts), notes)
                continue
            anchor = member
            if top in kept:
                self.change(top, member, parts)
            else:
                self.writer.replace(member, _render(top, parts))
        for top, keys in kept.items():
            if top not in groups:
                self.writer.remove(self.members[top])
                continue
            for key in keys:
                if key not in wanted:
                    self.blank(places[key])
        return self.writer.apply()

    def top(self, key: str, wanted: Mapping[str, Entry]) -> str:
        """Return the outermost key that a new entry belongs under."""
        head = key
        while ":" in head:
            head = head.rpartition(":")[0]
            member = self.members.get(head)
            is_group = member is not None and isinstance(member.node, Dict)
            if is_group or (head in wanted and isinstance(wanted[head].text, str)):
                return head
        return key

    def change(self, top: str, member: Member, parts: Mapping[str, Entry]) -> None:
        """Bring one outermost key to what its entries say."""
        places = self.layout.places
        single = parts.get(top)
        if single is not None and top in places and _turned(single, places[top]):
            self.writer.replace(member, _render(top, parts))
            return
        last: Place | None = None
        for key, entry in parts.items():
            place = places.get(key)
            if place is None:
                self.add(top, member, key, entry, last)
                continue
            last = place
            if entry.text != self.old[key].text:
                self.put(member, place, entry)

    def put(self, member: Member, place: Place, entry: Entry) -> None:
        """Write the new text of an entry that is there."""
        if isinstance(place.node, Leaf):
            self.writer.put(place.node, plain(entry.text))
            return
        text = entry.text
        forms = dict(text.forms) if isinstance(text, Plural) else {"other": text}
        if place.frame is not None:
            frame = place.frame
            inner = {label: frame.inner(form) if form else "" for label, form in forms.items()}
            if None in inner.values():
                node = member.node
                shown = node.members[rules.FORMAT_KEY].node if isinstance(node, Dict) else None
                if isinstance(shown, Leaf):
                    self.writer.put(shown, frame.variable)
            else:
                forms = {label: form or "" for label, form in inner.items()}
        self.rule(place.node, forms)

    def rule(self, rule: Dict, forms: Mapping[str, str]) -> None:
        """Bring the variants of a plural rule to these."""
        there = rules.forms(rule)
        first = next((rule.members[label] for label in forms if label in there), None)
        names = list(rule.members)
        anchor = rule.members[names[-1]]
        if first is not None:
            index = names.index(next(label for label in forms if label in there))
            anchor = rule.members[names[index - 1]] if index else first
        for label, form in forms.items():
            if label in there:
                anchor = rule.members[label]
                self.writer.put(there[label], form)
            else:
                self.writer.insert(rule, anchor, label, form)
        for label in there:
            if label not in forms:
                self.writer.remove(rule.members[label])

    def add(self, top: str, member: Member, key: str, entry: Entry, last: Place | None) -> None:
        """Add a part to an outermost key that is there."""
        node = member.node
        if not isinstance(node, Dict):
            return self.writer.replace(member, _render(top, {key: entry}))
        (name, value), *_ = _parts(top, {key: entry}).items()
        inside = node.members.get(name)
        if inside is not None and isinstance(inside.node, Dict) and isinstance(value, dict):
            (label, text), *_ = value.items()
            after = last.member if last and last.member else None
            if after not in inside.node.members.values():
                after = None
            return self.writer.insert(inside.node, after, label, text)
        members = list(node.members.values())
        after = None if name == rules.FORMAT_KEY or not members else members[-1]
        return self.writer.insert(node, after, name, value)

    def blank(self, place: Place) -> None:
        """Leave a part without a text, or take it out where nothing needs it."""
        if place.member is not None:
            self.writer.remove(place.member)
        elif isinstance(place.node, Leaf):
            self.writer.put(place.node, "")
        else:
            for leaf in rules.forms(place.node).values():
                self.writer.put(leaf, "")


def _turned(entry: Entry, place: Place) -> bool:
    """Tell whether a text has become a plural, or the other way round."""
    is_rule = isinstance(place.node, Dict)
    return isinstance(entry.text, Plural) is not is_rule


def _render(top: str, parts: Mapping[str, Entry]) -> Value:
    """Return the value of a new outermost key."""
    single = parts.get(top)
    if single is not None and len(parts) == 1 and isinstance(single.text, str):
        return single.text
    return _parts(top, parts)


def _parts(top: str, parts: Mapping[str, Entry]) -> dict[str, Value]:
    """Return the members of a new outermost key, or of one that gets new parts."""
    value: dict[str, Value] = {}
    for key, entry in parts.items():
        rest = key[len(top) + 1 :]
        kind, _, label = rest.partition(":")
        if not rest and isinstance(entry.text, Plural):
            value[rules.FORMAT_KEY] = f"%#@{_VARIABLE}@"
            value[_VARIABLE] = _rule(entry.text)
        elif not rest:
            value[rules.FORMAT_KEY] = plain(entry.text)
        elif isinstance(entry.text, Plural):
            value[rest] = _rule(entry.text)
        elif label and kind in rules.VARIANTS:
            variants = value.setdefault(rules.VARIANTS[kind], {})
            if isinstance(variants, dict):
                variants[label] = entry.text
        else:
            value[rest] = _rule(Plural.of(other=entry.text))
    return value


def _rule(text: Plural) -> dict[str, Value]:
    forms = dict(text.forms)
    shown = rules.value_type(tuple(forms.values()))
    return {rules.SPEC: rules.PLURAL, rules.VALUE_TYPE: shown, **forms}
