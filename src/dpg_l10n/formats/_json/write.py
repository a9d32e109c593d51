"""Patch a JSON text: new values, new members and lost ones, in the style of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from json.encoder import encode_basestring

from dpg_l10n.formats._json.document import Document
from dpg_l10n.formats._text import encode, newline
from dpg_l10n.formats._tree import Added, Branch, Edit, Leaf, Part, Path, padded, plan

_UNICODE_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*+\\u([0-9a-fA-F]{4})")
_COLON = re.compile(r'"(?:[^"\\]|\\.)*+"([ \t\n\r]*+:[ \t\n\r]*+)')
_SHORT = frozenset('"\\\n\r\t\b\f')


class Raw(str):
    """New JSON as it is to be written: lines end in a line feed, a level of indent is a tab."""

    __slots__ = ()


def write(
    document: Document,
    wanted: Iterable[tuple[Path, str]],
    after: Mapping[Path, Part | None] | None = None,
) -> bytes:
    """Return the bytes of a document that holds the wanted texts and no others.

    Raises:
        FormatError: ``path``: two texts need one place; ``encoding``: a character does not exist
            in the encoding of the file, or is half a character.
    """
    return apply(document, plan(document.root, wanted, after))


def apply(document: Document, edit: Edit, writer: type[Writer] | None = None) -> bytes:
    """Return the bytes of a document with changes.

    Args:
        document: The file as it is.
        edit: What changes.
        writer: Of the file's syntax; None for JSON.

    Raises:
        FormatError: ``encoding``, as :func:`write` raises it.
    """
    if not edit:
        return document.data
    root, text = document.root, document.text
    inner = document.view.texts
    body = (writer or Writer)(text, root, inner).render(root, edit)
    return encode(text[: root.start] + body + text[root.end :], document.encoding)


class Writer:
    """Writes changed branches of one text; learns the style of the text where it is needed."""

    nothing = "null"
    """What fills a list up to a new item."""

    def __init__(self, text: str, root: Branch, inner: Mapping[int, tuple[int, int]]) -> None:
        self.text = text
        self.root = root
        self.inner = inner

    @cached_property
    def newline(self) -> str:
        return newline(self.text)

    @cached_property
    def unit(self) -> str:
        """Indentation of one level; empty for a file in one line."""
        return unit(self.text, self.root)

    @cached_property
    def colon(self) -> str:
        """What stands between a key and its value, at the top of the file."""
        return self.colon_of(self.root)

    def colon_of(self, branch: Branch) -> str:
        """Return what stands between a key and its value in an object, else in the file."""
        for node in branch.members.values():
            if found := _COLON.match(self.text, node.key_start):
                return found[1]
        found = _COLON.search(self.text, 0, 4096)  # a list has no keys, its records do
        return found[1] if found else ": "

    @cached_property
    def escapes(self) -> dict[int, str]:
        """Characters that this file escapes though it need not."""
        text = self.text
        if "\\" not in text:
            return {}
        codes = _UNICODE_ESCAPE.findall(text) if "\\u" in text else []
        pattern = "\\u{:04X}" if any(c != c.lower() for c in codes) else "\\u{:04x}"
        codes_used = {int(code, 16) for code in codes}
        table = {
            code: pattern.format(code)
            for code in codes_used
            if code >= 0x20 and chr(code) not in _SHORT and chr(code) not in text
            and not 0xD800 <= code <= 0xDFFF
            and not (code < 0x7F and chr(code).isalnum())
        }  # fmt: skip
        if text.isascii() and any(code > 0x7E for code in codes_used):
            table[-1] = pattern
        if "\\/" in text and "/" not in text.replace("\\/", ""):
            table[ord("/")] = "\\/"
        return table

    def quote(self, text: str) -> str:
        """Return a JSON string."""
        quoted = encode_basestring(text)
        if table := self.escapes:
            quoted = quoted.translate(table)
            if pattern := table.get(-1):
                encode(text, "utf-8")
                quoted = "".join(
                    c if c < "\x7f" else "".join(
                        pattern.format(unit) for unit in _utf16(c)
                    ) for c in quoted
                )  # fmt: skip
        return quoted

    def render(self, branch: Branch, edit: Edit) -> str:
        """Return the text of a branch with its changes."""
        if edit.moves:
            return self.rebuild(branch, edit)
        pieces: list[str] = []
        at = branch.start
        touched = [(branch.members[part], part) for part in (*edit.texts, *edit.inner)]
        for node, part in sorted(touched, key=lambda item: item[0].start):
            pieces += self.text[at : node.start], self.value(node, part, edit)
            at = node.end
        return "".join(pieces) + self.text[at : branch.end]

    def value(self, node: Leaf | Branch, part: Part, edit: Edit) -> str:
        if isinstance(node, Branch):
            inner = edit.inner.get(part)
            return self.render(node, inner) if inner else self.text[node.start : node.end]
        text = edit.texts.get(part)
        if text is None:
            return self.text[node.start : node.end]
        start, end = self.inner.get(node.start, (node.start, node.end))
        return self.text[node.start : start] + self.changed(node, text) + self.text[end : node.end]

    def key(self, part: Part) -> str:
        """Return a key as this file writes keys."""
        return self.quote(str(part))

    def changed(self, node: Leaf, text: str) -> str:
        """Return a new text in the place of an old one."""
        del node
        return self.quote(text)

    def rebuild(self, branch: Branch, edit: Edit) -> str:
        """Return a branch some of whose members come or go."""
        text = self.text
        parts = list(branch.members)
        nodes = list(branch.members.values())
        gaps = [text[a.end : b.key_start] for a, b in pairwise(nodes)]
        lead = self.lead(branch, nodes)
        indent = lead.rpartition("\n")[2] if "\n" in lead else None
        pieces: list[str] = []

        def add(anchor: int, gap: str) -> None:
            members = edit.added.get(parts[anchor] if anchor >= 0 else None, {})
            if text[branch.start] == "[" and not branch.is_list:  # a list that goes by its keys
                new_ones = [self.added(value, indent) for value in members.values()]
            else:
                first = len(parts) if branch.is_list else None
                new_ones = self.new_members(members, indent, first, self.colon_of(branch))
            for new in new_ones:
                pieces.extend((gap, new) if pieces else (new,))

        plain = f",{lead}" if indent is not None else ", " if self.colon.endswith(" ") else ","
        add(-1, min(gaps[:1], key=len, default=plain))
        for i, (part, node) in enumerate(zip(parts, nodes, strict=True)):
            if part not in edit.gone:
                if pieces:
                    pieces.append(gaps[i - 1] if i else min(gaps[:1], key=len, default=plain))
                pieces.append(text[node.key_start : node.start] + self.value(node, part, edit))
            add(i, min(gaps[max(i - 1, 0) : i + 1], key=lambda gap: gap.count("\n"), default=plain))
        if not pieces:
            return text[branch.start] + text[branch.end - 1]
        if not nodes:
            tail = lead[: len(lead) - len(self.unit)] if indent is not None else ""
            return text[branch.start] + lead + "".join(pieces) + tail + text[branch.end - 1]
        return (
            text[branch.start : nodes[0].key_start]
            + "".join(pieces)
            + text[nodes[-1].end : branch.end]
        )

    def new_members(
        self,
        members: dict[Part, Added],
        indent: str | None,
        first: int | None,
        colon: str | None = None,
    ) -> list[str]:
        """Return new members as text; ``first`` is the first new index, None in an object."""
        if first is not None:
            return [self.added(item, indent) for item in padded(members, first)]
        return [
            self.key(part) + (colon or self.colon) + self.added(value, indent)
            for part, value in members.items()
        ]

    def lead(self, branch: Branch, nodes: list[Leaf | Branch]) -> str:
        """Return what stands (or would stand) between the bracket and the first member."""
        if nodes:
            lead = self.text[branch.start + 1 : nodes[0].key_start]
            return self.newline + lead.rpartition("\n")[2] if "\n" in lead else lead
        if not self.unit:
            return ""
        line = self.text[self.text.rfind("\n", 0, branch.start) + 1 : branch.start]
        return self.newline + line[: len(line) - len(line.lstrip(" \t"))] + self.unit

    def added(self, value: Added, indent: str | None) -> str:
        """Return a new value; ``indent`` is that of its line, None within one line."""
        if isinstance(value, Raw):
            return self._raw(value, indent)
        if not isinstance(value, dict):
            return self.nothing if value is None else self.quote(value)
        inner = None if indent is None else indent + (self.unit or "  ")
        is_list = isinstance(next(iter(value)), int)
        items = self.new_members(value, inner, 0 if is_list else None)
        start, end = "[]" if is_list else "{}"
        if inner is None:
            return start + (", " if self.colon.endswith(" ") else ",").join(items) + end
        line = self.newline
        return f"{start}{line}{inner}{f',{line}{inner}'.join(items)}{line}{indent}{end}"

    def _raw(self, value: Raw, indent: str | None) -> str:
        first, *rest = value.split("\n")
        if indent is None:
            return " ".join([first, *(line.strip() for line in rest)])
        for line in rest:
            bare = line.lstrip("\t")
            if not bare:
                first += self.newline
                continue
            first += self.newline + indent + (self.unit or "  ") * (len(line) - len(bare)) + bare
        return first


def unit(text: str, root: Branch) -> str:
    """Return the indentation of one level; empty for a file in one line."""
    for node in root.members.values():
        lead = text[root.start + 1 : node.key_start]
        if "\n" in lead:
            closing = text[text.rfind("\n", 0, root.end - 1) + 1 : root.end - 1]
            base = closing if not closing.strip() else ""
            return lead.rpartition("\n")[2].removeprefix(base) or "  "
        return ""
    return "  "


def copied(document: Document, leaf: Leaf, text: str) -> Raw:
    """Return the record of a message of another file, with a text of its own."""
    whole, level = document.text, unit(document.text, document.root)
    quote = Writer(whole, document.root, {}).quote
    inner = document.view.texts
    start, end = inner.get(leaf.start, (leaf.start, leaf.end))
    before = whole[whole.rfind("\n", 0, leaf.key_start) + 1 : leaf.key_start]
    base = before[: len(before) - len(before.lstrip(" \t"))]
    lines: list[str] = []
    for piece in (whole[leaf.start : start] + "\0" + whole[end : leaf.end]).splitlines():
        line = piece.removeprefix(base) if lines else piece
        levels = 0
        while level and line.startswith(level):
            line, levels = line[len(level) :], levels + 1
        lines.append("\t" * levels + line)
    return Raw("\n".join(lines).replace("\0", quote(text), 1))


def _utf16(character: str) -> tuple[int, ...]:
    code = ord(character)
    if code < 0x10000:
        return (code,)
    code -= 0x10000
    return (0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF))
