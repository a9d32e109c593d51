"""Text in lines: the line breaks of a file, and wrapping to the width of its lines."""

from __future__ import annotations

import re
from bisect import bisect_right

_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """Where the lines of a text begin and end."""

    def __init__(self, text: str) -> None:
        """Look for the line ends once."""
        ends = [match.span() for match in _BREAK.finditer(text)]
        self.text = text
        self.starts = [0, *(end for _, end in ends)]
        self.ends = [*(start for start, _ in ends), len(text)]

    def __getitem__(self, number: int) -> str:
        """Return a line (from 0) without its end."""
        return self.text[self.starts[number] : self.ends[number]]

    def number(self, offset: int) -> int:
        """Return the line (from 0) of an offset."""
        return bisect_right(self.starts, offset) - 1


def wrap(text: str, width: int, before: int, forbidden: re.Pattern[str]) -> list[str]:
    """Return the lines of a text, each at most as wide as asked where its words allow.

    Args:
        text: Words between single spaces.
        width: Columns, 0 for no limit.
        before: Columns that stand before every line.
        forbidden: What no line but the first may begin with, because it would be a mark there.
    """
    if not width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        is_full = line and word and before + len(line) + 1 + len(word) > width
        if is_full and not forbidden.match(word):
            lines.append(line)
            line = word
            continue
        line = f"{line} {word}" if line else word
    return [*lines, line]
