"""What the objects at the beginning of a JSON file hold: how detection tells the dialects apart."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

_TOKEN = re.compile(
    r'"((?:[^"\\]|\\[\s\S]?)*+)(?:"\s*+(:?)|\Z)|[{}\[\]]|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)'
)
"""What is not closed goes on to the end: looked at anew from each quote in it, it would take long."""


@dataclass(slots=True)
class Shape:
    """The closed objects of a file's beginning."""

    root: str = ""
    """``{`` or ``[``; empty where the file begins with neither."""
    keys: frozenset[str] = frozenset()
    """Keys at the top."""
    texts: int = 0
    """Texts directly at the top."""
    records: list[frozenset[str]] = field(default_factory=list)
    """Keys of each object directly below the top."""
    leaves: list[frozenset[str]] = field(default_factory=list)
    """Keys of each object, however deep, that holds no other object."""

    def mostly(self, objects: Collection[frozenset[str]], key: str, least: int = 1) -> bool:
        """Tell whether at least so many objects, and four of five of them, have a key."""
        having = sum(key in each for each in objects)
        return having >= least and having * 5 >= len(objects) * 4


@lru_cache(maxsize=8)
def shape(head: bytes) -> Shape:  # noqa: C901 - one loop over tokens
    """Return the shape of a file's beginning, which may end anywhere."""
    text = head.decode("utf-8-sig", "ignore")
    found = Shape()
    above: list[tuple[set[str], bool]] = []
    keys: set[str] = set()
    nested = False
    for token in _TOKEN.finditer(text):
        mark = token[0][0]
        if mark == '"':
            if token[2]:
                keys.add(token[1])
            elif len(above) == 1:
                found.texts += 1
        elif mark in "{[":
            if not above:
                found.root = mark
            above.append((keys, nested or mark == "{"))
            keys, nested = (set(), False) if mark == "{" else (keys, nested)
        elif mark in "}]" and above:
            if mark == "}":
                if len(above) == 2:
                    found.records.append(frozenset(keys))
                if not nested:
                    found.leaves.append(frozenset(keys))
                if len(above) == 1:
                    found.keys = frozenset(keys)
                keys, nested = above[-1]
            above.pop()
    if above:
        found.keys = frozenset(above[1][0] if len(above) > 1 else keys)
    return found
