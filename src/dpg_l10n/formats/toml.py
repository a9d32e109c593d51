"""TOML files of strings (``docs/formats/toml.md``)."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _lines, _text, _toml_plurals
from dpg_l10n.formats._patch import Layout, Span, layout_of
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_STRING = (
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"' + r"|'[^'\n]*+'"
)
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*+"
_PIECE = re.compile(
    rf"""(?P<blank>[ \t\r\n]++)
      | \#(?P<comment>[^\n]*+)
      | (?P<table>\[\[?)[ \t]*(?P<name>{_KEY})[ \t]*\]\]?
      | (?P<key>{_KEY})[ \t]*=[ \t]*(?:(?P<text>{_STRING})|(?P<other>))""",
    re.VERBOSE | re.DOTALL,
)
_VALUE = re.compile(rf"(?:{_STRING})|\#[^\n]*|[^\[\]{{}}\"'\#\n]+|[\[\]{{}}\n]", re.DOTALL)
_DEEP = re.compile(rf"^[ \t]*+(?:\[\[?[ \t]*+)?+(?:{_PART}[ \t]*+\.[ \t]*+){{100}}", re.MULTILINE)
_NAME = re.compile(rf"{_PART}(?:\[\d+\])?(?:\.{_PART}(?:\[\d+\])?)*")
_AT = re.compile(r"at line (\d+), column (\d+)")
_PLACE = re.compile(r"\(at [^)]*\)")
_TEXTS = re.compile(rf"^[ \t]*{_KEY}[ \t]*=[ \t]*([\"'])?", re.MULTILINE)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the strings of a file: values of keys; items of arrays and inline tables are none.

    Args:
        data: The whole file.
        source: Parsed source file: its plurals are plurals here too, whatever their forms.

    Raises:
        FormatError: ``format.syntax``: no valid TOML (a key twice is none).
    """
    found = _read(data)
    return replace(found, entries=_toml_plurals.gathered(found.entries, source))


def _read(data: bytes) -> Catalogue:
    """Return every string of a file under its own key, plural forms too."""
    text, codec = _text.decode(data)
    _verify(text)
    entries: list[Entry] = []
    spans: list[Span] = []
    heads: list[_lines.Head] = []
    counts: dict[str, int] = {}
    section, at, line, counted, above = "", 0, 1, 0, 0
    notes: list[str] = []
    while (found := _PIECE.match(text, at)) is not None:
        first, at = found.start(), found.end()
        if found["blank"] is not None:
            notes = [] if found[0].count("\n") > 1 else notes
        elif found["comment"] is not None:
            own_line = not text[text.rfind("\n", 0, first) + 1 : first].strip()
            above = above if notes else first
            if own_line:
                notes.append(found["comment"].strip())
            else:
                notes = []
        elif found["name"] is not None:
            section = _section(found, counts)
            end = text.find("\n", at)
            end = len(text) if end < 0 else end + 1
            start = text.rfind("\n", 0, above if notes else first) + 1
            heads.append(_lines.Head(section, start, end))
            notes = []
        else:
            if found["text"] is None:
                at = _end_of_value(text, at)
            else:
                line += text.count("\n", counted, first)
                counted = first
                end = text.find("\n", at)
                end = len(text) if end < 0 else end + 1
                key = _canonical(found["key"])
                name = f"{section}.{key}" if section else key
                note = "\n".join(filter(None, notes))
                said = _decode(found["text"])
                entries.append(Entry(name, said, None, "", note, "", NO_FLAGS, None, None, line))
                start = text.rfind("\n", 0, above if notes else first) + 1
                spans.append(Span(start, first, *found.span("text"), end))
            notes = []
    more = _lines.More(heads, [])
    layout = Layout(data, text, codec, tuple(entries), tuple(spans), more)
    return Catalogue("toml", layout.entries, encoding=codec, layout=layout)


