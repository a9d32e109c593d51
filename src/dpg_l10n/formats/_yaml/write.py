"""Patch a YAML text: new values, new lines and lost ones, in the style of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._text import encode, newline, place
from dpg_l10n.formats._tree import Added, Branch, Edit, Leaf, Part, Path, padded, plan
from dpg_l10n.formats._yaml.document import Document
from dpg_l10n.formats._yaml.scalars import (
    can_be_plain,
    double_quoted,
    folded,
    literal,
    single_quoted,
)
from dpg_l10n.i18n import N_

_BLANK_LINE = re.compile(r"[ \t]*\r?\n")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*)?")


def write(document: Document, wanted: Iterable[tuple[Path, str]]) -> bytes:
    """Return the bytes of a document that holds the wanted texts and no others.

    Raises:
        FormatError: ``path``: two texts need one place; ``layout``: a member to add or remove
            stands in lines shared with others; ``encoding``: a text does not fit the encoding.
    """
    return apply(document, plan(document.root, wanted))


def apply(document: Document, edit: Edit) -> bytes:
    """Return the bytes of a document with changes.

    Raises:
        FormatError: ``layout``, ``encoding``, as :func:`write` raises them.
    """
    if not edit:
        return document.data
    writer = _Writer(document)
    writer.change(document.root, edit)
    text = writer.text
    pieces: list[str] = []
    at = 0
    for start, end, new in sorted(writer.patches, key=lambda patch: patch[:2]):
        pieces += text[at:start], new
        at = end
    result = "".join(pieces) + text[at:]
    if not document.root.flow and document.root.members.keys() == edit.gone and not edit.added:
        result += ("[]" if document.records else "{}") + writer.newline
    return encode(result, document.encoding)


class _Writer:
    """Collects patches ``(start, end, new text)`` to one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.patches: list[tuple[int, int, str]] = []

    @cached_property
    def newline(self) -> str:
        return newline(self.text)

    @cached_property
    def unit(self) -> str:
        """Indentation of one level."""
        for node in self.document.root.members.values():
            if isinstance(node, Branch) and not node.flow and not node.is_list:
                return " " * max(self._column(node.start) - self._column(node.key_start), 1)
        return "  "

    @cached_property
    def prefers_single(self) -> bool:
        """Tell whether this file quotes with ``'`` more often than with ``"``."""
        marks = [self.text[leaf.start] for _, _, leaf in self.document.places]
        return marks.count("'") > marks.count('"')

    @cached_property
    def _is_parted(self) -> bool:
        """Tell whether blank lines stand between the records of this file."""
        records = list(self.document.root.members.values()) if self.document.records else []
        return len(records) > 1 and all(
            _BLANK_LINE.match(self.text, self.document.region_end(record.end))
            for record in records[:-1]
        )

    def _apart(self, members: dict[Part, Added], column: str) -> list[list[str]]:
        """Return the lines of each new record."""
        return [self._lines({0: value}, column) for value in members.values()]

    def change(self, branch: Branch, edit: Edit) -> None:
        """Collect what changes in a branch."""
        for part, text in edit.texts.items():
            self._replace(branch.members[part], text, flow=branch.flow)
        for part, inner in edit.inner.items():
            node = branch.members[part]
            if isinstance(node, Branch):
                self.change(node, inner)
        if edit.moves:
            if not branch.members:
                self._fill(branch, edit)
            elif branch.flow:
                self._move_in_flow(branch, edit)
            else:
                self._move_lines(branch, edit)

    def _replace(self, node: Leaf | Branch, text: str, *, flow: bool) -> None:
        start, end = node.start, node.end
        old = self.text[start:end]
        new = None
        if old[:1] in ("|", ">"):
            body = self.text[self.document.region_end(start) : end]
            first = next((line for line in body.split("\n") if line.strip()), "")
            indent = first[: len(first) - len(first.lstrip(" "))]
            block = literal if old[0] == "|" else folded
            new = block(text, indent or self._line_indent(start) + self.unit, self.newline)
            comment = _BLOCK_HEADER.match(old)
            if new and comment and comment[1]:
                header, rest = new.split(self.newline, 1)
                new = header + comment[1] + self.newline + rest
        elif old[:1] == "'":
            new = single_quoted(text)
        elif old[:1] != '"' and can_be_plain(text, flow=flow):
            new = text
        elif old[:1] != '"' and self.prefers_single:
            new = single_quoted(text)
        if new is None:
            new = double_quoted(text)
        if start == end and self.text[start - 1 : start] in (":", "-", "?"):
            new = " " + new
        self.patches.append((start, end, new))

    def _scalar(self, text: str | None, *, flow: bool = False) -> str:
        if text is None:
            return "~"
        if can_be_plain(text, flow=flow):
            return text
        return (single_quoted(text) if self.prefers_single else None) or double_quoted(text)

    # Block style: members are whole lines.

    def _move_lines(self, branch: Branch, edit: Edit) -> None:
        parted = branch is self.document.root and self._is_parted
        for part in edit.gone:
            node = branch.members[part]
            start = self.document.region_start(node.key_start)
            if start is None:
                raise self._shared_line(node)
            end = self.document.region_end(node.end)
            if parted and part not in edit.added and (blank := _BLANK_LINE.match(self.text, end)):
                end = blank.end()
            self.patches.append((start, end, ""))
        column = " " * self._column(branch.start)
        for anchor, members in edit.added.items():
            first = len(branch.members) if branch.is_list else 0
            lines = self._lines(members, column, first)
            if anchor is None:
                at = branch.start
                start = self.document.region_start(at)
                if start is None:
                    lines = [*lines[:1], *lines[1:], column]
                    new = self.newline.join(lines).removeprefix(column)
                    self.patches.append((at, at, new))
                else:
                    self.patches.append((start, start, self._join(lines)))
                continue
            node = branch.members[anchor]
            if self._is_explicit(node.key_start):
                raise self._shared_line(node)
            if parted:  # a blank line above each
                lines = [line for new in self._apart(members, column) for line in ("", *new)]
                lines = lines[anchor in edit.gone :]
            self._insert_after(node.end, lines)

    def _insert_after(self, end: int, lines: list[str]) -> None:
        at = self.document.region_end(end)
        if self.text[at - 1 : at] == "\n":
            self.patches.append((at, at, self._join(lines)))
        else:
            self.patches.append((at, at, self.newline + self.newline.join(lines)))

    def _join(self, lines: list[str]) -> str:
        return "".join(line + self.newline for line in lines)

    def _lines(self, members: dict[Part, Added], indent: str, first: int = 0) -> list[str]:
        """Return the lines of new members."""
        lines: list[str] = []
        is_list = isinstance(next(iter(members)), int)
        items = enumerate(padded(members, first)) if is_list else members.items()
        for part, value in items:
            head = f"{indent}-" if is_list else f"{indent}{self._scalar(str(part))}:"
            if not isinstance(value, dict):
                lines.append(f"{head} {self._scalar(value)}")
            elif is_list:
                inner = self._lines(value, indent + "  ")
                lines += [f"{head} {inner[0].lstrip(' ')}", *inner[1:]]
            else:
                lines += [head, *self._lines(value, indent + self.unit)]
        return lines

    def _fill(self, branch: Branch, edit: Edit) -> None:
        """Write the first members of ``{}`` or ``[]``, as lines where that is allowed."""
        members = edit.added[None]
        if self._inside_flow(branch):
            self.patches.append((branch.start, branch.end, self._flow(members)))
            return
        is_root = branch is self.document.root
        indent = "" if is_root else self._line_indent(branch.start) + self.unit
        lines = self._lines(members, indent)
        start = branch.start if is_root else len(self.text[: branch.start].rstrip(" "))
        body = self.newline.join(lines)
        self.patches.append((start, branch.end, body if is_root else self.newline + body))

    # Flow style: members between brackets.

    def _move_in_flow(self, branch: Branch, edit: Edit) -> None:
        parts, nodes = list(branch.members), list(branch.members.values())
        for node in nodes:
            if self.text[max(node.key_start - 80, 0) : node.key_start].rstrip().endswith("?"):
                raise self._shared_line(node)
        kept = [i for i, part in enumerate(parts) if part not in edit.gone]
        if not kept:
            new = [item for members in edit.added.values() for item in self._items(members)]
            self.patches.append((nodes[0].key_start, nodes[-1].end, ", ".join(new)))
            return
        for i, part in enumerate(parts):
            if part in edit.gone:
                after = i > kept[0]
                start = nodes[i - 1].end if after else nodes[i].key_start
                end = nodes[i].end if after else nodes[i + 1].key_start
                self.patches.append((start, end, ""))
        for anchor, members in edit.added.items():
            index = -1 if anchor is None else parts.index(anchor)
            items = self._items(members, len(parts) if branch.is_list else 0)
            if index < kept[0]:
                at = nodes[kept[0]].key_start
                self.patches.append((at, at, "".join(f"{item}, " for item in items)))
            else:
                at = nodes[index].end
                self.patches.append((at, at, "".join(f", {item}" for item in items)))

    def _items(self, members: dict[Part, Added], first: int = 0) -> list[str]:
        if isinstance(next(iter(members)), int):
            return [self._flow(value) for value in padded(members, first)]
        return [
            f"{self._scalar(str(part), flow=True)}: {self._flow(value)}"
            for part, value in members.items()
        ]

    def _flow(self, value: Added) -> str:
        if not isinstance(value, dict):
            return self._scalar(value, flow=True)
        start, end = "[]" if isinstance(next(iter(value)), int) else "{}"
        return start + ", ".join(self._items(value)) + end

    # Places.

    def _inside_flow(self, branch: Branch) -> bool:
        """Tell whether something in brackets encloses a branch."""
        node = self.document.root
        while node is not branch:
            if node.flow:
                return True
            node = next(
                child for child in node.members.values()
                if isinstance(child, Branch) and child.start <= branch.start
                and branch.end <= child.end
            )  # fmt: skip
        return False

    def _column(self, at: int) -> int:
        return at - self.text.rfind("\n", 0, at) - 1

    def _line_indent(self, at: int) -> str:
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return line[: len(line) - len(line.lstrip(" "))]

    def _is_explicit(self, key_start: int) -> bool:
        line = self.text[self.text.rfind("\n", 0, key_start) + 1 : key_start]
        return "?" in line

    def _shared_line(self, node: Leaf | Branch) -> FormatError:
        line, column = place(self.text, node.key_start)
        return FormatError(
            N_("Lines cannot be added or removed here. Write each “key: value” in its own line."),
            code="layout", line=line, column=column,
        )  # fmt: skip
