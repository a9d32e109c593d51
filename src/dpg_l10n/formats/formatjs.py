"""Messages extracted by FormatJS (``docs/formats/formatjs.md``).

https://formatjs.github.io/docs/getting-started/message-extraction
"""

from __future__ import annotations

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
    once,
    parse_records,
    record_like,
    said,
    serialize_records,
    shape,
    top,
)
from dpg_l10n.formats._tree import Added, Branch, Leaf
from dpg_l10n.formats.spec import FormatSpec, PluralKind


def look(text: str, root: Branch) -> View:
    """Return the messages of a file: records with a ``defaultMessage``, by key or in a list.

    A text in the place of a record is a message too: translations often have no more.

    Raises:
        FormatError: ``duplicate``: two records of a list have one ``id``.
    """
    view = View(top(root))
    for part, node in root.members.items():
        leaf = named(node, "defaultMessage")
        key: str | int = part
        if root.is_list:
            key = said(node, "id") or f"\0{part}"
            once(text, view.root, key, node)
        if leaf is not None and not str(key).startswith("\0"):
            notes = _description(text, node)
            view.add(key, node, leaf, Note(notes) if notes else None)
        elif isinstance(node, Leaf) and not root.is_list:
            view.root.members[key] = node
        else:
            view.root.members[key] = hidden(node)
    return view


def _description(text: str, record: Leaf | Branch) -> str:
    """Return the description; one that is no text as it is written."""
    member = record.members.get("description") if isinstance(record, Branch) else None
    if member is None:
        return ""
    if isinstance(member, Leaf) and member.text is not None:
        return member.text
    raw = text[member.start : member.end]
    return "" if raw == "null" else raw


def _record(entry: Entry, text: str, document: Document) -> Added:
    fields = {"defaultMessage": text}
    if document.text[document.root.start] == "[":
        fields = {"id": entry.key, **fields}
    if entry.notes:
        fields["description"] = entry.notes
    return record_like(document, fields)


def _skim(members: list[Member]) -> tuple[None, list[Skimmed]] | None:
    found: list[Skimmed] = []
    for key, start, value in members:
        note = None
        text = value
        if isinstance(value, dict):
            text, notes = value.get("defaultMessage"), value.get("description")
            if notes and not isinstance(notes, str):
                return None  # it is a note as it is written
            note = Note(notes) if notes else None
        if isinstance(text, str):
            found.append((key, text, start, note))
    return None, found


_DIALECT = Dialect("formatjs", look, _record, skim=_skim)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every message of a file.

    Raises:
        FormatError: The bytes are no JSON object or list; the code says why.
    """
    return parse_records(_DIALECT, data, source)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file with the texts of a catalogue.

    Raises:
        FormatError: The template is no file of extracted messages; a text has plural variants.
    """
    return serialize_records(_DIALECT, catalogue, template)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a JSON file holds records with a ``defaultMessage``."""
    if not path.lower().endswith(".json") or b'"defaultMessage"' not in head:
        return False
    found = shape(head)
    return found.mostly(found.records, "defaultMessage") and (
        found.root == "{" or found.mostly(found.records, "id")
    )


FORMAT = FormatSpec(
    name="formatjs",
    title="FormatJS extracted messages",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("brace", "icu", "tag"),
)
"""The format, as detection and the services know it."""
