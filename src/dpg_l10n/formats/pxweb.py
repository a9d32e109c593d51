"""PxWeb's languages, ``<sentence name="…" value="…"/>`` (``docs/formats/pxweb.md``)."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats._markup import ATTRIBUTES, attribute, blanked
from dpg_l10n.formats._patch import (
    Edit,
    Layout,
    Span,
    apply,
    edits,
    layout_of,
    line_end,
    line_start,
    refuse_duplicate,
)
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_EMPTY = b'<?xml version="1.0" encoding="utf-8"?>\n<Language>\n</Language>\n'
_SENTENCE = re.compile(
    rf"<sentence(?=[ \t\r\n])({ATTRIBUTES})(?:/>|>[ \t\r\n]*</sentence[ \t\r\n]*>)"
)
_SNIFF = re.compile(rb"<sentence\s[^<>]*?(?:name|value)\s*=")
_CLOSE = re.compile(r"</[^>]*>[ \t\r\n]*\Z")


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the sentences of a file.

    Args:
        data: The whole file.
        source: Not needed: the format has no plurals.

    Raises:
        FormatError: Not well-formed, a sentence without name or value, or a name twice.
    """
    del source
    text, codec = _xml.decode(data)
    _xml.verify(text)
    entries: list[Entry] = []
    spans: list[Span] = []
    seen: dict[str, int] = {}
    shown = blanked(text)
    line, at = 1, 0
    for found in _SENTENCE.finditer(shown):
        line += text.count("\n", at, found.start())
        at = found.start()
        own = _xml.attributes(found[1])
        place = _xml.attribute_span(shown, *found.span(1), "value")
        name = own.get("name")
        if name is None or place is None:
            raise FormatError(
                N_("A “sentence” needs the attributes “name” and “value”."), code="name", line=line
            )
        if name in seen:
            raise refuse_duplicate(name, seen[name], line)
        seen[name] = line
        entries.append(Entry(name, own["value"], None, "", "", "", NO_FLAGS, None, None, line))
        spans.append(Span(line_start(text, at), at, *place, line_end(text, found.end())))
    layout = Layout(data, text, codec, tuple(entries), tuple(spans), shown)
    return Catalogue("pxweb", layout.entries, encoding=codec, layout=layout)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file, laid out as the template is.

    Raises:
        FormatError: The template is no valid file, or a text holds what XML cannot.
    """
    layout = layout_of(catalogue, template, parse, _EMPTY)
    if catalogue.entries is layout.entries:
        return layout.data
    text, newline = layout.text, _text.newline(layout.text)
    first = layout.spans[0] if layout.spans else None
    indent = text[line_start(text, first.key) : first.key] if first else "  "

    def changed(old: Entry, span: Span, new: Entry) -> Edit | None:
        if old.text == new.text:
            return None
        value = attribute(plain(new.text))
        if text[span.value - 1] == "'":
            value = value.replace("'", "&apos;")
        return span.value, span.value_end, value

    def added(entry: Entry, anchor: Span | None) -> Edit:
        value = attribute(plain(entry.text))
        new = f'{indent}<sentence name="{attribute(entry.key)}" value="{value}" />{newline}'
        if anchor is not None:
            at = anchor.end
        elif first is not None:
            at = first.start
        else:
            close = _CLOSE.search(layout.more)
            at = line_start(text, close.start()) if close else len(text)
        before = "" if text[:at].endswith(("\n", "\r")) else newline
        return at, at, before + new

    changes = edits(layout, catalogue.entries, changed, added)
    return _text.encode(apply(text, changes), layout.codec)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file is XML with sentences."""
    return path.lower().endswith(".xml") and _SNIFF.search(head) is not None


FORMAT = FormatSpec(
    name="pxweb",
    title="PxWeb language",
    suffixes=(".xml",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("brace",),
)
"""The format, as detection and the services know it."""
