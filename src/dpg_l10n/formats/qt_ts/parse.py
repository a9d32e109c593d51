"""Read Qt's ``.ts`` files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dpg_l10n.domain.catalogue import FUZZY, NO_FLAGS, Catalogue, Entry, bilingual_key
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _xml
from dpg_l10n.formats._markup import ATTRIBUTES, blanked, content
from dpg_l10n.formats._patch import Layout, Span, line_end, line_start, refuse_duplicate
from dpg_l10n.formats.qt_ts.plurals import count, formula
from dpg_l10n.i18n import N_

NAME = "qt-ts"

_ROOT = re.compile(rf"<TS({ATTRIBUTES})(?:/>|>)")
_PIECE = re.compile(
    rf"""<context(?:[ \t\r\n]{ATTRIBUTES})?>
      | <name(?:[ \t\r\n]{ATTRIBUTES})?>(?P<name>[^<]*+)
      | <message(?P<attributes>{ATTRIBUTES})(?:/>|>(?P<body>.*?)</message[ \t\r\n]*+>)
      | </context[ \t\r\n]*+>""",
    re.VERBOSE | re.DOTALL,
)
_CHILD = re.compile(
    rf"<(location|source|translation|comment|oldsource|extracomment|translatorcomment)"
    rf"({ATTRIBUTES})(?:/>|>(.*?)</\1[ \t\r\n]*+>)",
    re.DOTALL,
)
_FORM = re.compile(rf"<numerusform{ATTRIBUTES}(?:/>|>(.*?)</numerusform[ \t\r\n]*+>)", re.DOTALL)
_LENGTH = re.compile(
    rf"<lengthvariant{ATTRIBUTES}(?:/>|>(.*?)</lengthvariant[ \t\r\n]*+>)", re.DOTALL
)
_BYTE = re.compile(
    r"""<byte[ \t\r\n]+value[ \t\r\n]*=[ \t\r\n]*["'](x?)([0-9A-Fa-f]{1,6})["'][ \t\r\n]*/>"""
)
_SNIFF = re.compile(rb"<!DOCTYPE TS>|<TS[ \t\r\n>]")
_LENGTHS = "\x9c"
"""Stands between texts of different lengths, as in Qt's own compiled files."""
_GONE = frozenset({"obsolete", "vanished"})
_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class Message(NamedTuple):
    """Where the parts of one message stand that a writer touches."""

    span: Span
    """``value`` and ``value_end`` enclose the whole ``<translation>`` element; both are the end of
    the message's content where it has none."""
    kind: str
    """``type`` of the translation: empty, ``unfinished``, ``obsolete`` or ``vanished``."""
    notes: str
    """What ``<translatorcomment>`` says."""


@dataclass(frozen=True, slots=True)
class Context:
    """A ``<context>`` of the file."""

    start: int
    after_name: int
    end: int


@dataclass(frozen=True, slots=True)
class More:
    """What the writer has to know beside the places of entries."""

    root: tuple[int, int]
    """Of the attributes of ``<TS>``."""
    messages: dict[str, Message]
    obsolete: dict[str, Message]
    """Messages that the source has lost, by key."""
    contexts: dict[str, Context]
    end: int
    """Where ``</TS>`` begins."""


