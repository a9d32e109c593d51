"""``messages.json`` of Chrome and WebExtensions (``docs/formats/webextension.md``).

https://developer.chrome.com/docs/extensions/reference/api/i18n
"""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats._json import (
    Dialect,
    Document,
    Member,
    Note,
    Skimmed,
    View,
    hidden,
    named,
    parse_records,
    record_like,
    require_object,
    said,
    serialize_records,
    shape,
    top,
)
from dpg_l10n.formats._tree import Added, Branch
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_LEAST = 3
"""Fewer objects with a ``message`` may be groups of plain JSON that happen to have such a key."""
_OWN_PATH = re.compile(
    r"(?:^|/)(?:_locales/|i18n/[^/]+/(?:code|docusaurus-(?:theme|plugin)-[^/]+/[^/]+)\.json\Z)"
)
"""Where extensions and Docusaurus (which took over the format) keep nothing else."""


def look(text: str, root: Branch) -> View:
    """Return the messages of a file: the members with a ``message``.

    Raises:
        FormatError: ``root``: the file is a list.
    """
    require_object(text, root)
    view = View(top(root))
    for part, node in root.members.items():
        leaf = named(node, "message")
        if leaf is None:
            view.root.members[part] = hidden(node)
        else:
            notes = said(node, "description")
            view.add(part, node, leaf, Note(notes) if notes else None)
    return view


def _record(entry: Entry, text: str, document: Document) -> Added:
    fields = {"message": text}
    if entry.notes:
        fields["description"] = entry.notes
    return record_like(document, fields)


def _skim(members: list[Member]) -> tuple[None, list[Skimmed]]:
    found: list[Skimmed] = []
    for key, start, value in members:
        text = value.get("message") if isinstance(value, dict) else None
        if isinstance(text, str):
            notes = value.get("description")
            note = Note(notes) if notes and isinstance(notes, str) else None
            found.append((key, text, start, note))
    return None, found


_DIALECT = Dialect("webextension", look, _record, skim=_skim)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every message of a file.

    Raises:
        FormatError: The bytes are no JSON object; the code says why.
    """
    return parse_records(_DIALECT, data, source)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file with the texts of a catalogue.

    Raises:
        FormatError: The template is no JSON object; a text has plural variants.
    """
    return serialize_records(_DIALECT, catalogue, template)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether the members of a JSON object are records with a ``message``."""
    if not path.lower().endswith(".json") or b'"message"' not in head:
        return False
    found = shape(head)
    least = 1 if _OWN_PATH.search(path) else _LEAST
    return found.root == "{" and found.mostly(found.records, "message", least)


FORMAT = FormatSpec(
    name="webextension",
    title="WebExtension messages.json",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("webextension",),
)
"""The format, as detection and the services know it."""