def _verify(text: str) -> None:
    deep = _DEEP.search(text)
    if deep:
        line, column = _text.place(text, deep.start())
        raise FormatError(N_("Nested too deep."), code="depth", line=line, column=column)
    try:
        tomllib.loads(text)
    except ValueError as error:
        found = _AT.search(str(error))
        place = (int(found[1]), int(found[2])) if found else (0, 0)
        if "end of document" in str(error):
            place = _text.place(text, len(text))
        raise FormatError(
            N_("This is not TOML: {reason}"), code="syntax", line=place[0],
            column=place[1], reason=_PLACE.sub("", str(error)).strip(),
        ) from error  # fmt: skip
    except RecursionError as error:
        raise FormatError(N_("Nested too deep."), code="depth") from error


def _section(found: re.Match[str], counts: dict[str, int]) -> str:
    name = _canonical(found["name"])
    if found["table"] == "[":
        return name
    counts[name] = counts.get(name, -1) + 1
    return f"{name}[{counts[name]}]"


def _canonical(key: str) -> str:
    return ".".join(re.findall(_PART, key))


def _end_of_value(text: str, at: int) -> int:
    """Return where a value that is no string ends; it may be an array over several lines."""
    depth = 0
    while (found := _VALUE.match(text, at)) is not None:
        sign = found[0]
        if sign == "\n" and not depth:
            break
        depth += (sign in ("[", "{")) - (sign in ("]", "}"))
        at = found.end()
    return at


def _decode(raw: str) -> str:
    if "\\" not in raw and not raw.startswith(('"""', "'''")):
        return raw[1:-1]
    return str(tomllib.loads(f"a={raw}")["a"])


def _encode(text: str, old: str, key: str) -> str:
    """Return a text as a string, of the kind of the old one where that can hold it."""
    del key
    if old.startswith('"""') and "\n" in text:
        body = (
            json.dumps(text, ensure_ascii=False)[1:-1]
            .replace("\\n", "\n")
            .replace("\x7f", "\\u007f")
        )
        raw = f'"""\n{body}"""'
        if "\\\n" not in raw and _reads(raw, text):
            return raw
    if old.startswith("'") and not re.search(r"['\x00-\x08\x0a-\x1f\x7f]", text):
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _reads(raw: str, text: str) -> bool:
    try:
        return tomllib.loads(f"a={raw}") == {"a": text}
    except tomllib.TOMLDecodeError:
        return False


_DIALECT = _lines.Dialect(
    "toml", ("#",), sections=True, value=_VALUE, decode=_decode, encode=_encode
)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a file, laid out as the template is.

    Raises:
        FormatError: The template is no valid file, or a key cannot be written there.
    """
    layout = layout_of(catalogue, template, _read, b"")
    flat = _toml_plurals.divided(catalogue.entries, layout.entries)
    known = {entry.key for entry in layout.entries}
    new = [entry.key for entry in flat if entry.key not in known]
    odd = next((key for key in new if not _NAME.fullmatch(key)), None)
    if odd is not None:
        raise FormatError(
            N_("“{key}” is no key of TOML. Put quotes around a part that holds something else than "
               "letters, digits, hyphens and underscores."),
            code="key", key=odd,
        )  # fmt: skip
    divided = replace(catalogue, entries=flat, layout=layout)
    made = _lines.serialize(divided, layout.data, _DIALECT, _read)
    if made == template:
        return made
    wanted = {entry.key: plain(entry.text) for entry in flat}
    try:
        said = {entry.key: entry.text for entry in _read(made).entries}
    except FormatError:  # two values in one place
        said = {entry.key: entry.text for entry in layout.entries}
    lost = next((key for key in (*new, *wanted) if said.get(key) != wanted[key]), None)
    if lost is not None:
        raise FormatError(
            N_("“{key}” cannot be written: another value stands in its place."), code="path",
            key=lost,
        )  # fmt: skip
    return made


def sniff(path: str, head: bytes) -> bool:
    """Tell whether at least half of the values of a TOML file are strings."""
    if not path.lower().endswith(".toml"):
        return False
    found = _TEXTS.findall(head.decode("utf-8-sig", "replace"))
    return bool(found) and sum(map(bool, found)) >= len(found) / 2


FORMAT = FormatSpec(
    name="toml",
    title="TOML",
    suffixes=(".toml",),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("mustache", "brace"),
)
"""The format, as detection and the services know it."""
