"""A YAML file in memory: its bytes, its tree, its locale, its keys and comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.formats._text import decode
from dpg_l10n.formats._tree import Branch, Leaf, Path, Place, join, places, plural_branches, split
from dpg_l10n.formats._yaml.scan import scan

LOCALE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*(?:@\w{1,20})?")
_WORD = re.compile(r"y|n|yes|no|on|off", re.IGNORECASE)
"""Booleans of YAML 1.1, which Ruby reads; texts in YAML 1.2, which other programs read."""
_COMMENT_LINE = re.compile(r"^[ \t]*#[^\n]*\n", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """A YAML file and what it means. Made by :meth:`read`."""

    data: bytes
    text: str
    encoding: str
    root: Branch
    locale: str | None
    """The one key at the top, where it names a locale."""
    records: bool = False
    """True of a list of records, which the root has by their keys."""

    @classmethod
    def read(cls, data: bytes, *, rooted: bool = True) -> Document:
        """Read a file that is one YAML mapping.

        Args:
            data: The whole file.
            rooted: Take a lone key at the top that looks like a locale for one.

        Raises:
            FormatError: As :func:`~dpg_l10n.formats._text.decode` and ``scan`` raise it.
        """
        text, encoding = decode(data)
        root = scan(text)
        locale = next(iter(root.members), None)
        if (
            not rooted
            or len(root.members) != 1
            or not isinstance(locale, str)
            or not LOCALE.fullmatch(locale)
            or not _can_hold(root.members[locale])
        ):
            say_words(root, text)
            return cls(data, text, encoding, root, None)
        return cls(data, text, encoding, root, locale)

    @property
    def top(self) -> Path:
        """Path above every key."""
        return () if self.locale is None else (self.locale,)

    @cached_property
    def body(self) -> Branch | None:
        """What holds the entries; None below a locale that has nothing yet."""
        node = self.root if self.locale is None else self.root.members[self.locale]
        return node if isinstance(node, Branch) else None

    @cached_property
    def places(self) -> list[Place]:
        """Every text, by keys and paths without the locale."""
        return [] if self.body is None else places(self.body)

    def plurals(self, source: Catalogue | None) -> dict[Path, Branch]:
        """Return the mappings whose texts are the forms of one message, by path.

        Below a locale ``other`` alone is a plural; without one it is what Hugo's messages without
        a number look like.
        """
        lone = self.locale is not None
        return plural_branches(self.places, self.branch, source, lone=lone)

    def branch(self, path: Path) -> Branch:
        """Return the mapping or list at a path without the locale."""
        node: Branch | Leaf | None = self.body
        for part in path:
            node = node.members[part] if isinstance(node, Branch) else None
        return node if isinstance(node, Branch) else self.root

    @cached_property
    def _comments(self) -> dict[int, int]:
        """Start of every comment line by the start of the line after it."""
        if "#" not in self.text:
            return {}
        return {found.end(): found.start() for found in _COMMENT_LINE.finditer(self.text)}

    def region_start(self, key_start: int) -> int | None:
        """Return where the lines of a key begin, comments directly above it included.

        Only comments in the column of the key belong to it. None when something else stands
        before the key in its line.
        """
        line = self.text.rfind("\n", 0, key_start) + 1
        indent = self.text[line:key_start]
        if indent.strip(" \t"):
            return None
        while self._comments and (above := self._comments.get(line)) is not None:
            if not self.text.startswith(indent + "#", above):
                break
            line = above
        return line

    def notes(self, key_start: int) -> str:
        """Return the comment directly above a key, without its marks."""
        if not self._comments or self.text.rfind("\n", 0, key_start) + 1 not in self._comments:
            return ""
        start = self.region_start(key_start)
        if start is None:
            return ""
        lines = self.text[start:key_start].split("\n")[:-1]
        return "\n".join(line.strip().lstrip("#").strip() for line in lines)

    def region_end(self, end: int) -> int:
        """Return where the line in which something ends is over."""
        at = self.text.find("\n", end)
        return len(self.text) if at < 0 else at + 1

    def paths(
        self, entries: Mapping[str, Entry], known: Mapping[str, Path], source: Mapping[str, Path]
    ) -> dict[str, Path]:
        """Return where each key stands or, for a new one, where it belongs (locale included)."""
        paths: dict[str, Path] = {}
        for key in entries:
            path = known.get(key)
            if path is None:
                path = source.get(key) or split(key)
                if any(join(path[:i]) in entries for i in range(1, len(path))):
                    path = (key,)
            paths[key] = self.top + path
        return paths


@dataclass(frozen=True)
class Layout:
    """What a parsed catalogue remembers of its file."""

    document: Document
    entries: tuple[Entry, ...]
    paths: Mapping[str, Path]


def say_words(root: Branch, text: str) -> None:
    """Make texts of the words of a tree that only YAML 1.1 takes for booleans."""
    branches = [root]
    while branches:
        members = branches.pop().members
        for part, node in members.items():
            if isinstance(node, Branch):
                branches.append(node)
            elif node.text is None and _WORD.fullmatch(text, node.start, node.end):
                members[part] = node._replace(text=text[node.start : node.end])


def _can_hold(node: Branch | Leaf) -> bool:
    """Tell whether a node is a mapping or an empty value."""
    return not node.is_list if isinstance(node, Branch) else node.text is None
