"""Read Java ``.properties`` files (``java.util.Properties.load``)."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats.properties.escapes import unescape
from dpg_l10n.formats.properties.layout import Layout, Line
from dpg_l10n.i18n import N_

# A line that ends in a backslash goes on with the next, wherever in the entry that is.
_JOIN = r"\\(?:\r\n|\r|\n)[ \t\f]*+"
_BLANK = rf"(?:[ \t\f]|{_JOIN})*+"
_LINE = re.compile(
    rf"""[ \t\f]*+
    (?: [#!] (?P<comment>[^\r\n]*+)
      | (?P<key>(?:[^\\=:\x20\t\f\r\n]++|{_JOIN}|\\(?:[\s\S]|\Z))*+)
        (?P<separator>{_BLANK}(?:[=:]{_BLANK})?+)
        (?P<value>(?:[^\\\r\n]++|\\(?:\r\n|[\s\S]|\Z))*+)
    )(?:\r\n|\r|\n|\Z)""",
    re.VERBOSE,
)
_BREAK = re.compile(r"\r\n|\r|\n")
_DISABLED = re.compile(r"\s*[^\s=:]+\s*=")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|([\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
)
_ENTRY = re.compile(r"^[ \t\f]*[^#!\s][^\r\n]*?[=: \t]", re.MULTILINE)
_CONTENT = re.compile(r"^[ \t\f]*[^#!\s]", re.MULTILINE)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the entries of a file.

    Args:
        data: The whole file.
        source: Not needed: the format has no plurals.

    Raises:
        FormatError: Two encodings in one file, a key that stands twice, a broken escape.
    """
    text, codec = decode(data)
    entries: list[Entry] = []
    lines: list[Line] = []
    seen: dict[str, int] = {}
    notes: list[str] = []
    above = 0
    number = 1
    new = tuple.__new__  # what a named tuple's own constructor calls, in a third of its time
    for match in _LINE.finditer(text):
        first, end = match.span()
        comment, raw_key, separator, raw = match.groups()
        if comment is not None:
            if _DISABLED.match(comment):
                notes = []
            else:
                above = above if notes else first
                notes.append(comment.strip())
        elif raw_key or separator:
            key = unescape(raw_key, number) if "\\" in raw_key else raw_key
            value = unescape(raw, number) if "\\" in raw else raw
            if key or value or "=" in separator or ":" in separator:
                if key in seen:
                    raise _duplicate(key, seen[key], number)
                seen[key] = number
                start, note = first, ""
                if notes:
                    start, note = above, "\n".join(filter(None, notes))
                place = (start, first, *match.span(2), *match.span(4), end)
                lines.append(new(Line, place))
                entry = (key, value, None, "", note, "", NO_FLAGS, None, None, number)
                entries.append(new(Entry, entry))
            notes = []
            if "\\" in raw_key or "\\" in raw or "\\" in separator:
                number += len(_BREAK.findall(text, first, match.end("value")))
        else:
            notes = []
        number += 1
    ordered = tuple(entries)
    layout = Layout(data, text, ordered, tuple(lines), codec)
    return Catalogue("properties", ordered, encoding=codec, layout=layout)


def sniff(path: str, head: bytes) -> bool:
    """Tell from the path and the first bytes whether this is a properties file.

    A file of comments only is one: translations often begin as the source with every line
    commented out.
    """
    if not path.lower().endswith(".properties"):
        return False
    marked = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if marked else "utf-8-sig", "replace")
    return "\0" not in text and (_ENTRY.search(text) is not None or _CONTENT.search(text) is None)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its codec: UTF-8 if the bytes are, else ISO-8859-1.

    Java reads ISO-8859-1 before version 9 and UTF-8 since, with the same fallback. A file that
    holds both reads wrongly everywhere, so it is refused with the place where UTF-8 ends.
    """
    try:
        return _text.decode(data)
    except FormatError:
        letters = [match[1] for match in _MULTIBYTE.finditer(data)]
        single = sum(byte > 0x7F for byte in _MULTIBYTE.sub(b"", data))
        if any(letters) or len(letters) >= single or data[:3] == b"\xef\xbb\xbf":
            raise
        return _text.decode(data, "iso-8859-1")


def _duplicate(key: str, first: int, line: int) -> FormatError:
    return FormatError(
        N_("“{key}” stands here and on line {first}. Java would take the last one without a word. "
           "Remove one of them."),
        code="duplicate", line=line, key=key, first=first,
    )  # fmt: skip
