"""Comments that belong to an entry: those directly above it."""

from __future__ import annotations

import re

_DISABLED = re.compile(r"=>|=\s*['\"]|^\s*\$|^\s*[|+=*-]{4,}")
_MARKS = re.compile(r"^(?:/\*+|//+|\#+|\*+/?)|\*+/$")


def notes_start(text: str, start: int, floor: int) -> int:
    """Return where the comments directly above a place begin; the place itself without any.

    Args:
        text: The whole text.
        start: Where the entry begins.
        floor: Where what stands before the entry ends; nothing above it belongs to it.
    """
    line = text.rfind("\n", 0, start) + 1
    if line <= floor or text[line:start].strip():
        return start
    found = start
    while line > floor:
        above = text.rfind("\n", 0, line - 1) + 1
        content = text[max(above, floor) : line].strip()
        if content.endswith("*/"):
            above = text.rfind("/*", floor, line)
            above = text.rfind("\n", 0, above) + 1 if above >= 0 else -1
        elif not content.startswith(("//", "#")):
            break
        if above < floor:
            break
        line = above
        found = line + len(text[line:start]) - len(text[line:start].lstrip(" \t"))
    return found


def notes(text: str, start: int, floor: int) -> str:
    """Return what the comments directly above a place say, without their marks.

    Code that was commented out says nothing.
    """
    begin = notes_start(text, start, floor)
    if begin == start:
        return ""
    lines = []
    for line in text[begin:start].splitlines():
        said = _MARKS.sub("", _MARKS.sub("", line.strip()).strip()).strip()
        if _DISABLED.search(said):
            return ""
        if said:
            lines.append(said)
    return "\n".join(lines)
