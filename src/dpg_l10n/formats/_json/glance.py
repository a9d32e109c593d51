"""Read the texts of a JSON object of texts and objects without a tree, in half the scanner's time.

For the usual file, whose places are asked for only when something in it changes. Where anything is
unusual (another kind of value, a key that needs an escape, a key twice, anything wrong) nothing is
returned, and the scanner decides.
"""

from __future__ import annotations

import re
from json.decoder import (  # type: ignore[attr-defined]  # typeshed leaves scanstring out
    scanstring,
)

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.formats._tree import MAX_DEPTH

_SPACE = r"[ \t\n\r]*+"
_TEXT = r'"([^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+)"'
_REST = rf'"{_SPACE}:{_SPACE}(?:{_TEXT}|\{{){_SPACE}(,?)'
_OUTER = re.compile(rf'{_SPACE}"([^"\\\x00-\x1f]++){_REST}')
"""A member at the top, where a key may hold any sign that needs no escape."""
_INNER = re.compile(rf'{_SPACE}"([^"\\.\[\x00-\x1f]++){_REST}')
_OPEN = re.compile(rf"{_SPACE}\{{")
_CLOSE = re.compile(rf"{_SPACE}\}}{_SPACE}(,?)")
_OTHER = Entry("", "")[2:-1]
"""Fields of an entry between its text and its line."""


def glance(  # noqa: C901 - one loop: a call per member doubles its time
    text: str, *, flat: bool = False
) -> tuple[Entry, ...] | None:
    """Return the entries of a file, None where the scanner has to read it.

    Args:
        text: The whole file.
        flat: Leave a file that divides its keys to the scanner too.
    """
    opened = _OPEN.match(text)
    if opened is None:
        return None
    entries: list[Entry] = []
    names: list[str] = []
    above: list[str] = []
    prefix = ""
    at, counted, line = opened.end(), 0, 1
    new, count, member = tuple.__new__, text.count, _OUTER.match
    more = False
    while True:
        found = member(text, at)
        if found is not None:
            key, said, comma = found.groups()
            start = found.start(1) - 1
            line += count("\n", counted, start)
            counted = start
            name = prefix + key
            names.append(name)
            at = found.end()
            if said is not None:
                if "\\" in said:
                    try:
                        said = scanstring(text, found.start(2), True)[0]
                    except ValueError:
                        return None
                    if not said.isprintable() and _is_half(said):
                        return None
                entries.append(new(Entry, (name, said, *_OTHER, line)))
                if comma:
                    more = True
                    continue
                more = False
            elif flat or comma or len(above) > MAX_DEPTH // 2 or "." in key or "[" in key:
                return None
            else:
                above.append(prefix)
                prefix, member, more = name + ".", _INNER.match, False
                continue
        elif more:
            return None
        while True:
            closed = _CLOSE.match(text, at)
            if closed is None:
                return None
            at = closed.end()
            if not above:
                whole = at == len(text) and not closed[1] and len(set(names)) == len(names)
                return tuple(entries) if whole else None
            prefix = above.pop()
            member = _INNER.match if above else _OUTER.match
            if closed[1]:
                more = True
                break


def _is_half(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
