"""Patch a JSON5 text: as for JSON, in the file's own quotes, with its comments in their places."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from dpg_l10n.formats._json.write import Writer
from dpg_l10n.formats._tree import Added, Branch, Edit, Leaf, Part, padded

_COLON = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|[\w$]++)([ \t\n\r]*+:[ \t\n\r]*+)(?!/)"""
)
_BARE = re.compile(r"(?![0-9])[$\w]+")
_COMMENT = re.compile(r"//[^\n\r\u2028\u2029]*+|/\*(?:[^*]|\*(?!/))*+\*/")


class Writer5(Writer):
    """Writes changed branches of a JSON5 text."""

    @cached_property
    def colon(self) -> str:
        """What stands between a key and its value."""
        found = _COLON.search(self.text, self.root.start, self.root.start + 4096)
        return found[1] if found else ": "

    @cached_property
    def marks(self) -> tuple[str, str]:
        """The usual quotation marks of keys (empty where they are bare) and of texts."""
        keys: Counter[str] = Counter()
        texts: Counter[str] = Counter()
        branches = [self.root]
        for branch in branches:  # grows while it is walked
            for part, node in branch.members.items():
                if isinstance(node, Branch):
                    branches.append(node)
                elif node.text is not None:
                    texts[self.text[node.start]] += 1
                if isinstance(part, str):
                    keys[self._key_mark(node)] += 1
        key = keys.most_common(1)[0][0] if keys else '"'
        return key, texts.most_common(1)[0][0] if texts else '"'

    def _key_mark(self, node: Leaf | Branch) -> str:
        """Return the quotation mark of a key, empty where it has none."""
        head = _COMMENT.sub("", self.text[node.key_start : node.start]).strip()
        return head[:1] if head[:1] in ("'", '"') else ""

    def quote(self, text: str, mark: str = "") -> str:
        """Return a JSON5 string."""
        quoted = super().quote(text)
        if (mark or self.marks[1]) == "'":
            return "'" + quoted[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
        return quoted

    def key(self, part: Part) -> str:
        """Return a key as this file writes keys."""
        mark = self.marks[0]
        if not mark and _BARE.fullmatch(str(part)):
            return str(part)
        return self.quote(str(part), mark or self.marks[1])

    def changed(self, node: Leaf, text: str) -> str:
        """Return a new text in the quotation marks of the old one."""
        mark = self.text[node.start]
        return self.quote(text, mark if mark in "'\"" else "")

    def rebuild(self, branch: Branch, edit: Edit) -> str:
        """Return a branch some of whose members come or go."""
        text = self.text
        parts, nodes = list(branch.members), list(branch.members.values())
        lead = self.lead(branch, nodes)
        indent = lead.rpartition("\n")[2] if "\n" in lead else None
        order: list[int | str] = list(self._new(edit, None, indent, branch))
        for i, part in enumerate(parts):
            if part not in edit.gone:
                order.append(i)
            order += self._new(edit, part, indent, branch)
        if not order:
            return text[branch.start] + text[branch.end - 1]
        pieces = [text[branch.start]]
        before: int | str | None = None
        for each in order:
            pieces.append(self._between(branch, nodes, before, each, lead))
            if isinstance(each, int):
                node = nodes[each]
                pieces.append(text[node.key_start : node.start])
                pieces.append(self.value(node, parts[each], edit))
            else:
                pieces.append(each)
            before = each
        pieces.append(self._end(branch, nodes, before, lead))
        return "".join(pieces) + text[branch.end - 1]

    def _new(
        self, edit: Edit, anchor: Part | None, indent: str | None, branch: Branch
    ) -> list[str]:
        members: dict[Part, Added] = edit.added.get(anchor, {})
        if branch.is_list:
            first = len(branch.members)
            return [self.added(item, indent) for item in padded(members, first)]
        return self.new_members(members, indent, None)

    def _between(
        self,
        branch: Branch,
        nodes: list[Leaf | Branch],
        before: int | str | None,
        each: int | str,
        lead: str,
    ) -> str:
        """Return what goes before a member: as it was where its neighbour is the old one."""
        text = self.text
        if before is None:
            if nodes and isinstance(each, int):
                return text[branch.start + 1 : nodes[0].key_start]
            return lead
        if isinstance(before, int) and each == before + 1:
            return text[nodes[before].end : nodes[before + 1].key_start]
        own = lead
        if isinstance(each, int):
            gap = text[nodes[each - 1].end : nodes[each].key_start] if each else lead
            own = gap[len(self._tail(gap)) :].replace(
                ",", "", 1 if "," not in self._tail(gap) else 0
            )
        return self._joined(f",{self._behind(branch, nodes, before)}", own or " ")

    def _end(
        self, branch: Branch, nodes: list[Leaf | Branch], before: int | str | None, lead: str
    ) -> str:
        """Return what goes before the closing bracket."""
        if not nodes:
            return lead[: len(lead) - len(self.unit)] if "\n" in lead else ""
        rest = self.text[nodes[-1].end : branch.end - 1]
        if before == len(nodes) - 1:
            return rest
        comma = "," if "," in _COMMENT.sub("", rest) else ""
        tail = self._tail(rest)
        closing = _COMMENT.sub("", rest[len(tail) :]).replace(",", "")
        return self._joined(comma + self._behind(branch, nodes, before), closing)

    def _behind(self, branch: Branch, nodes: list[Leaf | Branch], before: int | str | None) -> str:
        """Return the comment behind a member in its line, with the space before it."""
        if not isinstance(before, int):
            return ""
        last = before + 1 == len(nodes)
        end = branch.end - 1 if last else nodes[before + 1].key_start
        tail = self._tail(self.text[nodes[before].end : end])
        return tail.replace(",", "", 1).rstrip() if _COMMENT.search(tail) else ""

    @staticmethod
    def _tail(gap: str) -> str:
        """Return the part of a gap in the line of the member before it."""
        line = gap.partition("\n")[0].removesuffix("\r")
        if "\n" in gap or _COMMENT.search(line):
            return line
        return line[: line.find(",") + 1]

    def _joined(self, tail: str, lead: str) -> str:
        """Return two pieces such that a comment at the end of the first does not hide the next."""
        hides = "//" in tail and not lead.startswith(("\n", "\r\n"))
        return f"{tail}{self.newline if hides else ''}{lead}"
