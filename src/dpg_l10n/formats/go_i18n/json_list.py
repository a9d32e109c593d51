"""Lists of messages in JSON."""

from __future__ import annotations

from collections.abc import Mapping

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.formats._json import (
    Document,
    Layout,
    Raw,
    View,
    Writer,
    apply,
    shape,
    template_of,
    unedited,
)
from dpg_l10n.formats._tree import Added, Branch
from dpg_l10n.formats.go_i18n.records import ID, TRANSLATION, by_id, changes, entries
from dpg_l10n.formats.spec import FormatSpec, PluralKind


def _look(text: str, root: Branch) -> View:
    return View(by_id(text, root, lambda node: node.key_start))


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every message of a list.

    Args:
        data: The whole file.
        source: Parsed source file: where it has variants, ``other`` alone is one here too.

    Raises:
        FormatError: The bytes are no such list; the code says why.
    """
    document = Document.read(data, _look)
    found = entries(document.text, document.root, lambda _start: "", source)
    return Catalogue(FORMAT.name, found, encoding=document.encoding, layout=Layout(document, found))


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a list with the texts of a catalogue.

    Raises:
        FormatError: The template is no such list; a message has no id, or variants of other names
            than CLDR's.
    """
    same = unedited(catalogue, template)
    if same is not None:
        return same
    document = template_of(catalogue, template, _look, b"[]\n")
    edit = changes(document.root, catalogue)
    sample = _first_record(document)
    if sample is not None and "\n" not in sample:
        for members in edit.added.values():
            for number, record in members.items():
                members[number] = _in_one_line(document, sample, record)
    return apply(document, edit)


def _first_record(document: Document) -> str | None:
    nodes = document.root.members.values()
    return next((document.text[n.start : n.end] for n in nodes if isinstance(n, Branch)), None)


def _in_one_line(document: Document, sample: str, record: Added) -> Raw:
    quote = Writer(document.text, document.root, {}).quote
    pad = " " if sample[1:2] == " " else ""
    colon, comma = (": ", ", ") if '": ' in sample else (":", ",")

    def written(value: Added) -> str:
        if not isinstance(value, Mapping):
            return quote(value or "")
        members = (f"{quote(str(key))}{colon}{written(inner)}" for key, inner in value.items())
        return f"{{{pad}{comma.join(members)}{pad}}}"

    return Raw(written(record))


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a JSON file is a list of records with an id and a translation."""
    if not path.lower().endswith(".json") or b'"translation"' not in head:
        return False
    found = shape(head)
    return found.root == "[" and all(
        found.mostly(found.records, member) for member in (ID, TRANSLATION)
    )


FORMAT = FormatSpec(
    name="go-i18n",
    title="go-i18n JSON list",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("mustache",),
)
"""The format, as detection and the services know it."""
