"""Lists of messages in YAML."""

from __future__ import annotations

from functools import partial

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats._text import decode
from dpg_l10n.formats._tree import Branch, Leaf
from dpg_l10n.formats._yaml import Document, Layout, apply, say_words, scan
from dpg_l10n.formats.go_i18n.records import by_id, changes, entries, looks_listed
from dpg_l10n.formats.spec import FormatSpec, PluralKind


def _read(data: bytes) -> Document:
    text, encoding = decode(data)
    root = scan(text, lists=True)
    say_words(root, text)
    view = by_id(text, root, partial(_item_start, text, root))
    return Document(data, text, encoding, view, None, records=True)


def _item_start(text: str, root: Branch, node: Leaf | Branch) -> int:
    """Return where an item begins: with its hyphen, where nothing but blanks is behind that."""
    if root.flow:
        return node.key_start
    mark = text.rfind("-", 0, node.start)
    return mark if mark >= 0 and not text[mark + 1 : node.start].strip() else node.key_start


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every message of a list; the comment above a record is its note.

    Args:
        data: The whole file.
        source: Parsed source file: where it has variants, ``other`` alone is one here too.

    Raises:
        FormatError: The bytes are no such list; the code says why.
    """
    document = _read(data)
    found = entries(document.text, document.root, document.notes, source)
    return Catalogue(
        FORMAT.name, found, encoding=document.encoding, layout=Layout(document, found, {})
    )


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a list with the texts of a catalogue.

    Raises:
        FormatError: The template is no such list; a message has no id, or variants of other names
            than CLDR's; a record to add or remove stands in a line with others.
    """
    layout = catalogue.layout if isinstance(catalogue.layout, Layout) else None
    if layout is not None and template in (None, layout.document.data):
        document = layout.document
    else:
        document = _read(b"[]\n" if template is None else template)
    return apply(document, changes(document.root, catalogue))


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a YAML file is a list of records with an id and a translation."""
    return path.lower().endswith((".yml", ".yaml")) and looks_listed(
        head.decode("utf-8-sig", "ignore")
    )


FORMAT = FormatSpec(
    name="go-i18n-yaml",
    title="go-i18n YAML list (Hugo)",
    suffixes=(".yaml", ".yml"),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("mustache",),
    unusual=True,
)
"""The format, as detection and the services know it."""
