"""Read Apple ``.stringsdict`` files."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats.stringsdict import rules
from dpg_l10n.formats.stringsdict.plist import Dict, Leaf, Member, read
from dpg_l10n.i18n import N_

_ROOT = re.compile(r"<plist\b")


class Place(NamedTuple):
    """Where an entry stands."""

    top: str
    """Outermost key."""
    node: Leaf | Dict
    """The string, or the plural rule."""
    frame: rules.Frame | None = None
    """Of a plural: what stands around its variable in the format text, and is part of each form."""
    member: Member | None = None
    """Of a width or device variant: what can be taken out alone."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One parsed file."""

    data: bytes
    text: str
    codec: str
    root: Dict
    entries: tuple[Entry, ...]
    places: dict[str, Place] = field(default_factory=dict)
    """By entry key, in file order."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the texts and plurals of a file.

    Args:
        data: The whole file.
        source: The parsed source file when a translation is read: a key is one plural here where
            it is there, and parts where it is parts.

    Raises:
        FormatError: The file is no well-formed property list of texts, declares entities, or has
            a key or category twice.
    """
    if data.startswith(b"bplist"):
        raise FormatError(
            N_("This is a binary property list. Write it as XML: plutil -convert xml1 FILE."),
            code="structure", line=1,
        )  # fmt: skip
    text, codec = _xml.decode(data)
    _xml.verify(text)
    root = read(text)
    known = {entry.key: entry.text for entry in source.entries} if source else {}
    reader = _Reader(text, known)
    for key, member in root.members.items():
        reader.member(key, member)
    entries = tuple(reader.entries)
    layout = Layout(data, text, codec, root, entries, reader.places)
    return Catalogue("stringsdict", entries, encoding=codec, layout=layout)


def sniff(path: str, head: bytes) -> bool:
    """Tell from the path and the first bytes whether this is a property list of plurals."""
    if not path.lower().endswith(".stringsdict"):
        return False
    is_wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    return _ROOT.search(head.decode("utf-16" if is_wide else "utf-8-sig", "replace")) is not None


class _Reader:
    """Turns members into entries."""

    def __init__(self, text: str, known: dict[str, Text]) -> None:
        self.text = text
        self.known = known
        self.parted = {
            key.rpartition(":")[0] for key, said in known.items() if isinstance(said, Plural)
        }
        """Keys of the source whose variables are entries of their own."""
        self.entries: list[Entry] = []
        self.places: dict[str, Place] = {}
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def member(self, key: str, member: Member) -> None:
        """Add the entries of one outermost key."""
        node, notes = member.node, member.notes
        if isinstance(node, Leaf):
            if node.text is not None:
                self.add(key, node.text, Place(key, node), member.key, notes)
            return
        text = node.text(rules.FORMAT_KEY)
        found = rules.plural_rules(node)
        if text is not None:
            frame = self.frame(key, text, found)
            if frame:
                rule = next(iter(found.values()))
                self.add(key, self.plural(rule, frame), Place(key, rule, frame), member.key, notes)
                return
            shown = node.members[rules.FORMAT_KEY]
            self.add(key, text, Place(key, shown.node), shown.key, notes)
        for name, rule in found.items():
            plural = self.plural(rule, None)
            self.add(f"{key}:{name}", plural, Place(key, rule), node.members[name].key, notes)
        for kind, name in rules.VARIANTS.items():
            variants = node.members.get(name)
            if variants and isinstance(variants.node, Dict):
                for label, each in variants.node.members.items():
                    if isinstance(each.node, Leaf) and each.node.text is not None:
                        place = Place(key, each.node, member=each)
                        self.add(f"{key}:{kind}:{label}", each.node.text, place, each.key, notes)

    def frame(self, key: str, text: str, found: dict[str, Dict]) -> rules.Frame | None:
        """Return what stands around the only variable; None where the parts are entries."""
        if len(found) != 1 or key in self.parted:
            return None
        name = next(iter(found))
        frame = rules.frame(text, name)
        if frame is None and isinstance(self.known.get(key), Plural):
            return rules.Frame("", f"%#@{name}@", "")
        return frame

    def plural(self, rule: Dict, frame: rules.Frame | None) -> Plural:
        """Return the variants of a rule, each with what stands around it."""
        forms = []
        for label, leaf in rules.forms(rule).items():
            if not rules.is_category(label):
                line, column = _text.place(self.text, rule.members[label].key)
                raise FormatError(
                    N_("“{label}” is no plural category. Write one of: {known}."),
                    code="plural", line=line, column=column, label=label,
                    known="zero, one, two, few, many, other",
                )  # fmt: skip
            form = leaf.text or ""
            forms.append((label, frame.whole(form) if frame and form else form))
        return Plural(tuple(forms))

    def add(self, key: str, text: Text, place: Place, start: int, notes: str) -> None:
        """Add one entry."""
        line = bisect_left(self.breaks, start) + 1  # a format text may stand below its variables
        if key in self.places:
            raise FormatError(
                N_("The parts of one key are called “{key}”, and so is something else. Rename one."),
                code="duplicate", line=line, key=key,
            )  # fmt: skip
        self.places[key] = place
        self.entries.append(Entry(key, text, notes=notes, line=line))
