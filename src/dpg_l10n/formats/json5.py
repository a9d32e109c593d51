"""JSON5, as vue-i18n's projects write their sources (``docs/formats/json5.md``).

https://spec.json5.org
"""

from __future__ import annotations

import re
from dataclasses import replace

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats._json import (
    Dialect,
    Document,
    Layout,
    Note,
    View,
    Writer5,
    apply,
    forms_of,
    has_plurals,
    parse_records,
    plural_groups,
    scan5,
    template_of,
    unedited,
    wanted_texts,
)
from dpg_l10n.formats._tree import Branch, join, plan
from dpg_l10n.formats.spec import FormatSpec, PluralKind


def read(text: str) -> View:
    """Return every text of a file, with the comments on it.

    Raises:
        FormatError: The text is no JSON5 object.
    """
    root, notes = scan5(text)
    return View(root, notes={start: Note(note) for start, note in notes.items()})


def _look(text: str, root: Branch) -> View:
    del text
    return View(root)


_DIALECT = Dialect("json5", _look, flat=False, copies=False, syntax=read)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every string of a JSON5 object as an entry, objects of plural forms as one.

    Args:
        data: The whole file.
        source: Parsed source file: its plurals are plurals here too, whatever their forms.

    Raises:
        FormatError: The bytes are no JSON5 object; the code says why.
    """
    catalogue = parse_records(_DIALECT, data, source)
    layout: Layout = catalogue.layout
    document = layout.document
    groups = {}
    if "other" in document.text or has_plurals(source):
        groups = plural_groups(document, source)
    if not groups:
        return catalogue
    entries: dict[str, Entry] = {}
    for (_, path, _), entry in zip(document.places, catalogue.entries, strict=True):
        branch, key = groups.get(path[:-1]), join(path[:-1])
        if branch is None:
            entries[entry.key] = entry
        elif key not in entries:
            entries[key] = entry._replace(key=key, text=forms_of(branch))
        elif entry.notes not in entries[key].notes.split("\n"):
            notes = f"{entries[key].notes}\n{entry.notes}".strip("\n")
            entries[key] = entries[key]._replace(notes=notes)
    found = tuple(entries.values())
    return replace(catalogue, entries=found, layout=replace(layout, entries=found))


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a JSON5 file with the texts and plural forms of a catalogue.

    Raises:
        FormatError: The template is no JSON5 object; two texts need the same place; a plural has
            variants by number.
    """
    layout = catalogue.layout
    if isinstance(layout, Layout) and layout.document.data == _DIALECT.empty:
        template = None
    same = unedited(catalogue, template)
    if same is not None:
        return same
    document = template_of(catalogue, template, empty=_DIALECT.empty, syntax=read)
    edit = plan(document.root, wanted_texts(catalogue, document))
    return apply(document, edit, Writer5)


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language: plain JSON, which its file may have to be."""
    layout = source.layout
    model = layout.document if isinstance(layout, Layout) else None
    empty = Layout(Document.read(_DIALECT.empty, syntax=read), (), model)
    return Catalogue("json5", (), language, layout=empty)


_BEGINS = re.compile(rb"(?:\s|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+\{")


def sniff(path: str, head: bytes) -> bool:
    """Tell by its ending, and by the bracket that it begins with, whether a file is JSON5."""
    if not path.lower().endswith((".json5", ".jsonc")):
        return False
    start = head.removeprefix(b"\xef\xbb\xbf")
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or _BEGINS.match(start) is not None


FORMAT = FormatSpec(
    name="json5",
    title="JSON5",
    suffixes=(".json5", ".jsonc"),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    placeholders=("brace", "mustache", "icu", "vue", "printf"),
)
"""The format, as detection and the services know it."""
