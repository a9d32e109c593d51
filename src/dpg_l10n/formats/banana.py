"""Banana, the JSON of MediaWiki and translatewiki (``docs/formats/banana.md``).

https://www.mediawiki.org/wiki/Help:Extension:Translate/File_format_support
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json import (
    Dialect,
    Document,
    View,
    hidden,
    named,
    parse_records,
    require_object,
    serialize_records,
    shape,
)
from dpg_l10n.formats._text import encode
from dpg_l10n.formats._tree import Branch
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_METADATA = "@metadata"


def look(text: str, root: Branch) -> View:
    """Return the messages of a file: every text outside of what begins with ``@``.

    Raises:
        FormatError: ``root``: the file is a list.
    """
    require_object(text, root)
    view = View(root)
    mark = named(root.members.get(_METADATA), "locale")
    if mark:
        view.language, view.marks = mark.text, [mark]
    for part, node in root.members.items():
        if str(part)[:1] == "@":
            root.members[part] = hidden(node)
    return view


_DIALECT = Dialect("banana", look, flat=False)


@dataclass(frozen=True)
class _Begun:
    """Layout of a new language's catalogue: the source's authors are not its authors."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every message of a file.

    Raises:
        FormatError: The bytes are no JSON object; the code says why.
    """
    return parse_records(_DIALECT, data, source)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file with the texts of a catalogue.

    Raises:
        FormatError: The template is no JSON object; a text has plural variants; a key begins
            with ``@``, which marks metadata.
    """
    for entry in catalogue.entries:
        if entry.key[:1] == "@":
            raise FormatError(
                N_("“{key}” cannot be the key of a text here: “@” marks what is said about one."),
                code="key", key=entry.key,
            )  # fmt: skip
    if isinstance(catalogue.layout, _Begun) and template is not None:
        template = _without_authors(template)
    return serialize_records(_DIALECT, catalogue, template)


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language."""
    return Catalogue("banana", (), language, encoding=source.encoding, layout=_Begun())


def _without_authors(template: bytes) -> bytes:
    """Return a file that nobody wrote yet."""
    document = Document.read(template, lambda _text, root: View(root))
    metadata = document.root.members.get(_METADATA)
    authors = metadata.members.get("authors") if isinstance(metadata, Branch) else None
    if not isinstance(authors, Branch):
        return template
    text = document.text
    return encode(text[: authors.start] + "[]" + text[authors.end :], document.encoding)


_BEGINS = re.compile(rb'\{\s*"@metadata"\s*:\s*\{')


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a JSON object has MediaWiki's metadata."""
    if not path.lower().endswith(".json") or b'"@metadata"' not in head:
        return False
    return _BEGINS.search(head[:4096]) is not None or _METADATA in shape(head).keys


FORMAT = FormatSpec(
    name="banana",
    title="MediaWiki JSON (banana)",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    placeholders=("mediawiki",),
    documentation="qqq.json",
)
"""The format, as detection and the services know it."""
