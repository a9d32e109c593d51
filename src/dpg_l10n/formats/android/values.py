r"""What is written in an element, and what Android makes of it.

The rules are those of aapt2, the resource compiler, which has the only complete account of them
(``ResourceUtils.cpp``, ``StringBuilder::AppendText``): outside double quotes white space collapses
to one space and is cut off at both ends; a double quote switches that off and on and is not part
of the text; a backslash takes the next character as it is, but for ``\n``, ``\t`` and ``\uXXXX``.
XML is decoded before, so ``&quot;`` is such a quote too.
"""

from __future__ import annotations

import re

from dpg_l10n.formats import _xml
from dpg_l10n.formats._text import java_escape
from dpg_l10n.formats.android.layout import CDATA, MARKUP, PLAIN

_ESCAPE = r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u((?!d[89a-f])[0-9a-f]{4})|\\(.?)"
_ESCAPES = re.compile(_ESCAPE, re.IGNORECASE | re.DOTALL)
_PIECES = re.compile(_ESCAPE + r'|"|[ \t\r\n]{2,}|[\t\r\n]', re.IGNORECASE | re.DOTALL)
# What keeps a value from being read by a few replacements.
_INVOLVED = ("\\\\", "\\u", "&", "  ", "\n", "\t", "\r")
_LETTERS = {"n": "\n", "t": "\t"}
_SECTION = r"<!\[CDATA\[((?:[^\]]++|\](?!\]>))*+)\]\]>"
_SECTIONS = re.compile(_SECTION)
_ONLY_CDATA = re.compile(rf"[ \t\r\n]*+(?:{_SECTION})++[ \t\r\n]*+")
_REFERENCE = re.compile(
    r"@(?:null|empty|\+?(?:[\w.]+:)?[\w.]+/[\w.]+)|\?(?:[\w.]+:(?:attr/)?|attr/)[\w.]+"
)
_IN_XML = {"<": "&lt;", "&": "&amp;"}


def is_reference(raw: str) -> bool:
    """Tell whether a value names another resource (``@string/app_name``) and holds no text."""
    return _REFERENCE.fullmatch(raw.strip(_xml.SPACE)) is not None


def quick(raw: str) -> str | None:
    """Return the text of a value of the usual kind, None where :func:`decode` must look closer."""
    for part in _INVOLVED:
        if part in raw:
            return None
    if raw[:1] in " @?" or raw[-1] == " ":
        return None
    if '"' in raw:
        if raw.count('"') != raw.count('\\"'):
            return None
        raw = raw.replace('\\"', '"')
    raw = raw.replace("\\'", "'").replace("\\n", "\n")
    return None if "\\" in raw else raw


def kind_of(raw: str) -> frozenset[str]:
    """Return the flags of a value: none, ``cdata`` or ``markup``."""
    if "<" not in raw:
        return PLAIN
    return CDATA if _ONLY_CDATA.fullmatch(raw) else MARKUP


def decode(raw: str, kind: frozenset[str], line: int) -> str:
    r"""Return the text of a value.

    Plain text is what the app shows. Text with markup stays XML, and text in CDATA stays as it is,
    but for the backslash escapes: there white space and quotes are not collapsed.

    Args:
        raw: The content of the element.
        kind: What :func:`kind_of` says of it, or ``markup`` to show plain text as XML.
        line: 1-based, for errors.

    Raises:
        FormatError: ``format.escape``: a ``\u`` without four digits or with half a pair.
    """
    if not kind:
        return _decode_plain(_xml.unescape(raw).strip(_xml.SPACE), line)
    if kind == CDATA:
        return _decode_escapes("".join(_SECTIONS.findall(raw)), line, in_xml=False)
    raw = raw.strip(_xml.SPACE)
    return "".join(
        part if is_tag else _decode_escapes(part, line, in_xml=True) for is_tag, part in split(raw)
    )


def split(raw: str) -> list[tuple[bool, str]]:
    """Return the pieces of inner XML: ``(True, tag or comment)`` and ``(False, text)``."""
    pieces = []
    place = 0
    for token in _xml.TOKEN.finditer(raw):
        pieces.append((False, raw[place : token.start()]))
        pieces.append((True, token[0]))
        place = token.end()
    pieces.append((False, raw[place:]))
    return pieces


def _decode_plain(raw: str, line: int) -> str:
    quoted = False

    def replace(match: re.Match[str]) -> str:
        nonlocal quoted
        found = match[0]
        if found == '"':
            quoted = not quoted
            return ""
        if found[0] == "\\":
            return java_escape(match, _LETTERS, line)
        return found.replace("\r\n", "\n") if quoted else " "

    return _PIECES.sub(replace, raw)


def _decode_escapes(raw: str, line: int, *, in_xml: bool) -> str:
    def replace(match: re.Match[str]) -> str:
        text = java_escape(match, _LETTERS, line)
        return _IN_XML.get(text, text) if in_xml and match[3] else text

    raw = raw.replace("\r\n", "\n")
    return _ESCAPES.sub(replace, raw) if "\\" in raw else raw
