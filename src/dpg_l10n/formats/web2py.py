"""Language files of web2py: a Python dictionary of texts, read as data (``docs/formats/web2py.md``).

https://web2py.com/books/default/chapter/29/04/the-core#Internationalization-and-Pluralization-with-T
"""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats._patch import (
    Edit,
    Layout,
    Span,
    apply,
    edits,
    layout_of,
    line_start,
    refuse_duplicate,
)
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_LITERAL = r"""[uU]?(?:'(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+")"""
_SKIP = re.compile(r"(?:[ \t\r\n]++|\#[^\n]*+)*+")
_PAIR = re.compile(
    rf"(?P<key>{_LITERAL})[ \t]*+:[ \t\r\n]*+(?P<value>{_LITERAL})[ \t\r\n]*+(?P<comma>,?)",
    re.DOTALL,
)
_REST = re.compile(r"[ \t]*+(?:\#[^\n]*+)?\n")
_BEGINS = re.compile(
    rf"\ufeff?(?:[ \t\r\n]++|\#[^\n]*+)*+\{{(?:[ \t\r\n]++|\#[^\n]*+)*+(?:{_LITERAL}[ \t]*+:|\}})"
)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_WRITTEN = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ABOUT = re.compile(r"!\w+!")
"""Keys of what a file says about itself (``!langcode!``)."""
_CODE = "!langcode!"


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every pair of a dictionary: its key is the source, its value the translation.

    Args:
        data: The whole file.
        source: Not needed: the file holds its own.

    Raises:
        FormatError: The bytes are no dictionary of texts, or a key has two different texts.
    """
    del source
    text, codec = _text.decode(data)
    opened = _SKIP.match(text)
    at = opened.end() if opened else 0
    if not text.startswith("{", at):
        raise _fail(text, at, N_("A dictionary of texts is needed here: {{'…': '…'}}."))
    entries: list[Entry] = []
    spans: list[Span] = []
    about: dict[str, Span] = {}
    twins: list[tuple[str, Span]] = []
    seen: dict[str, Entry] = {}
    at = _after(text, at + 1)
    line, counted = 1, 0
    while not text.startswith("}", at):
        found = _PAIR.match(text, at)
        if found is None:
            raise _fail(text, at, N_("A pair of texts is needed here: '…': '…',"))
        key, said = _decoded(text, found.span("key")), _decoded(text, found.span("value"))
        rest = _REST.match(text, found.end())
        end = rest.end() if rest else found.end()
        span = Span(line_start(text, at), at, *found.span("value"), end)
        line += text.count("\n", counted, at)
        counted = at
        entry = Entry(key, said, key, "", "", "", NO_FLAGS, None, None, line)
        at = _after(text, found.end())
        if _ABOUT.fullmatch(key):
            about[key] = span
        elif key not in seen:
            seen[key] = entry
            entries.append(entry)
            spans.append(span)
        elif seen[key].text == said:
            twins.append((key, span))
        else:
            raise refuse_duplicate(key, seen[key].line, line)
        if not found["comma"] and not text.startswith("}", at):
            raise _fail(text, at, N_("A comma is missing near here."))
    code = about.get(_CODE)
    return Catalogue(
        FORMAT.name, tuple(entries), _decoded(text, code[2:4]) if code else None, encoding=codec,
        layout=Layout(data, text, codec, tuple(entries), tuple(spans), (at, code, twins)),
    )  # fmt: skip


def _after(text: str, at: int) -> int:
    """Return where what is blank or a comment ends."""
    found = _SKIP.match(text, at)
    at = found.end() if found else at
    if at >= len(text):
        raise _fail(text, at, N_("The dictionary does not end."), "truncated")
    return at


def _fail(text: str, at: int, template: str, code: str = "syntax") -> FormatError:
    line, column = _text.place(text, at)
    return FormatError(template, code=code, line=line, column=column)


def _decoded(text: str, place: tuple[int, int]) -> str:
    """Return what a literal says."""
    raw = text[place[0] : place[1]].lstrip("uU")[1:-1]
    if "\\" not in raw:
        return raw

    def letter(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code is None:
            return _LETTERS.get(found[4], found[4] if found[4] in "\\'\"" else found[0])
        number = int(code, 16)
        if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
            raise _fail(text, place[0], N_("An escape here is no character."), "escape")
        return chr(number)

    return _ESCAPE.sub(letter, raw)


def _literal(said: str, quote: str) -> str:
    marks = {**_WRITTEN, quote: f"\\{quote}"}
    return quote + "".join(marks.get(letter, letter) for letter in said) + quote


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a language file with the translations of a catalogue.

    A source text without a translation is left out where the file does not have it: web2py shows
    the source then. A file of sources alone has all of them.

    Raises:
        FormatError: The template is no valid file.
    """
    name = catalogue.language or ""
    empty = (
        f"# -*- coding: utf-8 -*-\n{{\n{_literal(_CODE, chr(39))}: {_literal(name, chr(39))},\n}}\n"
    )
    layout = layout_of(catalogue, template, parse, (empty if name else "{\n}\n").encode())
    text = layout.text
    end, code, twins = layout.more
    there = {entry.key for entry in layout.entries}
    alone = not any(plain(entry.text) for entry in catalogue.entries)
    wanted = [e for e in catalogue.entries if alone or e.key in there or plain(e.text)]
    newline = _text.newline(text)

    def changed(old: Entry, span: Span, new: Entry) -> Edit | None:
        if plain(old.text) == plain(new.text):
            return None
        quote = text[span.value : span.value_end].lstrip("uU")[0]
        return span.value, span.value_end, _literal(plain(new.text), quote)

    def added(entry: Entry, anchor: Span | None) -> Edit:
        like = anchor or code or (layout.spans[0] if layout.spans else None)
        quote = text[like.key : like.value].lstrip("uU")[0] if like else "'"
        lead = text[line_start(text, like.key) : like.key] if like else ""
        pair = f"{_literal(entry.key, quote)}: {_literal(plain(entry.text), quote)}"
        before = anchor or code
        if before is None:
            at = layout.spans[0].start if layout.spans else line_start(text, end)
            joint = "" if not at or text[at - 1] == "\n" else newline
            return at, at, f"{joint}{lead}{pair},{newline}"
        found = _PAIR.match(text, before.key)
        if found and found["comma"] and text[before.end - 1] == "\n":
            return before.end, before.end, f"{lead}{pair},{newline}"
        after = found.end() if found and found["comma"] else before.value_end
        comma = "" if found and found["comma"] else ","
        return after, after, f"{comma}{newline}{lead}{pair}{'' if comma else ','}"

    changes = edits(layout, wanted, changed, added)
    own = {entry.key: entry for entry in wanted}
    known = {entry.key: entry for entry in layout.entries}
    for key, span in twins:
        edit = changed(known[key], span, own[key]) if key in own else (span.start, span.end, "")
        changes += [edit] if edit else []
    if code is not None and name and name != _decoded(text, code[2:4]):
        changes.append((code.value, code.value_end, _literal(name, text[code.value])))
    return _text.encode(apply(text, changes), layout.codec) if changes else layout.data


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a Python file is one dictionary of texts."""
    return (
        path.lower().endswith(".py") and _BEGINS.match(head.decode("utf-8", "ignore")) is not None
    )


FORMAT = FormatSpec(
    name="web2py",
    title="web2py language file",
    suffixes=(".py",),
    bilingual=True,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("printf", "python"),
)
"""The format, as detection and the services know it."""