def context_of(name: str, comment: str) -> str:
    """Return the context of a message: that of its file, and what tells it from its equals."""
    return name if not comment else f"{name.replace('|', '||')}|{comment}"


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the messages of a file.

    Args:
        data: The whole file.
        source: Not needed: the file itself says which messages have plurals.

    Raises:
        FormatError: Not well-formed, no Qt translations, or one message twice.
    """
    del source
    text, codec = _xml.decode(data)
    _xml.verify(text)
    plain = blanked(text)
    root = _ROOT.search(plain)
    if root is None or plain.find("<") < 0 or _first_element(plain) != root.start():
        raise FormatError(
            N_("This XML is no file of Qt translations: its root is not “TS”."),
            code="root", line=1,
        )  # fmt: skip
    language = _xml.attributes(root[1]).get("language") or None
    reader = _Reader(text, plain)
    reader.read()
    rule = formula(language, reader.most_forms()) if language else None
    entries = tuple(reader.finish(reader.active, rule))
    keys = {entry.key for entry in entries}
    obsolete = tuple(
        entry for entry in reader.finish(reader.gone.values(), rule) if entry.key not in keys
    )
    more = More(
        root.span(1), reader.messages, reader.obsolete, reader.contexts, plain.rfind("</TS")
    )
    spans = tuple(reader.messages[entry.key].span for entry in entries)
    layout = Layout(data, text, codec, entries, spans, more)
    header = (("Plural-Forms", rule),) if rule else ()
    return Catalogue(NAME, entries, language, header, obsolete, codec, layout)


def _first_element(plain: str) -> int:
    found = re.search(r"<[^!?]", plain)
    return found.start() if found else -1


class _Reader:
    """One pass over the messages of a file."""

    def __init__(self, text: str, plain: str) -> None:
        self.text = text
        self.plain = plain
        self.active: list[Entry] = []
        self.gone: dict[str, Entry] = {}
        self.messages: dict[str, Message] = {}
        self.obsolete: dict[str, Message] = {}
        self.contexts: dict[str, Context] = {}
        self.forms: Counter[int] = Counter()

    def read(self) -> None:
        """Collect messages and contexts."""
        name, start, line, counted = "", 0, 1, 0
        for found in _PIECE.finditer(self.plain):
            at = found.start()
            if found["attributes"] is not None:
                line += self.text.count("\n", counted, at)
                counted = at
                if found["body"] is not None:
                    self.message(found, name, line)
            elif found["name"] is not None:
                name = content(self.text[found.start("name") : found.end("name")])
                self.contexts.setdefault(
                    name, Context(start, self.plain.find(">", found.end()) + 1, 0)
                )
            elif found[0].startswith("</"):
                known = self.contexts.get(name)
                if known is not None and known.start == start:
                    self.contexts[name] = Context(start, known.after_name, found.end())
            else:
                name, start = "", at

    def message(self, found: re.Match[str], name: str, line: int) -> None:
        """Take one message."""
        text = self.text
        own = _xml.attributes(found["attributes"])
        parts: dict[str, str] = {}
        locations = []
        kind, value, inner = "", (found.end("body"), found.end("body")), ""
        for child in _CHILD.finditer(self.plain, *found.span("body")):
            tag = child[1]
            if tag == "location":
                where = _xml.attributes(child[2])
                locations.append(f"{where.get('filename', '')}:{where.get('line', '')}".strip(":"))
            elif tag == "translation":
                value = child.span()
                kind = _xml.attributes(child[2]).get("type", "") if child[2] else ""
                inner = text[child.start(3) : child.end(3)]
            else:
                parts[tag] = said(text[child.start(3) : child.end(3)])
        if "source" not in parts and "id" not in own:
            return
        source: Text = parts.get("source", "")
        context = context_of(name, parts.get("comment", ""))
        key = own.get("id") or bilingual_key(source, context)
        said_here: Text
        if own.get("numerus") == "yes":
            source = Plural((("one", str(source)), ("other", str(source))))
            forms = [said(form) for form in _inside(_FORM, inner)]
            self.forms[len(forms)] += 1
            said_here = Plural(tuple((str(i), form) for i, form in enumerate(forms)))
        else:
            said_here = said(inner) if inner else ""
        flags = NO_FLAGS
        if kind == "unfinished" and any(_strings(said_here)):
            flags = frozenset({FUZZY})
        theirs = parts.get("translatorcomment", "")
        notes = "\n".join(filter(None, (parts.get("extracomment", ""), theirs)))
        entry = Entry(
            key, said_here, source, context, notes, "\n".join(locations), flags,
            parts.get("oldsource") or None, None, line,
        )  # fmt: skip
        span = Span(
            line_start(text, found.start()), found.start(), *value, line_end(text, found.end())
        )
        self.keep(entry, Message(span, kind, theirs))

    def keep(self, entry: Entry, message: Message) -> None:
        """Remember a message; one that the source has lost may be there several times."""
        key = entry.key
        if message.kind in _GONE:
            self.gone.setdefault(key, entry._replace(flags=NO_FLAGS))
            self.obsolete.setdefault(key, message)
            return
        if key in self.messages:
            first = next(other.line for other in self.active if other.key == key)
            raise refuse_duplicate(_strings(entry.source or "")[0], first, entry.line)
        self.messages[key] = message
        self.active.append(entry)

    def most_forms(self) -> int | None:
        """Return how many plural forms most messages have, None where none has any."""
        return next((forms for forms, _ in self.forms.most_common() if forms), None)

    def finish(self, entries: Iterable[Entry], rule: str | None) -> Iterator[Entry]:
        """Give plurals that the file left empty as many forms as the others have."""
        number = count(rule) if rule else 2
        empty = Plural(tuple((str(i), "") for i in range(number)))
        for entry in entries:
            yield entry._replace(text=empty) if entry.text == Plural(()) else entry


def _strings(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(form for _, form in text.forms)


def _inside(element: re.Pattern[str], raw: str) -> Iterator[str]:
    """Yield what elements hold; what looks like one in a CDATA section is text."""
    for found in element.finditer(blanked(raw)):
        yield raw[found.start(1) : found.end(1)] if found[1] is not None else ""


def said(raw: str) -> str:
    """Return what an element says: ``<byte>`` stands for a character that XML has not."""
    if "<" not in raw:
        return content(raw)
    plain = blanked(raw)
    if "<lengthvariant" in plain:
        return _LENGTHS.join(said(one) for one in _inside(_LENGTH, raw))
    pieces: list[str] = []
    at = 0
    for found in _BYTE.finditer(plain):
        code = int(found[2], 16 if found[1] else 10) if found[1] or found[2].isdigit() else 0
        known = 0 < code <= _LAST and code not in _SURROGATES
        pieces += (content(raw[at : found.start()]), chr(code) if known else "\ufffd")
        at = found.end()
    return "".join(pieces) + content(raw[at:])


def sniff(path: str, head: bytes) -> bool:
    """Tell Qt's XML from TypeScript, which has the same ending."""
    return path.lower().endswith(".ts") and _SNIFF.search(head[:4096]) is not None
