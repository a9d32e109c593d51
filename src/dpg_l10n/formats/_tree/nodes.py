"""The tree of a file, and the keys of its texts."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

MAX_DEPTH = 100
"""Nesting that no file of strings needs; deeper ones are an attack or a mistake."""

Part: TypeAlias = str | int
Path: TypeAlias = tuple[Part, ...]


class Leaf(NamedTuple):
    """A value that holds no others."""

    key_start: int
    """Where its key starts; in a list, where the value starts."""
    start: int
    end: int
    text: str | None
    """Decoded text; None for numbers, booleans, null and references: kept, never an entry."""
    pinned: bool = False
    """Something else in the file refers to it: it may be blanked but not removed."""


class Branch:
    """A mapping or list. ``start`` and ``end`` enclose it, brackets included where it has them."""

    __slots__ = ("end", "flow", "is_list", "key_start", "members", "pinned", "start")

    def __init__(
        self, key_start: int, start: int, *, is_list: bool, flow: bool = True, pinned: bool = False
    ) -> None:
        """Start an empty branch; the scanner fills ``members`` and sets ``end``."""
        self.key_start = key_start
        self.start = start
        self.end = start
        self.is_list = is_list
        self.flow = flow
        self.pinned = pinned
        self.members: dict[Part, Leaf | Branch] = {}


Place: TypeAlias = tuple[str, Path, Leaf]
"""A text with its key and its path; a plain tuple because a file has thousands."""

_SPECIAL = re.compile(r"[.\\]|\[(?=[0-9]+\]$)")
_TOKEN = re.compile(r"(?:[^.\\\[]|\\[\s\S]|\[(?![0-9]{1,4}\](?:\.|\[|$)))*+")
_INDEX = re.compile(r"\[(0|[1-9][0-9]{0,3})\]")


def escape(part: str) -> str:
    """Return a part as it is written within a longer key."""
    return _SPECIAL.sub(r"\\\g<0>", part)


def join(path: Path) -> str:
    r"""Return the key of a path: ``menu.file``, ``days[0]``; a lone part is the key as it is.

    In a longer path a dot or backslash inside a part is written ``\.`` or ``\\``, and the bracket
    of a part that ends like an index ``\[``.
    """
    if len(path) == 1:
        return str(path[0])
    key = ""
    for part in path:
        if isinstance(part, int):
            key += f"[{part}]"
        else:
            key += ("." if key or part is not path[0] else "") + escape(part)
    return key


def split(key: str) -> Path:
    """Return the path that :func:`join` made a key of; ``(key,)`` when it made it of none."""
    path: list[Part] = []
    at = 0
    while True:
        token = _TOKEN.match(key, at)
        end = token.end() if token else at
        path.append(re.sub(r"\\([\s\S])", r"\1", key[at:end]))
        at = end
        while index := _INDEX.match(key, at):
            path.append(int(index[1]))
            at = index.end()
        if at < len(key) and key[at] == ".":
            at += 1
            continue
        break
    whole = tuple(path)
    return whole if at == len(key) and len(whole) > 1 and join(whole) == key else (key,)


def places(root: Branch) -> list[Place]:
    """Return every text of a tree in file order, under keys that are unique.

    A lone part that reads like the key of a longer path of the same file is escaped.
    """
    found: list[Place] = []
    _collect(root, "", (), found)
    if any(type(node) is Branch for node in root.members.values()):
        taken = {key for key, _, _ in found}
        if len(taken) < len(found):
            _part(found, taken)
    return found


def _part(found: list[Place], taken: set[str]) -> None:
    """Give lone parts that read like longer paths a key of their own."""
    nested = {key for key, path, _ in found if len(path) > 1}
    for i, (own_key, path, leaf) in enumerate(found):
        if len(path) == 1 and own_key in nested:
            key = own_key
            while key in taken:
                key = _SPECIAL.sub(r"\\\g<0>", key)
            taken.add(key)
            found[i] = (key, path, leaf)


def _collect(branch: Branch, prefix: str, path: Path, found: list[Place]) -> None:
    """Add the texts of a branch; ``prefix`` is its path as written before a longer key."""
    append = found.append
    for part, node in branch.members.items():
        if isinstance(node, Branch):
            inner = _extend(prefix, part) if path else escape(str(part))
            _collect(node, inner, (*path, part), found)
        elif node[3] is not None:
            if not path:
                key = str(part)
            elif isinstance(part, int) or "." in part or "\\" in part or "[" in part:
                key = _extend(prefix, part)
            else:
                key = f"{prefix}.{part}"
            append((key, (*path, part), node))


def _extend(prefix: str, part: Part) -> str:
    return f"{prefix}[{part}]" if isinstance(part, int) else f"{prefix}.{escape(part)}"
