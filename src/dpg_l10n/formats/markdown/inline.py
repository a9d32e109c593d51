"""Inline markup as far as blocks have to know it: breaks, and whether there are words at all."""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"(?<!`)(`{1,9})(?!`)(?:[^`]|(?!\1(?!`))`++)*?(?<!`)\1(?!`)"
    r"|\]\([^()\s]*+|\]\[[^\[\]]*+\]|<[^<>]*+>|https?://\S++|&\#?\w++;",
    re.DOTALL,
)
_EDGE = "&#32;"
MARKS = re.compile(r"[-+*#>=|~`<:]|\d{1,9}[.)]|\[")
"""What may begin another kind of block at the beginning of a line."""


def has_words(text: str) -> bool:
    """Tell whether a text holds a letter outside of code, link targets and tags."""
    if not any(map(str.isalpha, text)):
        return False
    if not any(sign in text for sign in "`<[&:"):
        return True
    return any(map(str.isalpha, _MARKUP.sub(" ", text)))


def join(lines: list[str]) -> tuple[str, str]:
    """Return what the lines of a paragraph say, and how they write a line break.

    A line break that the reader sees (two spaces or a backslash at the end of a line) is a line
    feed of the text; any other is a space.
    """
    if len(lines) == 1:
        return _unedged(lines[0].strip(" \t")), ""
    said: list[str] = []
    spelling = ""
    last = len(lines) - 1
    for at, raw in enumerate(lines):
        line = raw.lstrip(" \t")
        bare = line.rstrip(" \t")
        if at == last:
            said.append(bare)
        elif line.endswith("  "):
            spelling = spelling or "  "
            said += (bare, "\n")
        elif (len(bare) - len(bare.rstrip("\\"))) % 2 and bare == line:
            spelling = spelling or "\\"
            said += (bare[:-1].rstrip(" \t"), "\n")
        else:
            said += (bare, " ")
    return _unedged("".join(said)), spelling


def edged(text: str) -> str:
    """Return a text whose spaces at the edges are written so that they stay."""
    if text[:1] == " ":
        text = _EDGE + text[1:]
    return text[:-1] + _EDGE if text[-1:] == " " else text


def _unedged(text: str) -> str:
    if text.startswith(_EDGE):
        text = " " + text[len(_EDGE) :]
    return text[: -len(_EDGE)] + " " if text.endswith(_EDGE) else text
