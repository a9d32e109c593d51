"""Write an XLIFF document of either generation: patch what changed, leave every other byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dpg_l10n.domain.catalogue import FUZZY, REVIEWED, Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats._xliff.dialect import Dialect, Habits, Shape
from dpg_l10n.formats._xliff.document import NUMBER, SOURCE_LANGUAGE, read
from dpg_l10n.formats._xliff.layout import Layout, Place, marks
from dpg_l10n.formats._xliff.values import style_of
from dpg_l10n.formats._xml_patch import Patch
from dpg_l10n.i18n import N_

UNKNOWN = "und"
"""Source language of a document made from a catalogue that names none."""


def write(catalogue: Catalogue, template: bytes | None, dialect: Dialect) -> bytes:
    """Return the bytes of a catalogue, laid out as the template is.

    Raises:
        FormatError: The template is no valid document, or a text cannot be written.
    """
    layout = _layout(catalogue, template, dialect)
    language = catalogue.language
    if catalogue.entries is layout.entries and language in (None, layout.language):
        return layout.data
    return _text.encode(_Writer(layout, dialect).write(catalogue), layout.codec)


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language: every unit of the source, without a text."""
    entries = tuple(
        entry._replace(text="", flags=entry.flags - {FUZZY, REVIEWED}, previous=None, line=0)
        for entry in source.entries
    )
    return replace(source, entries=entries, language=language, layout=None)


def _layout(catalogue: Catalogue, template: bytes | None, dialect: Dialect) -> Layout:
    own = catalogue.layout
    if isinstance(own, Layout) and template in (None, own.data):
        return own
    if template is None:
        source = _xml.quote(catalogue.header_field(SOURCE_LANGUAGE) or UNKNOWN)
        name = dialect.languages[1]
        target = f' {name}="{_xml.quote(catalogue.language)}"' if catalogue.language else ""
        template = dialect.blank.format(source=source, target=target).encode()
    layout: Layout = read(template, dialect, {entry.key for entry in catalogue.entries}).layout
    return layout


class _Writer:
    """The way from one parsed file to the entries that it shall hold."""

    def __init__(self, layout: Layout, dialect: Dialect) -> None:
        self.layout = layout
        self.dialect = dialect
        self.style = style_of(layout.text, layout.codec)
        self.patch = Patch(layout.text, self.style.newline)
        self.old = {entry.key: entry for entry in layout.entries}
        self.habits = Habits(
            states=not layout.places or dialect.states.search(layout.text) is not None,
            approved=' approved="yes"' in layout.text,
            numbered=any(
                NUMBER.fullmatch(_xml.attributes(self.tag(place)).get("id", ""))
                for place in list(layout.places.values())[:1]
            ),
        )
        self.shape = self.shape_of()

    def write(self, catalogue: Catalogue) -> str:
        """Return the changed text."""
        places = self.layout.places
        wanted = {entry.key: entry for entry in catalogue.entries}
        for key, entry in wanted.items():
            old = self.old.get(key)
            if old is not None and entry is not old and not _same(old, entry):
                self.change(places[key], old, entry)
        for key, place in places.items():
            if key not in wanted:
                self.take_out(place, self.old[key])
        self.add(wanted)
        if catalogue.language and catalogue.language != self.layout.language:
            self.set_language(catalogue.language)
        return self.patch.apply()

    def change(self, place: Place, old: Entry, new: Entry) -> None:
        """Bring one unit to what its entry says."""
        (unit,) = _xml.children(self.layout.text, place.start, place.end)
        self.dialect.change(self.patch, unit, old, new, self.style, self.habits)

    def take_out(self, place: Place, old: Entry) -> None:
        """Take a unit out, or only its text where its place tells another unit's key."""
        if place.fixed:
            self.change(place, old, old._replace(text="", flags=old.flags - {FUZZY, REVIEWED}))
        else:
            self.patch.remove(place.start, place.end)

    def add(self, wanted: Mapping[str, Entry]) -> None:
        """Put new units behind their predecessors in the same file."""
        anchors: dict[int, Place] = {}
        empty: dict[int, list[str]] = {}
        first = next(iter(self.layout.places.values()), None)
        file = first.file if first else 0
        for key, entry in wanted.items():
            place = self.layout.places.get(key)
            if place is not None:
                file = place.file
                anchors[file] = place
                continue
            id, named = self.split(key)
            file = file if named is None else named
            anchor = anchors.get(file)
            follower = self.first(file, wanted) if anchor is None else None
            new = self.dialect.render(
                entry, id, self.tag(anchor or follower), self.style, self.habits, self.shape
            )
            if anchor is not None:
                self.patch.insert_after(anchor.start, anchor.end, new)
            elif follower is not None:
                self.patch.insert_before(follower.start, new)
            else:
                empty.setdefault(file, []).append(new)
        for number, units in empty.items():
            self.fill(number, units)

    def split(self, key: str) -> tuple[str, int | None]:
        """Return the id in a key, and the file that the key names, if it does."""
        if len(self.layout.files) > 1:
            for number, file in enumerate(self.layout.files):
                if key.startswith(f"{file.name}:"):
                    return key[len(file.name) + 1 :], number
        return key, None

    def first(self, file: int, wanted: Mapping[str, Entry]) -> Place | None:
        """Return the first unit of a file that stays in it."""
        for key, place in self.layout.places.items():
            if place.file == file and key in wanted:
                return place
        return None

    def fill(self, file: int, units: list[str]) -> None:
        """Add units to a file that has none."""
        text, newline = self.layout.text, self.style.newline
        if not self.layout.files:
            raise FormatError(
                N_("The document has no <file> that a unit could be put into."), code="structure"
            )
        end = self.layout.files[file].body
        indent = self.shape.unit or ""
        content = "".join(f"{newline}{indent}{each}" for each in units)
        if text[end - 2] == "/":
            closing = f"</{self.dialect.body}>"
            self.patch.replace(end - 2, end, f">{content}{newline}{indent[:-2]}{closing}")
        else:
            blank = text[end : text.index("<", end)]
            self.patch.replace(end, end, content if "\n" in blank else content + newline)

    def tag(self, place: Place | None) -> str:
        """Return the start tag of a unit; empty without one."""
        if place is None:
            return ""
        tag = _xml.TOKEN.match(self.layout.text, place.start)
        return tag[0] if tag else ""

    def shape_of(self) -> Shape:
        """Return the indentation of the first unit and of what stands in it."""
        first = next(iter(self.layout.places.values()), None)
        if first is None:
            return Shape(self.dialect.indent, self.dialect.indent + "  ")
        (unit,) = _xml.children(self.layout.text, first.start, first.end)
        inner = _xml.children(self.layout.text, unit.value, unit.value_end)[0]
        return Shape(self.patch.indent(unit.start), self.patch.indent(inner.start))

    def set_language(self, language: str) -> None:
        """Name the language of the translations, in every file of the document that had the old."""
        target = self.dialect.languages[1]
        starts = [file.start for file in self.layout.files]
        for start in [self.layout.root[0]] if self.dialect.on_root else starts:
            token = _xml.TOKEN.match(self.layout.text, start)
            tag = token[0] if token else ""
            if (_xml.attributes(tag).get(target) or None) == self.layout.language:
                new = _xml.with_attributes(tag, {target: language})
                self.patch.replace(start, start + len(tag), new)


def _same(old: Entry, new: Entry) -> bool:
    return (
        old.text == new.text
        and marks(old) == marks(new)
        and (new.source is None or old.source == new.source)
    )
