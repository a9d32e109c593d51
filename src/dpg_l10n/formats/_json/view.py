"""What a dialect sees in a JSON file: which values are messages, and what is said about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._text import place
from dpg_l10n.formats._tree import Branch, Leaf, Part
from dpg_l10n.i18n import N_


class Note(NamedTuple):
    """What a record says about its message."""

    notes: str = ""
    context: str = ""
    max_chars: int | None = None


@dataclass(slots=True)
class View:
    """A file as a dialect reads it.

    A message that is a record (``{"message": …, "description": …}``) is one leaf: it comes and
    goes as a whole. What is no message is a leaf without a text, however much it holds.
    """

    root: Branch
    texts: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Start and end of the text within a leaf that is more than its text, by the leaf's start."""
    notes: dict[int, Note] = field(default_factory=dict)
    """What is said about a message, by the start of its leaf."""
    language: str | None = None
    """Language that the file names, None where it names none."""
    marks: list[Leaf] = field(default_factory=list)
    """The texts that name it."""

    def add(self, part: Part, record: Leaf | Branch, leaf: Leaf, note: Note | None = None) -> None:
        """Add a message at the top: a record and the leaf of its text within."""
        self.root.members[part] = Leaf(record.key_start, record.start, record.end, leaf.text)
        if record is not leaf:
            self.texts[record.start] = (leaf.start, leaf.end)
        if note:
            self.notes[record.start] = note


def hidden(node: Leaf | Branch) -> Leaf:
    """Return a value as one that is no message."""
    return Leaf(node.key_start, node.start, node.end, None)


def said(node: Leaf | Branch | None, part: str) -> str:
    """Return the text of a member of a record; empty where it has none."""
    leaf = named(node, part)
    return leaf.text or "" if leaf else ""


def named(node: Leaf | Branch | None, part: str) -> Leaf | None:
    """Return the member of a record that is a text, or None."""
    if not isinstance(node, Branch) or node.is_list:
        return None
    leaf = node.members.get(part)
    return leaf if isinstance(leaf, Leaf) and leaf.text is not None else None


def top(root: Branch) -> Branch:
    """Return an empty branch in the place of another, for a view to fill."""
    branch = Branch(root.key_start, root.start, is_list=False)
    branch.end = root.end
    return branch


def once(text: str, branch: Branch, key: str, node: Leaf | Branch) -> None:
    """Refuse a record whose key another record of a list has.

    Raises:
        FormatError: ``duplicate``, with both lines.
    """
    first = branch.members.get(key)
    if first is not None:
        line, column = place(text, node.key_start)
        raise FormatError(
            N_("The key “{key}” is there twice, first in line {first}. Remove one of the two."),
            code="duplicate", line=line, column=column, key=key,
            first=place(text, first.key_start)[0],
        )  # fmt: skip


def require_object(text: str, root: Branch) -> None:
    """Refuse a file that is a list.

    Raises:
        FormatError: ``root``.
    """
    if root.is_list:
        line, column = place(text, root.start)
        raise FormatError(
            N_("A JSON object ({braces}) is needed at the top level."),
            code="root", line=line, column=column, braces="{…}",
        )  # fmt: skip
