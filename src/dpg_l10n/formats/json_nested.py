"""Plain JSON: texts in nested objects, or under flat keys (``docs/formats/json.md``)."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json import (
    Document,
    Layout,
    glance,
    key_paths,
    retouched,
    source_of,
    template_of,
    write,
)
from dpg_l10n.formats._tree import Branch, Leaf, Path, join, plural_branches
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

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
    plural = '"other"' in document.text or _has_plurals(source)
    seen = None if plural else glance(document.text)
    if seen is not None:
        return Catalogue(
            FORMAT.name, seen, encoding=document.encoding,
            layout=Layout(document, seen, source_of(source)),
        )  # fmt: skip
    groups = _groups(document, source) if plural else {}
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
            key, start, said = join(path[:-1]), branch.key_start, _forms(branch)
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
    entries = catalogue.by_key()
    paths = key_paths(catalogue, document, entries)
    if _has_plurals(catalogue):
        paths.update((join(path), path) for path in _groups(document, catalogue))
    wanted: list[tuple[Path, str]] = []
    for key, entry in entries.items():
        if isinstance(entry.text, str):
            wanted.append((paths[key], entry.text))
            continue
        for label, form in entry.text.forms:
            path = (*paths[key], _category(label, key))
            if join(path) not in entries:  # a unit of its own, from before it was read as a form
                wanted.append((path, form))
    return write(document, wanted)


def _has_plurals(catalogue: Catalogue | None) -> bool:
    return catalogue is not None and any(isinstance(e.text, Plural) for e in catalogue.entries)


def _groups(document: Document, source: Catalogue | None) -> dict[Path, Branch]:
    """Return the objects of plural forms whose key no text has."""
    found = plural_branches(document.places, document.branch, source, lone=False)
    return {path: branch for path, branch in found.items() if join(path) not in document.paths}


def _forms(branch: Branch) -> Plural:
    forms = ((str(label), node) for label, node in branch.members.items())
    return Plural(
        tuple((label, node.text or "") for label, node in forms if isinstance(node, Leaf))
    )


def _category(label: str, key: str) -> str:
    if label not in CLDR_CATEGORIES:
        raise FormatError(
            N_("“{key}” has plural variants by number, which JSON cannot hold. Use categories."),
            code="plural", key=key,
        )  # fmt: skip
    return label


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
