"""Read YAML into a tree that knows where everything stands, through PyYAML's events.

Events carry their places and are made in C (libyaml) where PyYAML has it. Nothing is constructed,
so no tag can run code, and no alias is followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._text import place
from dpg_l10n.formats._tree import MAX_DEPTH, Branch, Leaf
from dpg_l10n.formats._yaml.scalars import is_text
from dpg_l10n.i18n import N_

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
_PROPERTIES = re.compile(
    r"(?:(?:&[^\s,\[\]{}]+|![^\s]*)(?:[ \t]+|$)|[ \t]*(?:#[^\n]*)?\r?\n[ \t]*)+"
)
_CORE = "tag:yaml.org,2002:"
_CORE_TYPES = frozenset({"str", "int", "float", "bool", "null", "map", "seq", "timestamp"})
MAX_EXPANDED = 100_000
"""Values that aliases may stand for in all, beyond ten times those that the file writes out."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    branch: Branch
    anchor: str | None = None
    key: str | None = None
    """Key whose value comes next; None where a key comes next (or in a list)."""
    key_start: int = 0
    weight: int = 1


class _Scanner:
    """State of one reading."""

    def __init__(self, text: str, *, lists: bool) -> None:
        self.text = text
        self.lists = lists
        self.root: Branch | None = None
        self.stack: list[_Open] = []
        self.weights: dict[str, int] = {}
        self.anchored: dict[str, tuple[Branch, str | int] | Branch] = {}
        self.written = 0

    def run(self) -> Branch | None:
        get = _LOADER(self.text).get_event
        stack = self.stack
        scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
        mapping, sequence = yaml.MappingStartEvent, yaml.SequenceStartEvent
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        while True:
            event = get()
            kind = type(event)
            if kind is scalar:
                if not stack:
                    raise self.fail(event, N_("A mapping of keys to texts is needed here."), "root")
                top = stack[-1]
                start = event.start_mark.index
                if top.key is None and not top.branch.is_list:
                    self.open_key(top, event, start)
                    continue
                self.add_scalar(top, event, start)
            elif kind is mapping or kind is sequence:
                self.start(event, is_list=kind is sequence)
            elif kind in ends:
                self.finish(event)
            elif kind is alias:
                self.add_alias(event)
            elif kind is yaml.DocumentStartEvent and self.root is not None:
                raise self.fail(event, N_("A second document. Keep one per file."), "documents")
            elif kind is yaml.StreamEndEvent:
                return self.root

    def open_key(self, top: _Open, event: Any, start: int) -> None:
        key = event.value
        if event.anchor is not None or event.tag is not None:
            self.check_tag(event)
            raise self.fail(event, N_("A key with an anchor or tag is not supported."), "key")
        if key in top.branch.members:
            line, column = place(self.text, start)
            first = place(self.text, top.branch.members[key].key_start)[0]
            raise FormatError(
                N_("The key “{key}” is there twice, first in line {first}. Remove one of the two."),
                code="duplicate", line=line, column=column, key=key, first=first,
            )  # fmt: skip
        top.key = key
        top.key_start = start

    def add_scalar(self, top: _Open, event: Any, start: int) -> None:
        end = event.end_mark.index
        style = event.style
        pinned = False
        value: str | None = event.value
        if event.anchor is not None or event.tag is not None:
            self.check_tag(event)
            pinned = event.anchor is not None
            outer = start
            if found := _PROPERTIES.match(self.text, start, end):
                start = found.end()
        if style and style in "|>":
            end = start + len(self.text[start:end].rstrip())
        if event.tag is not None and event.tag != "!":
            value = value if event.tag.endswith(":str") else None
        elif not style and not is_text(event.value):
            value = None
        if value is None and event.tag is not None and not pinned:
            start = outer  # who replaces a typed value replaces its tag
        branch, part = top.branch, self.part(top)
        branch.members[part] = Leaf(
            start if branch.is_list else top.key_start, start, end, value, pinned
        )
        top.key = None
        top.weight += 1
        self.written += 1
        if pinned:
            self.weights[event.anchor] = 1

    def part(self, top: _Open) -> str | int:
        return len(top.branch.members) if top.key is None else top.key

    def add_alias(self, event: Any) -> None:
        name = event.anchor
        if not self.stack or (self.stack[-1].key is None and not self.stack[-1].branch.is_list):
            raise self.fail(event, N_("A reference cannot be a key."), "key")
        if any(above.anchor == name for above in self.stack):
            raise self.fail(event, N_("“*{name}” refers to what it stands in."), "alias", name=name)
        if name not in self.weights:
            raise self.fail(event, N_("“*{name}” refers to nothing."), "alias", name=name)
        top = self.stack[-1]
        top.weight += self.weights[name]
        self.check_weight(event, top.weight)
        start = event.start_mark.index
        top.branch.members[self.part(top)] = Leaf(
            start if top.branch.is_list else top.key_start, start, event.end_mark.index, None
        )
        top.key = None

    def check_weight(self, event: Any, weight: int) -> None:
        if weight > MAX_EXPANDED + 10 * self.written:
            raise self.fail(
                event, N_("References multiply to more than {limit} values."), "alias",
                limit=MAX_EXPANDED,
            )  # fmt: skip

    def start(self, event: Any, *, is_list: bool) -> None:
        start = event.start_mark.index
        if event.tag is not None or event.anchor is not None:
            self.check_tag(event)
            if found := _PROPERTIES.match(self.text, start):
                start = found.end()
        flow = bool(event.flow_style)
        if not self.stack:
            if is_list and not self.lists:
                raise self.fail(event, N_("A mapping is needed at the top, not a list."), "root")
            self.root = Branch(start, start, is_list=is_list, flow=flow)
            self.stack.append(_Open(self.root, event.anchor))
            return
        top = self.stack[-1]
        if top.key is None and not top.branch.is_list:
            raise self.fail(event, N_("A mapping or list cannot be a key."), "key")
        if len(self.stack) >= MAX_DEPTH:
            raise self.fail(event, N_("Nested more than {limit} deep."), "depth", limit=MAX_DEPTH)
        key_start = start if top.branch.is_list else top.key_start
        branch = Branch(
            key_start, start, is_list=is_list, flow=flow, pinned=event.anchor is not None
        )
        top.branch.members[self.part(top)] = branch
        top.key = None
        self.stack.append(_Open(branch, event.anchor))

    def finish(self, event: Any) -> None:
        done = self.stack.pop()
        branch = done.branch
        if branch.flow:
            branch.end = event.end_mark.index
        elif branch.members:
            branch.end = next(reversed(branch.members.values())).end
        if done.anchor is not None:
            self.weights[done.anchor] = done.weight
        if self.stack:
            self.stack[-1].weight += done.weight
            self.check_weight(event, self.stack[-1].weight)

    def check_tag(self, event: Any) -> None:
        tag = event.tag
        if tag is None or tag == "!" or (
            tag.startswith(_CORE) and tag[len(_CORE) :] in _CORE_TYPES
        ):  # fmt: skip
            return
        raise self.fail(
            event, N_("The tag “{tag}” is refused: a file of strings makes no objects."), "tag",
            tag=tag,
        )  # fmt: skip

    def fail(self, event: Any, template: str, code: str, **params: object) -> FormatError:
        line, column = place(self.text, event.start_mark.index)
        return FormatError(template, code=code, line=line, column=column, **params)


def scan(text: str, *, lists: bool = False) -> Branch:
    """Return the tree of a text that is one YAML mapping.

    Args:
        text: The whole text.
        lists: Take a list at the top too.

    Raises:
        FormatError: With the place: ``empty``, ``root`` (no mapping at the top), ``documents``,
            ``syntax``, ``duplicate``, ``depth``, ``key``, ``tag`` (an object of some language),
            ``alias`` (references that go in circles, nowhere, or multiply).
    """
    try:
        root = _Scanner(text, lists=lists).run()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise FormatError(
            N_("This is not valid YAML: {detail}."),
            code="syntax", line=mark.line + 1 if mark else 0, column=mark.column + 1 if mark else 0,
            detail=detail,
        ) from error  # fmt: skip
    except yaml.YAMLError as error:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line, column = place(text, found.start()) if found else (0, 0)
        raise FormatError(
            N_("This is not valid YAML: {detail}."), code="syntax", line=line, column=column,
            detail=str(error).partition("\n")[0],
        ) from error  # fmt: skip
    if root is None:
        raise FormatError(N_("The file is empty."), code="empty")
    return root
