"""Patch PHP source: new texts, new members and lost ones, in the style of the file."""

from __future__ import annotations

import re

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats._patch import Edit as Change
from dpg_l10n.formats._tree import Added, Branch, Edit, Leaf, Part, padded
from dpg_l10n.formats.php.notes import notes_start
from dpg_l10n.formats.php.reader import SKIP
from dpg_l10n.formats.php.scan import ARRAY, Found
from dpg_l10n.formats.php.strings import encode_string

_REST = re.compile(
    r"[ \t]*+(?:(?://|\#)[^\r\n]*+|/\*(?:[^*\r\n]++|\*(?!/))*+\*/)?[ \t]*+(\r?\n|\Z)"
)
_KEY = re.compile(r"""(?:\$\w+\s*\[\s*)?(['"])""")
_ARROW = re.compile(r"[ ]*=>[ ]*\Z")
_SIGN = re.compile(r"\]?([ \t]*+=[ \t]*+)\Z")


class Writer:
    """Collects the edits of one text; learns its style where that is needed."""

    def __init__(self, text: str, found: Found) -> None:
        """Write nothing yet."""
        self.text = text
        self.found = found
        self.changes: list[Change] = []
        self.newline = _text.newline(text)
        self.quote = '"' if text.count('" =>') > text.count("' =>") else "'"
        self.opening = "array(" if re.search(r"\barray\s*\(", text) else "["

    def edit(self, branch: Branch, edit: Edit) -> None:
        """Take the edits of a branch and of those inside it."""
        for part, new in edit.texts.items():
            node = branch.members[part]
            self.changes.append(
                (node.start, node.end, self.string(new, self.text[node.start : node.end]))
            )
        for part, inner in edit.inner.items():
            child = branch.members[part]
            if isinstance(child, Branch):
                self.edit(child, inner)
        statements = self.found.statements and branch is self.found.root
        for part in edit.gone:
            floor = self.floor(branch, part)
            for node in (branch.members[part], *self.found.shadowed.get(part, ())):
                bounds = self.region(node, min(floor, node.key_start), statements=statements)
                self.changes.append((*bounds, ""))
        for anchor, members in edit.added.items():
            if statements:
                self.add_statements(branch, anchor, members)
            else:
                self.add_members(branch, anchor, members, edit.gone)

    def string(self, text: str, old: str) -> str:
        """Return a text as a literal."""
        return encode_string(text, old, _fail)

    def region(self, node: Leaf | Branch, before: int, *, statements: bool) -> tuple[int, int]:
        """Return what goes with a member: its notes, its comma, its line."""
        text = self.text
        start = notes_start(text, node.key_start, before)
        end = self.after(node, ";" if statements else ",")
        rest = _REST.match(text, end)
        own_line = text[text.rfind("\n", 0, start) + 1 : start].strip() == ""
        if rest and own_line:
            return max(before, text.rfind("\n", 0, start) + 1), rest.end()
        blanks = re.compile(r"[ \t]*+").match(text, end)
        return start, blanks.end() if blanks else end

    def floor(self, branch: Branch, part: Part) -> int:
        """Return where what stands before a member ends."""
        floor = self.inside(branch)
        for other, node in branch.members.items():
            if other == part:
                break
            floor = node.end
        return floor

    def inside(self, branch: Branch) -> int:
        """Return where the first member of a branch may stand."""
        opened = ARRAY.match(self.text, branch.start)
        return opened.end() if opened else branch.start

    def after(self, node: Leaf | Branch, mark: str) -> int:
        """Return where a member with the mark behind it ends; without one, where itself ends."""
        blank = SKIP.match(self.text, node.end)
        at = blank.end() if blank else node.end
        return at + 1 if self.text.startswith(mark, at) else node.end

    def add_members(
        self, branch: Branch, anchor: Part | None, members: dict[Part, Added], gone: set[Part]
    ) -> None:
        """Add members of an array behind another one, or before all."""
        text, nodes = self.text, list(branch.members.values())
        opened = self.inside(branch)
        if not nodes:
            self.fill(branch, members)
            return
        lead = text[text.rfind("\n", 0, nodes[0].key_start) + 1 : nodes[0].key_start]
        lines = not lead.strip() and "\n" in text[opened : nodes[0].key_start]
        new = self.members(members, lead if lines else None, branch)
        if anchor is None:
            start = notes_start(text, nodes[0].key_start, opened)
            at = text.rfind("\n", 0, start) + 1 if lines else nodes[0].key_start
            joint = f",{self.newline}" if lines else ", "
            self.changes.append(
                (at, at, "".join((lead if lines else "") + one + joint for one in new))
            )
            return
        node = branch.members[anchor]
        end = self.after(node, ",")
        comma = text[end - 1] == "," and end > node.end
        if not comma and anchor not in gone:
            self.changes.append((node.end, node.end, ","))
        rest = _REST.match(text, end)
        if not lines:
            self.changes.append((end, end, " " + ", ".join(new) + ("," if comma else "")))
        elif rest and rest[1]:
            glue = f",{self.newline}".join(lead + one for one in new) + ("," if comma else "")
            self.changes.append((rest.end(), rest.end(), glue + self.newline))
        else:
            glue = "".join(f"{self.newline}{lead}{one}," for one in new)
            self.changes.append((end, end, glue if comma else glue[:-1]))

    def fill(self, branch: Branch, members: dict[Part, Added]) -> None:
        """Add the first members of an empty array."""
        text, at = self.text, self.inside(branch)
        line = text[text.rfind("\n", 0, branch.start) + 1 : branch.start]
        base = line[: len(line) - len(line.lstrip(" \t"))]
        lead = base + self.unit
        new = f",{self.newline}".join(lead + one for one in self.members(members, lead, branch))
        inner = text[at : branch.end - 1]
        if "\n" in inner:
            place = text.find("\n", at) + 1
            self.changes.append((place, place, f"{new},{self.newline}"))
        else:
            self.changes.append(
                (branch.end - 1, branch.end - 1, f"{self.newline}{new},{self.newline}{base}")
            )

    @property
    def unit(self) -> str:
        """Indentation of one level."""
        root = self.found.root
        for node in root.members.values() if not self.found.statements else ():
            lead = self.text[self.text.rfind("\n", 0, node.key_start) + 1 : node.key_start]
            return lead if lead and not lead.strip() else "    "
        return "    "

    def members(
        self, members: dict[Part, Added], indent: str | None, branch: Branch | None
    ) -> list[str]:
        """Return new members as text, without commas between them."""
        if isinstance(next(iter(members)), int):
            first = len(branch.members) if branch is not None and branch.is_list else 0
            return [self.value(item, indent) for item in padded(members, first)]
        like = next(iter(branch.members.values()), None) if branch is not None else None
        head = self.text[like.key_start : like.start] if like is not None else ""
        arrow = _ARROW.search(head) if indent is not None else None
        new = []
        for part, value in members.items():
            key, sign = self.string(str(part), self.quote), " => "
            if arrow and like is not None:
                at = like.key_start + arrow.start()
                sign = _text.in_column(self.text, at, arrow[0], len(indent or "") + len(key))
            new.append(key + sign + self.value(value, indent))
        return new

    def value(self, value: Added, indent: str | None) -> str:
        """Return a new value; ``indent`` is that of its line, None within one line."""
        if not isinstance(value, dict):
            return "null" if value is None else self.string(value, self.quote)
        closing = ")" if self.opening != "[" else "]"
        if indent is None:
            return self.opening + ", ".join(self.members(value, None, None)) + closing
        inner = indent + self.unit
        body = "".join(f"{inner}{one},{self.newline}" for one in self.members(value, inner, None))
        return f"{self.opening}{self.newline}{body}{indent}{closing}"

    def add_statements(self, root: Branch, anchor: Part | None, members: dict[Part, Added]) -> None:
        """Add assignments behind another statement, or before all."""
        text, nodes = self.text, list(root.members.values())
        like = root.members[anchor] if anchor is not None else (nodes[0] if nodes else None)
        quote, sign, at = "'", " = ", 0
        if like is not None:
            head = text[like.key_start : like.start]
            found, equal = _KEY.match(head), _SIGN.search(head)
            quote, sign = (found[1] if found else quote), (equal[1] if equal else sign)
            at = like.key_start + equal.start(1) if equal else 0
        new = []
        for part, value in members.items():
            place = self.place(str(part), quote)
            own = _text.in_column(text, at, sign, len(place)) if at else sign
            new.append(f"{place}{own}{self.value(value, '')};")
        block = "".join(line + self.newline for line in new)
        if anchor is not None and like is not None:
            end = self.after(like, ";")
            rest = _REST.match(text, end)
            if rest and rest[1]:
                self.changes.append((rest.end(), rest.end(), block))
            else:
                self.changes.append((end, end, self.newline + block.removesuffix(self.newline)))
        elif like is not None:
            start = notes_start(text, like.key_start, root.start)
            self.changes.append((start, start, block))
        elif not text.strip():
            self.changes.append((len(text), len(text), f"<?php{self.newline}{block}"))
        else:
            before = "" if text[: root.end].endswith("\n") else self.newline
            self.changes.append((root.end, root.end, before + block))

    def place(self, key: str, quote: str) -> str:
        """Return what a new key is assigned to."""
        variable = self.found.variable
        if key.startswith("$") and "." in key:
            variable, _, key = key[1:].partition(".")
        parts = key.split(".") if self.found.chains else [key]
        return f"${variable}" + "".join(f"[{self.string(part, quote)}]" for part in parts)


def _fail(template: str, at: int, code: str = "syntax") -> FormatError:
    return FormatError(template, code=code)
