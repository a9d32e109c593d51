"""``.resx`` and ``.resw`` files of .NET (``docs/formats/resx.md``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats._markup import ATTRIBUTES, attribute, blanked, content, encode, escapes
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

_EMPTY = b"""<?xml version="1.0" encoding="utf-8"?>
<root>
  <resheader name="resmimetype">
    <value>text/microsoft-resx</value>
  </resheader>
  <resheader name="version">
    <value>2.0</value>
  </resheader>
  <resheader name="reader">
    <value>System.Resources.ResXResourceReader, System.Windows.Forms</value>
  </resheader>
  <resheader name="writer">
    <value>System.Resources.ResXResourceWriter, System.Windows.Forms</value>
  </resheader>
</root>
"""
_ROOT = re.compile(rf"<(?![?!])([^ \t\r\n/>]++){ATTRIBUTES}/?>")
_DATA = re.compile(
    rf"""<data(?=[ \t\r\n])(?:
        \ name="(?P<name>[^"&<\t\r\n]++)"(?:\ xml:space="preserve")?>[ \t\r\n]*+
        (?P<value><value>(?P<text>[^<]*+)</value>)[ \t\r\n]*+
        (?:<comment>(?P<comment>[^<]*+)</comment>[ \t\r\n]*+)?+</data>
      | (?P<attributes>{ATTRIBUTES})(?:(?P<none>/>)|>(?P<body>.*?)</data[ \t\r\n]*+>)
    )""",
    re.DOTALL | re.VERBOSE,
)
"""A resource; the first branch is how nearly all are written."""
_OBJECT = re.compile(
    rf"<(?P<kind>data|metadata)(?=[ \t\r\n])(?P<attributes>{ATTRIBUTES})"
    r"(?:/>|>.*?</(?P=kind)[ \t\r\n]*+>)",
    re.DOTALL,
)
_VALUE = re.compile(
    rf"<value(?:[ \t\r\n]{ATTRIBUTES})?(?:/>|>([^<]*+(?:<(?!/value)[^<]*+)*+)</value[ \t\r\n]*+>)"
)
_COMMENT = re.compile(rf"<comment(?:[ \t\r\n]{ATTRIBUTES})?>(.*?)</comment[ \t\r\n]*+>", re.DOTALL)
_DESIGNER = ">>"
"""Begins the names of what a form designer keeps for itself."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the strings of a file; other resources (images, sizes) are none.

    Args:
        data: The whole file.
        source: Not needed: the format has no plurals.

    Raises:
        FormatError: Not well-formed, another document, or a name twice.
    """
    del source
    text, codec = _xml.decode(data)
    _xml.verify(text)
    shown = blanked(text)
    root = _ROOT.search(shown)
    if root is None or root[1] != "root":
        raise FormatError(
            N_("This XML is no file of .NET resources: its root is not “root”."), code="root",
            line=1,
        )  # fmt: skip
    entries: list[Entry] = []
    spans: list[Span] = []
    seen: dict[str, int] = {}
    line, at = 1, 0
    for found in _DATA.finditer(shown, root.end()):
        line += text.count("\n", at, found.start())
        at = found.start()
        name = found["name"]
        if name is None:
            own = _xml.attributes(found["attributes"])
            name = own.get("name", "")
            if "type" in own or "mimetype" in own:
                continue
        if not name or name.startswith(_DESIGNER):
            continue
        if name in seen:
            raise refuse_duplicate(name, seen[name], line)
        seen[name] = line
        said, notes, place = _content(text, shown, found)
        entries.append(Entry(name, said, None, "", notes, "", NO_FLAGS, None, None, line))
        first = found.start()
        spans.append(Span(line_start(text, first), first, *place, line_end(text, found.end())))
    layout = Layout(data, text, codec, tuple(entries), tuple(spans), shown.rfind("</root"))
    return Catalogue("resx", layout.entries, encoding=codec, layout=layout)


def _content(text: str, shown: str, found: re.Match[str]) -> tuple[str, str, tuple[int, int]]:
    """Return the text of a resource, its notes, and the place of its ``<value>`` element."""
    if found["name"] is not None:
        place = found.span("value")
        notes = content(text[slice(*found.span("comment"))]).strip() if found["comment"] else ""
        return content(text[slice(*found.span("text"))]), notes, place
    if found["none"]:
        return "", "", (found.end() - 2, found.end())
    start, end = found.span("body")
    value = _VALUE.search(shown, start, end)
    comment = _COMMENT.search(shown, start, end) if shown.find("<comment", start, end) > 0 else None
    notes = content(text[comment.start(1) : comment.end(1)]).strip() if comment else ""
    if value is None:
        return "", notes, (start, start)
    said = content(text[value.start(1) : value.end(1)]) if value[1] is not None else ""
    return said, notes, value.span()


@dataclass(frozen=True)
class _Begun:
    """Layout of a new language's catalogue: only texts are translated, the rest is the source's."""


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language."""
    return Catalogue("resx", (), language, encoding=source.encoding, layout=_Begun())


