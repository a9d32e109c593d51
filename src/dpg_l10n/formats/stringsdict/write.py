"""Edits of a property list: values, members that come and members that go, in the file's style."""

from __future__ import annotations

import re
from typing import TypeAlias

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats.stringsdict.plist import Dict, Leaf, Member
from dpg_l10n.i18n import N_

Value: TypeAlias = "str | dict[str, Value]"
"""Something new: a text, or a dictionary of new things."""

_TAIL = re.compile(r"[ \t]*+(?:<!--(?:(?!-->)[^\n])*+-->[ \t]*+)?(?=\r?\n)")
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Writer:
    """Edits of one text, applied together.

    Args:
        text: The whole file.
        root: Its outermost dictionary.
    """

    def __init__(self, text: str, root: Dict) -> None:
        self.text = text
        self.newline = _text.newline(text)
        self.greater = "&gt;" in text
        self.edits: list[tuple[int, int, str]] = []
        self.filled: dict[int, tuple[Dict, str]] = {}
        """What goes into dictionaries that are a single tag (``<dict/>``), by their place."""
        first = next(iter(root.members.values()), None)
        self.outer = "\t" if first is None else self.indent(first.key)
        """Indentation of outermost keys; None where the file is in one line."""
        self.unit = self.step(root) or "\t"

    def step(self, root: Dict) -> str | None:
        """Return how much deeper the keys of an inner dictionary stand than those around it."""
        for member in root.members.values():
            if isinstance(member.node, Dict) and member.node.members and self.outer is not None:
                inner = self.indent(next(iter(member.node.members.values())).key) or ""
                if inner.startswith(self.outer):
                    return inner[len(self.outer) :]
        return self.outer

    def apply(self) -> str:
        """Return the changed text. Of edits at one place the first made comes first."""
        for inside, new in self.filled.values():
            text = f"<dict>{new}{self.lead(self.indent(inside.start))}</dict>"
            self.edits.append((inside.start, inside.end, text))
        pieces: list[str] = []
        done = 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            pieces += (self.text[done:start], new)
            done = end
        return "".join(pieces) + self.text[done:]

    def put(self, leaf: Leaf, text: str) -> None:
        """Write the text of a string, unless it says it already."""
        if leaf.text == text:
            return
        if leaf.value < leaf.end:
            self.edits.append((leaf.value, leaf.value_end, self.escape(text)))
        else:
            self.edits.append((leaf.start, leaf.end, f"<string>{self.escape(text)}</string>"))

    def replace(self, member: Member, value: Value) -> None:
        """Put another value in the place of a member's."""
        node = member.node
        self.edits.append((node.start, node.end, self.value(value, self.indent(member.key))))

    def remove(self, member: Member) -> None:
        """Take out a member with the comments above it."""
        start, end = member.first, member.end
        line = self.line_start(start)
        tail = _TAIL.match(self.text, end)
        if line is not None and tail is not None:
            start, end = line, self.text.index("\n", tail.end()) + 1
        self.edits.append((start, end, ""))

    def insert(
        self, inside: Dict, after: Member | None, key: str, value: Value, notes: str = ""
    ) -> None:
        """Add a member after another one, or before all others."""
        first = next(iter(inside.members.values()), None)
        if after is not None:
            indent = self.indent(after.key)
            tail = _TAIL.match(self.text, after.end)
            at = tail.end() if tail else after.end
            self.edits.append((at, at, self.lead(indent) + self.member(key, value, indent, notes)))
        elif first is not None:
            indent = self.indent(first.key)
            start = self.line_start(first.first)
            at = first.first if start is None else start
            new = self.member(key, value, indent, notes)
            self.edits.append(
                (at, at, (indent or "") + new + self.lead(indent)[: len(self.newline)])
            )
        else:
            self.fill(inside, key, value, notes)

    def fill(self, inside: Dict, key: str, value: Value, notes: str) -> None:
        """Add a member to a dictionary that has none."""
        outside = self.indent(inside.start)
        indent = self.outer if outside is None else outside + self.unit
        new = self.lead(indent) + self.member(key, value, indent, notes)
        if inside.value == inside.end:
            _, before = self.filled.get(inside.start, (inside, ""))
            self.filled[inside.start] = inside, before + new
            return
        blank = self.text[inside.value : inside.value_end]
        self.edits.append(
            (inside.value, inside.value, new if "\n" in blank else new + self.lead(outside))
        )

    def lead(self, indent: str | None) -> str:
        """Return what begins a line; nothing where all is in one line."""
        return "" if indent is None else self.newline + indent

    def member(self, key: str, value: Value, indent: str | None, notes: str = "") -> str:
        """Return a key with its value, without the first indentation."""
        lead = self.lead(indent)
        said = _UNWRITABLE.sub("", notes).replace("--", "- -").replace("\n", f"{lead}     ")
        comment = f"<!-- {said} -->{lead}" if said and lead else ""
        return f"{comment}<key>{self.escape(key)}</key>{lead}{self.value(value, indent)}"

    def value(self, value: Value, indent: str | None) -> str:
        """Return an element; ``indent`` is that of its line, None within one line."""
        if isinstance(value, str):
            return f"<string>{self.escape(value)}</string>"
        inner = None if indent is None else indent + self.unit
        members = (self.lead(inner) + self.member(k, v, inner) for k, v in value.items())
        return f"<dict>{''.join(members)}{self.lead(indent)}</dict>"

    def escape(self, text: str) -> str:
        """Return a text as the content of an element.

        Raises:
            FormatError: ``format.text``: it holds a character that XML cannot.
        """
        if found := _UNWRITABLE.search(text):
            raise FormatError(
                N_("XML cannot hold the character {character}. Take it out of the text."),
                code="text", character=f"U+{ord(found[0]):04X}",
            )  # fmt: skip
        raw = _xml.escape(text).replace("\r", "&#13;").replace("\n", self.newline)
        return raw.replace(">", "&gt;") if self.greater else raw

    def indent(self, start: int) -> str | None:
        """Return the white space before a place, None if something else is on its line."""
        line = self.line_start(start)
        return None if line is None else self.text[line:start]

    def line_start(self, start: int) -> int | None:
        """Return where the line of a place begins, None if something stands before it."""
        line = self.text.rfind("\n", 0, start) + 1
        return line if line and not self.text[line:start].strip(" \t") else None
