"""Plain JSON: texts in nested objects, or under flat keys (``docs/formats/json.md``)."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Text
from dpg_l10n.formats._json import (
    Document,
    Layout,
    forms_of,
    glance,
    has_plurals,
    plural_groups,
    retouched,
    source_of,
    template_of,
    wanted_texts,
    write,
)
from dpg_l10n.formats._tree import join
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_REST = Entry("", "")[2:-1]
"""Fields of an entry between its text and its line."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every string of a JSON object as an entry, objects of plural forms as one.

    Args:
        data: The whole file.
        source: Parsed source file: its plurals are plurals here too, whatever their forms.

    Raises:
        FormatError: The bytes are no JSON object; the code says why.
    """
    document = Document.later(data)
    plural = '"other"' in document.text or has_plurals(source)
    seen = None if plural else glance(document.text)
    if seen is not None:
        return Catalogue(
            FORMAT.name, seen, encoding=document.encoding,
            layout=Layout(document, seen, source_of(source)),
        )  # fmt: skip
    groups = plural_groups(document, source) if plural else {}
    count = document.text.count
    entries: list[Entry] = []
    line, at = 1, 0
    new = tuple.__new__  # a third of the time of the class's own constructor
    said: Text
    for own_key, path, (own_start, _, _, text, _) in document.places:
        key, start, said = own_key, own_start, text or ""
        if groups and (branch := groups.get(path[:-1])) is not None:
            if path[-1] != next(iter(branch.members)):
                continue
            key, start, said = join(path[:-1]), branch.key_start, forms_of(branch)
        line += count("\n", at, start)
        at = start
        entries.append(new(Entry, (key, said, *_REST, line)))
    found = tuple(entries)
    layout = Layout(document, found, source_of(source))
    return Catalogue(FORMAT.name, found, encoding=document.encoding, layout=layout)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a JSON file with the texts and plural forms of a catalogue.

    Raises:
        FormatError: The template is no JSON object; two texts need the same place; a plural has
            variants by number.
    """
    done = retouched(catalogue, template)
    if done is not None:
        return done
    document = template_of(catalogue, template)
    return write(document, wanted_texts(catalogue, document))


_MEMBER = re.compile(rb':\s*\{\s*"')
_RECORD = re.compile(
    rb':\s*\{\s*"(?:string|message|defaultMessage|description|developer_comment|id)"\s*:\s*"'
)
_RECORDS = 3
"""So few objects may well be groups that happen to begin with such a key."""


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file is a JSON object (or an empty file that should be one)."""
    if not path.lower().endswith(".json"):
        return False
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return not _keeps_records(start)
    return not start or start.startswith((b"\xff\xfe", b"\xfe\xff"))


def _keeps_records(head: bytes) -> bool:
    """Tell whether messages are objects with a text and notes, as some tools' dialects have them.

    Chrome's ``message``, Format.js's ``defaultMessage`` and Transifex's ``string`` stand beside
    descriptions that nobody translates: read as plain JSON those would count as messages.
    """
    members = len(_MEMBER.findall(head))
    return members >= _RECORDS and len(_RECORD.findall(head)) > members * 0.8


FORMAT = FormatSpec(
    name="json",
    title="JSON",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("brace", "mustache", "icu", "printf"),
)
"""The format, as detection and the services know it."""
