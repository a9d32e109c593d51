"""Plain JSON: texts in nested objects, or under flat keys (``docs/formats/json.md``)."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json import (
    Document,
    Layout,
    glance,
    key_paths,
    retouched,
    template_of,
    write,
)
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_REST = Entry("", "")[2:-1]
"""Fields of an entry between its text and its line."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every string of a JSON object as an entry.

    Raises:
        FormatError: The bytes are no JSON object; the code says why.
    """
    del source  # a key of plain JSON is never a plural
    document = Document.later(data)
    seen = glance(document.text)
    if seen is not None:
        return Catalogue(
            FORMAT.name, seen, encoding=document.encoding, layout=Layout(document, seen)
        )
    count = document.text.count
    entries: list[Entry] = []
    line, at = 1, 0
    new = tuple.__new__  # a third of the time of the class's own constructor
    for key, _, (start, _, _, text, _) in document.places:
        line += count("\n", at, start)
        at = start
        entries.append(new(Entry, (key, text or "", *_REST, line)))
    found = tuple(entries)
    return Catalogue(FORMAT.name, found, encoding=document.encoding, layout=Layout(document, found))


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a JSON file with the texts of a catalogue.

    Raises:
        FormatError: The template is no JSON object; a text has plural variants; two texts need
            the same place.
    """
    done = retouched(catalogue, template)
    if done is not None:
        return done
    document = template_of(catalogue, template)
    entries = catalogue.by_key()
    paths = key_paths(catalogue, document, entries)
    wanted = [(paths[key], _text(entry)) for key, entry in entries.items()]
    return write(document, wanted)


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


def _text(entry: Entry) -> str:
    if isinstance(entry.text, Plural):
        raise FormatError(
            N_("“{key}” has plural variants, which plain JSON cannot hold. Use i18next."),
            code="plural", key=entry.key,
        )  # fmt: skip
    return entry.text


FORMAT = FormatSpec(
    name="json",
    title="JSON",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("brace", "mustache", "icu", "printf"),
)
"""The format, as detection and the services know it."""
