"""Read PHP source as data: arrays of strings and assignments of strings. Nothing is ever run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dpg_l10n.formats import _text
from dpg_l10n.formats._patch import refuse_duplicate
from dpg_l10n.formats._tree import MAX_DEPTH, Branch, Leaf, Part
from dpg_l10n.formats.php.reader import Reader
from dpg_l10n.formats.php.strings import decode_string
from dpg_l10n.i18n import N_

ARRAY = re.compile(r"array[ \t\r\n]*+\(|\[", re.IGNORECASE)
"""How an array begins."""

_OPEN = re.compile(r"\s*<\?php(?=\s|\Z)", re.IGNORECASE)
_RETURN = re.compile(r"return\b", re.IGNORECASE)
_MERGE = re.compile(r"array_merge\s*\(\s*\$\w+\s*,\s*", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"""\$(\w+)((?:\s*\[\s*(?:'(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+")\s*\])*+)\s*(\.?=)(?![=>])\s*""",
    re.DOTALL,
)
_BRACKETED = re.compile(r"""\[\s*('(?:[^'\\]++|\\.)*+'|"(?:[^"\\]++|\\.)*+")\s*\]""", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})(?![\w.])")
_ARROW = re.compile(r"=>")


@dataclass
class Found:
    """What a file holds."""

    root: Branch
    """The one array of the file, or a mapping of its assignments by their keys."""
    statements: bool = False
    """The root is no array: its members are statements."""
    variable: str = "string"
    """Name of the variable that most statements assign to."""
    chains: set[str] = field(default_factory=set)
    """Keys of assignments to more than one bracket (``$x['a']['b']``)."""
    shadowed: dict[Part, list[Leaf | Branch]] = field(default_factory=dict)
    """Earlier assignments to the same key, which PHP overwrites."""


def scan(text: str) -> Found:
    """Return the strings of a file with their places.

    Raises:
        FormatError: ``format.syntax``, ``format.expression``, ``format.duplicate``,
            ``format.depth``, ``format.escape``.
    """
    return _Scanner(text).file()


class _Scanner(Reader):
    """One pass over the statements of a file."""

    def file(self) -> Found:
        """Read the statements of the whole file."""
        text = self.text
        opened = _OPEN.match(text)
        if opened is None:
            if not text.strip():
                return Found(Branch(0, 0, is_list=False), statements=True)
            raise self.fail(N_("A PHP file of strings begins with “<?php”."), 0, "root")
        self.at = opened.end()
        arrays: list[tuple[str, Branch]] = []
        found = Found(Branch(0, self.at, is_list=False), statements=True)
        while self.skip() and not text.startswith("?>", self.at):
            self.statement(found, arrays)
        if text.startswith("?>", self.at) and text[self.at + 2 :].strip():
            raise self.fail(
                N_("There is text after the end of the PHP block. Only strings can be read here."),
                self.at, "root",
            )  # fmt: skip
        found.root.end = self.at
        if len(arrays) == 1 and not found.root.members:
            return Found(arrays[0][1])
        for name, branch in arrays:
            branch.pinned = True
            self.put(found.root, name, branch)
        return found

    def statement(self, found: Found, arrays: list[tuple[str, Branch]]) -> None:
        """Read one statement: an array, an assigned string, or something that holds no strings."""
        start, text = self.at, self.text
        if returned := _RETURN.match(text, start):
            self.at = returned.end()
            self.skip()
            if ARRAY.match(text, self.at):
                arrays.append(("return", self.array(start, 0)))
            self.finish()
            return
        assigned = _ASSIGNED.match(text, start)
        if assigned is None:
            self.finish(statement=True)
            return
        self.at = assigned.end()
        if not assigned[2] and (merged := _MERGE.match(text, self.at)):
            self.at = merged.end()
        is_array = ARRAY.match(text, self.at) is not None
        if not assigned[2] and not is_array:
            self.finish()
            return
        node = self.value(start, 0)
        if assigned[3] == ".=" and (isinstance(node, Branch) or node.text is not None):
            raise self.concatenated(assigned.start(3))
        if not assigned[2]:
            if isinstance(node, Branch):
                arrays.append((assigned[1], node))
        else:
            key = self.key_of(found, assigned)
            if (before := found.root.members.pop(key, None)) is not None:
                found.shadowed.setdefault(key, []).append(before)
            found.root.members[key] = node
        self.finish()

    def key_of(self, found: Found, assigned: re.Match[str]) -> str:
        """Return the key of an assignment to an element of an array."""
        parts = [decode_string(raw, self.fail, 0) for raw in _BRACKETED.findall(assigned[2])]
        key = ".".join(parts)
        if not found.root.members:
            found.variable = assigned[1]
        elif assigned[1] != found.variable:
            key = f"${assigned[1]}.{key}"
        if len(parts) > 1:
            found.chains.add(key)
        return key

    def finish(self, *, statement: bool = False) -> None:
        """Pass the rest of a statement."""
        self.skip()
        while (at := self.expression(statement=statement)) is not None:
            if self.text[at] in ";}" and (self.text[at] == ";" or statement):
                self.at = at + 1
                return
            if self.text[at] in ")]}" and (statement or self.text[at] != ")"):
                raise self.fail(N_("This bracket closes nothing."), at)
            self.at = at + 1

    def put(self, branch: Branch, part: Part, node: Leaf | Branch) -> None:
        """Add a member.

        Raises:
            FormatError: ``format.duplicate``: there is one of this key.
        """
        if part in branch.members:
            first = _text.place(self.text, branch.members[part].key_start)[0]
            raise refuse_duplicate(str(part), first, _text.place(self.text, node.key_start)[0])
        branch.members[part] = node

    def array(self, key_start: int, depth: int) -> Branch:
        """Read an array at the current place."""
        opened = ARRAY.match(self.text, self.at)
        if depth > MAX_DEPTH:
            raise self.fail(
                N_("More than {limit} arrays inside one another."), self.at, "depth",
                limit=str(MAX_DEPTH),
            )  # fmt: skip
        start = self.at
        self.at = opened.end() if opened else self.at
        closing = ")" if self.text[self.at - 1] == "(" else "]"
        branch = Branch(key_start, start, is_list=False)
        count = 0
        keyed = False  # a list gets numbers for keys when its end is seen
        while (mark := self.skip()) != closing:
            if not mark:
                raise self.fail(N_("This array is not closed."), start)
            part, node = self.member(depth)
            keyed = keyed or part is not None
            if part is None:
                part, count = str(count), count + 1
            self.put(branch, part, node)
            mark = self.skip()
            if mark == ",":
                self.at += 1
            elif mark != closing:
                raise self.fail(N_("A comma or the end of the array is missing here."), self.at)
        self.at += 1
        branch.end = self.at
        branch.is_list = count > 0 and not keyed
        if branch.is_list:
            branch.members = dict(enumerate(branch.members.values()))
        return branch

    def member(self, depth: int) -> tuple[str | None, Leaf | Branch]:
        """Read ``key => value`` or a value without a key."""
        start = self.at
        text = self.text
        node = self.value(start, depth + 1)
        self.skip()
        if not text.startswith("=>", self.at):
            return None, node
        if isinstance(node, Leaf) and node.text is not None:
            part = node.text
        elif isinstance(node, Leaf) and _NUMBER.fullmatch(text, node.start, node.end):
            part = str(int(text[node.start : node.end]))
        else:
            part = text[start : self.at].strip()  # a constant: its name
        self.at += 2
        self.skip()
        return part, self.value(start, depth + 1)

    def value(self, key_start: int, depth: int) -> Leaf | Branch:
        """Read a value; one that is no text and no array is passed over."""
        text, start = self.text, self.at
        if ARRAY.match(text, start):
            return self.array(key_start, depth)
        found = self.literal(start)
        if found is None:
            at = self.expression()
            if at is None or at == start:
                raise self.fail(N_("A value is missing here."), start)
            end = start + len(text[start:at].rstrip())
            self.at = at
            return Leaf(key_start, start, end, None)
        end = self.at = found.end()
        decoded = decode_string(found[0], self.fail, start)
        mark = self.skip()
        while mark == ".":  # literals that are joined are one text; an edit writes one literal
            self.at += 1
            self.skip()
            found = self.literal(self.at)
            if found is None:
                raise self.concatenated(self.at)
            decoded += decode_string(found[0], self.fail, self.at)
            end = self.at = found.end()
            mark = self.skip()
        if mark not in (",", ";", ")", "]", "") and not _ARROW.match(text, self.at):
            raise self.fail(
                N_("Only plain strings can be read; this is a calculation. Write the whole text in "
                   "one string."),
                self.at, "expression",
            )  # fmt: skip
        return Leaf(key_start, start, end, decoded)
