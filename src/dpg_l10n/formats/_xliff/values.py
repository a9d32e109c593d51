"""Texts between the tags of ``<source>`` and ``<target>``: characters, CDATA or inline markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.i18n import N_

MARKUP = frozenset({"markup"})
"""Flag of a text that is shown as XML: it or its source has inline elements, and entities are kept."""

_SECTION = re.compile(r"<!\[CDATA\[((?:[^\]]++|\](?!\]>))*+)\]\]>")
_ONLY_SECTION = re.compile(r"[ \t\r\n]*+" + _SECTION.pattern + r"[ \t\r\n]*+")
_BREAK = re.compile(r"\r\n?")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 (clause 2.2) cannot hold, not even as a reference. Half surrogates are told apart."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes what can be written in more than one way."""

    newline: str = "\n"
    codec: str = "utf-8"
    entities: tuple[tuple[str, str], ...] = ()
    """Characters that the file writes as entities though it need not: ``>``, quotes."""


def style_of(text: str, codec: str) -> Style:
    """Return the habits of a file."""
    found = (("&gt;", ">"), ("&apos;", "'"), ("&quot;", '"'))
    entities = tuple((char, entity) for entity, char in found if _habit(text, entity))
    return Style(_text.newline(text), codec, entities)


def has_markup(raw: str) -> bool:
    """Tell whether a value holds anything but characters and CDATA sections."""
    return "<" in raw and "<" in _SECTION.sub("", raw)


def decode(raw: str, *, markup: bool) -> str:
    """Return the text of a value: its characters, or the inner XML where markup is shown."""
    if "\r" in raw:
        raw = _BREAK.sub("\n", raw)
    if markup:
        return raw
    if "<" not in raw:
        return _xml.unescape(raw)
    pieces: list[str] = []
    done = 0
    for section in _SECTION.finditer(raw):
        pieces += (_xml.unescape(raw[done : section.start()]), section[1])
        done = section.end()
    return "".join(pieces) + _xml.unescape(raw[done:])


def encode(text: str, style: Style, old: str = "", *, markup: bool) -> str:
    """Return the value that says a text.

    Args:
        text: As :func:`decode` returns it for the same ``markup``.
        style: The habits of the file.
        old: What the element holds now: its own habits come before the file's.
        markup: True for inner XML.

    Raises:
        FormatError: ``format.markup``: inner XML is not well-formed; ``format.text``: a character
            that XML cannot hold; ``format.encoding``: half a surrogate pair.
    """
    _text.encode(text, "utf-8")  # refuses half surrogate pairs
    bad = _UNWRITABLE.search(text)
    if bad:
        raise FormatError(
            N_("The character {character} cannot stand in an XML file."),
            code="text", character=f"U+{ord(bad[0]):04X}",
        )  # fmt: skip
    if markup:
        _verify(text)
        raw = text.replace("\r", "&#13;")
    elif _ONLY_SECTION.fullmatch(old) and "\r" not in text:
        raw = f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
    else:
        raw = _xml.escape(text).replace("\r", "&#13;")
        for char, entity in _entities(old, style):
            raw = raw.replace(char, entity)
    if style.newline != "\n":
        raw = raw.replace("\n", style.newline)
    if style.codec.startswith("utf-"):
        return raw
    return raw.encode(style.codec, "xmlcharrefreplace").decode(style.codec)


def is_well_formed(text: str) -> bool:
    """Tell whether a text is inner XML that a value can hold."""
    try:
        _verify(text)
    except FormatError:
        return False
    return True


def _verify(text: str) -> None:
    try:
        _xml.verify(f"<text>{text}</text>")
    except FormatError as error:
        raise FormatError(
            N_("The markup of this text is broken ({reason}): {text}"),
            code="markup", reason=error.params.get("reason", error.error_code), text=text,
        ) from error  # fmt: skip


def _entities(old: str, style: Style) -> list[tuple[str, str]]:
    """Return what is written as an entity in the place of a value."""
    usual = dict(style.entities)
    chosen = []
    for char, entity in ((">", "&gt;"), ("'", "&apos;"), ('"', "&quot;")):
        if entity in old or (char in usual and (char == ">" or char not in old)):
            chosen.append((char, entity))
    return chosen


def _habit(text: str, entity: str) -> bool:
    """Tell whether an entity stands in a value of the file, not only in attributes."""
    return entity in text and re.search(rf">[^<>]{{0,2000}}?{entity}", text) is not None