def _without_objects(template: bytes) -> bytes:
    """Return a file without images, sizes and what a form designer keeps."""
    text, codec = _xml.decode(template)
    gone: list[Edit] = []
    for found in _OBJECT.finditer(blanked(text)):
        own = _xml.attributes(found["attributes"])
        is_object = found["kind"] == "metadata" or not own.keys().isdisjoint(("type", "mimetype"))
        if is_object or own.get("name", "").startswith(_DESIGNER):
            gone.append((line_start(text, found.start()), line_end(text, found.end()), ""))
    return _text.encode(apply(text, gone), codec)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a resource file, laid out as the template is.

    Raises:
        FormatError: The template is no valid file, or a text holds what XML cannot.
    """
    if isinstance(catalogue.layout, _Begun) and template is not None:
        template = _without_objects(template)
    layout = layout_of(catalogue, template, parse, _EMPTY)
    if catalogue.entries is layout.entries:
        return layout.data
    writer = _Writer(layout)
    changes = edits(layout, catalogue.entries, writer.changed, writer.added)
    return _text.encode(apply(layout.text, changes), layout.codec)


class _Writer:
    """Writes resources in the style of one file."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.text = layout.text
        self.newline = _text.newline(layout.text)
        self.signs = escapes(layout.text, ">").replace("'", "").replace('"', "")
        first = layout.spans[0] if layout.spans else None
        self.indent = self.text[line_start(self.text, first.key) : first.key] if first else "  "

    def value(self, entry: Entry) -> str:
        """Return the element of a text."""
        return f"<value>{encode(plain(entry.text), self.signs, self.newline)}</value>"

    def changed(self, old: Entry, span: Span, new: Entry) -> Edit | None:
        """Return the edit of a text."""
        if old.text == new.text:
            return None
        if self.text.startswith("/>", span.value):
            return span.value, span.value_end, f">{self.value(new)}</data>"
        return span.value, span.value_end, self.value(new)

    def added(self, entry: Entry, anchor: Span | None) -> Edit:
        """Return the edit that adds a resource behind another one, or before all."""
        inner = self.indent * 2
        lines = [
            f'{self.indent}<data name="{attribute(entry.key)}" xml:space="preserve">',
            f"{inner}{self.value(entry)}",
        ]
        if entry.notes:
            lines.append(
                f"{inner}<comment>{encode(entry.notes, self.signs, self.newline)}</comment>"
            )
        new = "".join(line + self.newline for line in (*lines, f"{self.indent}</data>"))
        if anchor is not None:
            at = anchor.end
        elif self.layout.spans:
            at = self.layout.spans[0].start
        else:
            at = line_start(self.text, self.layout.more)
        before = "" if self.text[:at].endswith("\n") else self.newline
        return at, at, before + new


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file has the ending and the root of .NET resources."""
    return path.lower().endswith((".resx", ".resw")) and b"<root" in head


FORMAT = FormatSpec(
    name="resx",
    title=".NET resources",
    suffixes=(".resx", ".resw"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    placeholders=("brace",),
)
"""The format, as detection and the services know it."""
