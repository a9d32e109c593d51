"""Elements that hold nothing but character data: what they say, and writing it.

For the XML formats whose values have no markup inside. All texts are verified ones
(:func:`~dpg_l10n.formats._xml.verify`).
"""

from __future__ import annotations

import re

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _xml
from dpg_l10n.i18n import N_

ATTRIBUTES = r"""(?:[^"'>/]++|"[^"]*+"|'[^']*+'|/(?!>))*+"""
"""Attributes of a start tag, without the slash of an empty element."""

_HIDDEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_CDATA = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_QUOTES = {"'": "&apos;", '"': "&quot;", ">": "&gt;"}
_BARE = {sign: re.compile(rf">[^<>{sign}]*+{sign}") for sign in _QUOTES}


def blanked(text: str) -> str:
    """Return a text in which comments and CDATA sections are blanks of the same length.

    Every ``<`` that is left begins a tag, at its place in the text.
    """
    if "<!-" not in text and "<![" not in text and text.find("<?", 2) < 0:
        return text
    return _HIDDEN.sub(lambda found: " " * len(found[0]), text)


def content(raw: str) -> str:
    """Return the characters that an element without others inside holds.

    Raises:
        FormatError: ``format.entity``: an undefined entity.
    """
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    if "<" not in raw:
        return _xml.unescape(raw)
    pieces: list[str] = []
    at = 0
    for found in _CDATA.finditer(raw):
        pieces += (_xml.unescape(raw[at : found.start()]), found[1] or "")
        at = found.end()
    return "".join(pieces) + _xml.unescape(raw[at:])


def escapes(text: str, usual: str = "") -> str:
    """Return which of ``' " >`` a file writes as entities in character data.

    Args:
        text: The file.
        usual: Those that the format's own tools write so, for a file that shows neither.
    """
    return "".join(
        sign
        for sign, entity in _QUOTES.items()
        if entity in text or (sign in usual and not _BARE[sign].search(text))
    )


def encode(text: str, signs: str, newline: str) -> str:
    r"""Return a text as character data.

    Args:
        text: What it says.
        signs: Those of ``' " >`` that become entities.
        newline: How the file ends its lines.

    Raises:
        FormatError: ``format.text``: a character that XML cannot hold.
    """
    bad = _NO_CHARACTER.search(text)
    if bad:
        raise FormatError(
            N_("The character {character} cannot stand in XML. Take it out of the text."),
            code="text", character=f"U+{ord(bad[0]):04X}",
        )  # fmt: skip
    raw = _xml.escape(text)
    for sign in signs:
        raw = raw.replace(sign, _QUOTES[sign])
    raw = raw.replace("\r", "&#xD;")
    return raw if newline == "\n" else raw.replace("\n", newline)


def attribute(text: str) -> str:
    """Return a text as the value of an attribute in double quotes.

    Raises:
        FormatError: ``format.text``: a character that XML cannot hold.
    """
    raw = encode(text, '"', "\n")
    return raw.replace("\t", "&#9;").replace("\n", "&#10;")
