"""Transifex's structured JSON (``docs/formats/structured-json.md``).

https://help.transifex.com/en/articles/6220899-structured-json
"""

from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats._json import (
    Dialect,
    Document,
    Note,
    View,
    hidden,
    named,
    parse_records,
    record_like,
    require_object,
    said,
    serialize_records,
    shape,
)
from dpg_l10n.formats._tree import Added, Branch, Leaf
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_LEAST = 3
"""Fewer objects with a ``string`` may be groups of plain JSON that happen to have such a key."""
_TELLING = ("developer_comment", "character_limit", "context")


def look(text: str, root: Branch) -> View:
    """Return the messages of a file: the objects, however deep, with a text named ``string``.

    Raises:
        FormatError: ``root``: the file is a list.
    """
    require_object(text, root)
    view = View(root)
    branches = [root]
    for branch in branches:  # grows while it is walked
        for part, node in branch.members.items():
            leaf = named(node, "string")
            if leaf is not None:
                branch.members[part] = Leaf(node.key_start, node.start, node.end, leaf.text)
                view.texts[node.start] = (leaf.start, leaf.end)
                view.notes[node.start] = _note(text, node)
            elif isinstance(node, Branch):
                branches.append(node)
            else:
                branch.members[part] = hidden(node)
    return view


def _note(text: str, record: Leaf | Branch) -> Note:
    limit = record.members.get("character_limit") if isinstance(record, Branch) else None
    number = text[limit.start : limit.end].strip('"') if limit is not None else ""
    return Note(
        said(record, "developer_comment"), said(record, "context"),
        int(number) if number.isascii() and number.isdigit() and len(number) < 7 else None,
    )  # fmt: skip


def _record(entry: Entry, text: str, document: Document) -> Added:
    fields = {"string": text, "context": entry.context, "developer_comment": entry.notes}
    return record_like(
        document, {part: value for part, value in fields.items() if value or part == "string"}
    )


_DIALECT = Dialect("structured-json", look, _record, flat=False)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every message of a file.

    Raises:
        FormatError: The bytes are no JSON object; the code says why.
    """
    return parse_records(_DIALECT, data, source)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file with the texts of a catalogue.

    Raises:
        FormatError: The template is no JSON object; a text has plural variants; two texts need
            the same place.
    """
    return serialize_records(_DIALECT, catalogue, template)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether the innermost objects of a JSON object have a text named ``string``."""
    if not path.lower().endswith(".json") or b'"string"' not in head:
        return False
    found = shape(head)
    telling = any(key in each for each in found.leaves for key in _TELLING)
    return found.root == "{" and found.mostly(found.leaves, "string", 1 if telling else _LEAST)


FORMAT = FormatSpec(
    name="structured-json",
    title="Transifex structured JSON",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("brace", "icu", "vue", "printf"),
)
"""The format, as detection and the services know it."""
