"""Changes to a text by place: everything between two of them stays as it is."""

from __future__ import annotations

import re

_TAIL = re.compile(r"[ \t]*+(?:<!--(?:(?!-->)[^\n])*+-->[ \t]*+)?(?=\r?\n)")


class Patch:
    """Replacements in one text, applied together.

    Args:
        text: The text that all places are offsets of.
        newline: The line end of the file.
    """

    def __init__(self, text: str, newline: str) -> None:
        self.text = text
        self.newline = newline
        self._edits: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, new: str) -> None:
        """Put something in the place of ``text[start:end]``."""
        self._edits.append((start, end, new))

    def adds(self, part: str) -> bool:
        """Tell whether something that is put in holds a string."""
        return any(part in new for _, _, new in self._edits)

    def remove(self, start: int, end: int) -> None:
        """Take an element out, with its line if nothing else stands on it."""
        first = self.line_start(start)
        tail = _TAIL.match(self.text, end)
        if first is not None and tail is not None:
            start, end = first, self.text.index("\n", tail.end()) + 1
        self.replace(start, end, "")

    def insert_after(self, start: int, end: int, new: str) -> None:
        """Put an element after another one, and after a comment that ends its line."""
        tail = _TAIL.match(self.text, end)
        place = tail.end() if tail else end
        indent = self.indent(start)
        self.replace(place, place, new if indent is None else self.newline + indent + new)

    def insert_before(self, start: int, new: str) -> None:
        """Put an element before another one."""
        first = self.line_start(start)
        if first is None:
            self.replace(start, start, new)
        else:
            self.replace(first, first, self.text[first:start] + new + self.newline)

    def indent(self, start: int) -> str | None:
        """Return the white space before an element, None if something else is on its line."""
        first = self.line_start(start)
        return None if first is None else self.text[first:start]

    def line_start(self, start: int) -> int | None:
        """Return where the line of an element begins, None if something stands before it."""
        while start and self.text[start - 1] in " \t":
            start -= 1
        return start if start == 0 or self.text[start - 1] == "\n" else None

    def apply(self) -> str:
        """Return the changed text. Of edits at one place the first made comes first."""
        pieces: list[str] = []
        done = 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[:2]):
            pieces += (self.text[done:start], new)
            done = end
        return "".join(pieces) + self.text[done:]
