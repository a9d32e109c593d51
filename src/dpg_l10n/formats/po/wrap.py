"""How a file breaks its strings into lines, and strings broken that way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from dpg_l10n.formats.po.grammar import escape

USUAL_WIDTH = 79
"""Columns of a line, quotes included, as gettext's own tools write."""
_NARROWEST, _WIDEST = 76, 80
"""Widths that tools are known to use."""
_SAMPLE_CHARS = 1_000_000
_SAMPLE_LINES = 500

_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60"
    "\uffe0-\uffe6\U00020000-\U0003fffd"
)
_CLOSING = "、。，．・：；！？）」』】〕〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
_OPENING = "（「『【〔〈《"
# A small part of Unicode's line breaking (UAX 14): enough to break where gettext's tools do in
# most texts, and never inside an escape.
_OPPORTUNITY = re.compile(
    r" ++|[-/|?!}\u2013]++(?=[^\W\d_])|\u2014++"
    rf"|(?<=[{_WIDE}])(?<![{_OPENING}])(?![{_CLOSING}])(?=[{_WIDE}])"
)
_ODD_WIDTH = re.compile("[\xad\u0300-\u036f\u0483-\u0489\u0591-\U0010ffff]")
"""Where a character may take no column or two; the alphabets before take one for each."""
_QUOTED_LINE = re.compile(r'^"[^\n]*+(?=(\n")?+)', re.MULTILINE)
_LONG = re.compile(r"^[^#\n][^\n]{85}[^\n]*? [^\n]{4}", re.MULTILINE)
_INNER_NEWLINE = re.compile(r'^msg[^\n]*[^\\\n]\\n[^"\n]', re.MULTILINE)

_LINE = re.compile(r"[^\n]*+\n|[^\n]++")
"""Lines of a text with their ends; only a line feed ends one."""


@dataclass(frozen=True, slots=True)
class Style:
    """How strings are laid out."""

    newline: str = "\n"
    """Line end."""
    width: int = USUAL_WIDTH
    """Columns of the longest line, quotes included; 0 where lines are not broken at spaces."""
    split: bool = True
    """Whether a new line starts after each newline of a text."""


def detect(text: str, newline: str) -> Style:
    """Return the style that a file's strings follow.

    Args:
        text: The file's text; its first million characters tell.
        newline: Its line end.
    """
    sample = text[:_SAMPLE_CHARS].replace(newline, "\n")
    quoted = list(islice(_QUOTED_LINE.finditer(sample), _SAMPLE_LINES))
    lines = [match[0].rstrip() for match in quoted]
    broken = sum(
        1 for match, line in zip(quoted, lines, strict=True)
        if match[1] and not line.endswith('\\n"')
    )  # fmt: skip
    long = sum(1 for _ in islice(_LONG.finditer(sample), _SAMPLE_LINES))
    split = _INNER_NEWLINE.search(sample) is None
    if broken < long:
        return Style(newline, 0, split)
    widths = [width for line in lines if (width := columns(line)) <= _WIDEST]
    return Style(newline, max([_NARROWEST, *widths]) if broken else USUAL_WIDTH, split)


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if text.isascii() or not _ODD_WIDTH.search(text):
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF"
        else 0 if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 1
        for char in text
    )  # fmt: skip


def field(keyword: str, text: str, style: Style, prefix: str = "") -> str:
    """Return a keyword and its string, without the last line end.

    Args:
        keyword: As ``msgstr[0]``.
        text: The text, not escaped.
        style: How to break it.
        prefix: What stands before each line (``"#| "``).
    """
    single = escape(text)
    room = style.width - len(prefix) - len(keyword) - 3
    if (not style.width or columns(single) <= room) and not (style.split and "\n" in text[:-1]):
        return f'{prefix}{keyword} "{single}"'
    lines = [f'{prefix}"{line}"' for line in lines_of(text, style, len(prefix))]
    return style.newline.join([f'{prefix}{keyword} ""', *lines])


def lines_of(text: str, style: Style, indent: int = 0) -> list[str]:
    """Return a text as the lines of a string, escaped, without their quotes.

    Args:
        text: The text, not escaped.
        style: How to break it.
        indent: Columns before each quote.
    """
    lines = [escape(line) for line in _LINE.findall(text)]
    if not style.width:
        return lines
    return [part for line in lines for part in _broken(line, style.width - indent - 2)]


def _broken(raw: str, room: int) -> list[str]:
    """Return the pieces of an escaped line, as few as fit into so many columns each."""
    if columns(raw) <= room:
        return [raw]
    lines, start, end, used = [], 0, 0, 0
    for stop in [*(match.end() for match in _OPPORTUNITY.finditer(raw)), len(raw)]:
        size = columns(raw[end:stop])
        if used and used + size > room:
            lines.append(raw[start:end])
            start, used = end, 0
        used += size
        end = stop
    lines.append(raw[start:])
    return [line for line in lines if line]
