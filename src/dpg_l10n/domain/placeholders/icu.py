"""ICU MessageFormat arguments with branches: ``{n, plural, one {# file} other {# files}}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dpg_l10n.domain.message import CLDR_CATEGORIES

MAX_DEPTH = 16
"""Deepest nesting that is read; real messages nest two or three deep."""

START = re.compile(r"\{\s*([\w.\-]+)\s*,\s*(plural|selectordinal|select)\s*,\s*")
"""How an argument with branches begins."""

_OFFSET = re.compile(r"offset\s*:\s*\d+\s*")
_LABEL = re.compile(r"\s*+([^\s{}',]++)\s*+\{")
_END = re.compile(r"\s*\}")
_STOP = re.compile(r"[{}']")
_SIMPLE = re.compile(r"\{[^{}]*\}")
_QUOTED = re.compile(r"'(?:[^']|'')*+(?:'|$)")
_EXACT = re.compile(r"=\d+")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument whose text depends on a value."""

    name: str
    type: str
    """``plural``, ``selectordinal`` or ``select``."""
    branches: tuple[tuple[str, Branch], ...]
    """Label (``one``, ``=0``, ``female``) and text, in order; at least one."""
    end: int
    """Offset after the closing brace."""

    def branch(self, label: str) -> Branch:
        """Return the text of a label, else that of ``other``, else the last one."""
        found = dict(self.branches)
        return found.get(label) or found.get("other") or self.branches[-1][1]

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels in order."""
        return tuple(label for label, _ in self.branches)


@dataclass(frozen=True, slots=True)
class Branch:
    """The text of one label, or a whole text: literal parts and arguments, in order."""

    parts: tuple[str | Argument, ...]

    def arguments(self) -> tuple[Argument, ...]:
        """Return the arguments with branches, nested ones after their parents."""
        found = [part for part in self.parts if not isinstance(part, str)]
        for argument in found:  # grows while it is walked
            for _, branch in argument.branches:
                found += [part for part in branch.parts if not isinstance(part, str)]
        return tuple(found)

    def flatten(self, path: Mapping[str, str]) -> str:
        """Return what is said when every argument takes one of its branches.

        ``#`` becomes ``{name}`` of the number it stands for.

        Args:
            path: Which branch to take by name of the argument; ``other`` where it says nothing.
        """
        said = ""
        for part in self.parts:
            if isinstance(part, str):
                said += part
                continue
            text = part.branch(path.get(part.name, "other")).flatten(path)
            said += text if part.type == "select" else text.replace("#", f"{{{part.name}}}")
        return said


@lru_cache(maxsize=256)
def parse(text: str) -> Branch:
    """Return the parts of a text; a malformed argument is part of the literal text around it."""
    parts: list[str | Argument] = []
    position = literal = 0
    while head := START.search(text, position):
        position = head.end()
        if argument := parse_at(text, head.start()):
            parts += [text[literal : head.start()], argument]
            position = literal = argument.end
    return Branch((*parts, text[literal:]))


def flatten(text: str) -> str:
    """Return what a text says in the case ``other``; a text without branches stays as it is."""
    return text if START.search(text) is None else parse(text).flatten({})


def parse_at(text: str, start: int) -> Argument | None:
    """Return the argument with branches that begins at an offset, or None if none is well formed.

    Apostrophes quote as in ICU: only directly before a brace, up to the next apostrophe.
    """
    return _argument(text, start, MAX_DEPTH)


def _argument(text: str, start: int, depth: int) -> Argument | None:
    head = START.match(text, start)
    if head is None or depth == 0:
        return None
    name, kind = head.groups()
    position = head.end()
    if kind != "select" and (offset := _OFFSET.match(text, position)):
        position = offset.end()
    branches: list[tuple[str, Branch]] = []
    while label := _LABEL.match(text, position):
        word = label[1]
        if kind != "select" and word not in CLDR_CATEGORIES and not _EXACT.fullmatch(word):
            return None
        parsed = _branch(text, label.end(), depth)
        if parsed is None:
            return None
        branches.append((word, parsed[0]))
        position = parsed[1]
    end = _END.match(text, position)
    if end is None or not branches:
        return None
    return Argument(name, kind, tuple(branches), end.end())


def _branch(text: str, start: int, depth: int) -> tuple[Branch, int] | None:
    """Return a branch and the offset after its closing brace."""
    parts: list[str | Argument] = []
    literal = position = start
    while stop := _STOP.search(text, position):
        at = stop.start()
        if text[at] == "}":
            parts.append(text[literal:at])
            return Branch(tuple(parts)), at + 1
        if text[at] == "'":
            quoted = _QUOTED.match(text, at) if text[at + 1 : at + 2] in ("{", "}") else None
            position = quoted.end() if quoted else at + (2 if text.startswith("''", at) else 1)
        elif START.match(text, at):
            inner = _argument(text, at, depth - 1)
            if inner is None:
                return None
            parts += [text[literal:at], inner]
            literal = position = inner.end
        else:
            simple = _SIMPLE.match(text, at)
            if simple is None:
                return None
            position = simple.end()
    return None


def literal_text(branch: Branch) -> str:
    """Return everything that a text says in all its cases, without labels and braces."""
    return " ".join(
        part if isinstance(part, str) else " ".join(literal_text(said) for _, said in part.branches)
        for part in branch.parts
    )
