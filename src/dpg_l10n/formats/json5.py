"""JSON5, as vue-i18n's projects write their sources (``docs/formats/json5.md``).

https://spec.json5.org
"""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats._json import (
    Dialect,
    Document,
    Layout,
    Note,
    View,
    Writer5,
    parse_records,
    scan5,
    serialize_records,
)
from dpg_l10n.formats._tree import Branch
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


_DIALECT = Dialect("json5", _look, flat=False, copies=False, syntax=read, writer=Writer5)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every string of a JSON5 object as an entry.

    Raises:
        FormatError: The bytes are no JSON5 object; the code says why.
    """
    return parse_records(_DIALECT, data, source)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a JSON5 file with the texts of a catalogue.

    Raises:
        FormatError: The template is no JSON5 object; a text has plural variants; two texts need
            the same place.
    """
    layout = catalogue.layout
    if isinstance(layout, Layout) and layout.document.data == _DIALECT.empty:
        template = None
    return serialize_records(_DIALECT, catalogue, template)


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
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    placeholders=("brace", "mustache", "icu", "vue", "printf"),
)
"""The format, as detection and the services know it."""
