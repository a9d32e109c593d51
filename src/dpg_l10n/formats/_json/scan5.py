"""Read JSON5 into the same tree as JSON: comments, single quotes, bare keys, trailing commas.

https://spec.json5.org. A comment directly above a member, or behind it in its line, is a note to
translators; one above an object is a note to all in it that have none of their own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._text import place
from dpg_l10n.formats._tree import MAX_DEPTH, Branch, Leaf, Part
from dpg_l10n.i18n import N_

_SPACES = "\t\n\v\f\r \xa0\ufeff\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LINE = r"//[^\n\r\u2028\u2029]*+"
_BLOCK = r"/\*(?:[^*]|\*(?!/))*+\*/"
_SKIP = re.compile(rf"(?:[{_SPACES}]|{_LINE}|{_BLOCK})*+")
_COMMENT = re.compile(rf"{_LINE}|{_BLOCK}")
_BEHIND = re.compile(rf"[ \t]*+,?[ \t]*+({_LINE})")
_MOST_COMMENTS = 50
"""Comments above one member that are looked at."""
_STRING = r""""(?:[^"\\\n\r]|\\(?:\r\n|[\s\S]))*+"|'(?:[^'\\\n\r]|\\(?:\r\n|[\s\S]))*+'"""
_BARE = r"(?![0-9])(?:[$\w]|\\u[0-9a-fA-F]{4})(?:[$\w\u200c\u200d]|\\u[0-9a-fA-F]{4})*+"
_NUMBER = (
    r"[+-]?(?:Infinity|NaN|0[xX][0-9a-fA-F]++"
    r"|(?:(?:0|[1-9][0-9]*+)(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+)"
)
_KEY = re.compile(rf"(?P<string>{_STRING})|(?P<bare>{_BARE})")
_VALUE = re.compile(
    rf"(?P<string>{_STRING})|(?P<open>[{{\[])|(?P<other>true|false|null|{_NUMBER})(?![\w$.])"
)
_ESCAPE = re.compile(
    r"\\(?:(\r\n|[\n\r\u2028\u2029])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(0)(?![0-9])|([^0-9xu]))"
    r"|(\\)"
)
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_MARKERS = re.compile(r"^[ \t]*(?://+|/\*+|\*+/|\*+(?!/))?[ \t]?|[ \t]*\*+/[ \t]*$", re.MULTILINE)


class Scanned(NamedTuple):
    """A tree, and the comments on its texts by where these start."""

    root: Branch
    notes: dict[int, str]


def scan5(text: str) -> Scanned:
    """Return the tree of a text that is one JSON5 object.

    Raises:
        FormatError: With the place: ``empty``, ``root``, ``syntax``, ``duplicate``, ``depth``,
            ``surrogate`` as in JSON.
    """
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.notes: dict[int, str] = {}

    def run(self) -> Scanned:
        at = self.skip(0)
        if at == len(self.text):
            raise FormatError(
                N_("The file is empty. Write at least {braces}, or delete it."),
                code="empty", braces="{}",
            )  # fmt: skip
        if self.text[at] != "{":
            raise self.fail(at, N_("A JSON object ({braces}) is needed at the top level."), "root")
        root = Branch(at, at, is_list=False)
        end = self.fill(root)
        if self.skip(end) < len(self.text):
            raise self.fail(self.skip(end), N_("Text after the end of the object."))
        return Scanned(root, self.notes)

    def fill(self, root: Branch) -> int:
        """Read the members of the root and of all in it; return the offset behind the root."""
        text = self.text
        above: list[tuple[Branch, str]] = []
        branch, inherited = root, ""
        at, comma = root.start + 1, True
        while True:
            before, at = at, self.skip(at)
            if text[at : at + 1] == ("]" if branch.is_list else "}"):
                at += 1
                branch.end = at
                if not above:
                    return at
                branch, inherited = above.pop()
                at, comma = self.after(at, inherited, None)
                continue
            if not comma:
                raise self.fail(at, self.missing(at))
            part, key_start, at = self.key(branch, before, at)
            own = self.notes_before(before, at if branch.is_list else key_start) or inherited
            key_start = self.block(before, key_start)
            value = _VALUE.match(text, at)
            if value is None:
                raise self.fail(at, self.missing(at))
            if value["open"]:
                child = Branch(key_start, at, is_list=value["open"] == "[")
                branch.members[part] = child
                above.append((branch, inherited))
                if len(above) >= MAX_DEPTH:
                    raise self.fail(at, N_("Nested more than {limit} deep."), "depth")
                branch, inherited, comma = child, own, True
                at += 1
                continue
            said = self.decode(value.start(), value.end()) if value["string"] else None
            leaf = Leaf(key_start, at, value.end(), said)
            branch.members[part] = leaf
            at, comma = self.after(value.end(), own, leaf)

    def key(self, branch: Branch, before: int, at: int) -> tuple[Part, int, int]:
        """Return the key of a member, where it starts, and where its value starts."""
        if branch.is_list:
            return len(branch.members), at, at
        found = _KEY.match(self.text, at)
        if found is None:
            raise self.fail(at, self.missing(at))
        key = self.decode(at, found.end(), bare=found["bare"] is not None)
        if key in branch.members:
            line, column = place(self.text, at)
            first = place(self.text, branch.members[key].start)[0]
            raise FormatError(
                N_("The key “{key}” is there twice, first in line {first}. Remove one of the two."),
                code="duplicate", line=line, column=column, key=key, first=first,
            )  # fmt: skip
        colon = self.skip(found.end())
        if self.text[colon : colon + 1] != ":":
            raise self.fail(colon, N_("A comma or a colon is missing near here."))
        return key, at, self.skip(colon + 1)

    def after(self, at: int, note: str, leaf: Leaf | None) -> tuple[int, bool]:
        """Return the offset behind a value and its comma, and whether there is one."""
        found = self.skip(at)
        comma = self.text[found : found + 1] == ","
        if leaf is not None and leaf.text is not None:
            behind = _BEHIND.match(self.text, at)
            note = _plain(behind[1]) if behind else note
            if note:
                self.notes[leaf.start] = note
        return (found + 1 if comma else at), comma

    def skip(self, at: int) -> int:
        found = _SKIP.match(self.text, at)
        return found.end() if found else at

    def block(self, before: int, key: int) -> int:
        """Return where the comments that belong to a member start; the member where it has none."""
        gap, start = self.text[before:key], key - before
        blank = _SKIP.match(gap)
        comma = blank.end() if blank and gap[blank.end() : blank.end() + 1] == "," else -1
        for comment in reversed(list(_COMMENT.finditer(gap))[-_MOST_COMMENTS:]):
            between = gap[comment.end() : start]
            line = gap.rfind("\n", 0, comment.start())
            alone = line >= 0 and not gap[line + 1 : comment.start()].strip()
            if between.strip() or between.count("\n") > 1:
                break
            if not alone and ("\n" in between or comment.start() < comma):
                break
            start = comment.start()
        return before + start

    def notes_before(self, before: int, key: int) -> str:
        """Return what the comments that belong to a member say."""
        gap = self.text[self.block(before, key) : key]
        said = [_plain(comment[0]) for comment in _COMMENT.finditer(gap)]
        return "\n".join(filter(None, said))

    def decode(self, start: int, end: int, *, bare: bool = False) -> str:
        raw = self.text[start:end] if bare else self.text[start + 1 : end - 1]
        if "\\" not in raw:
            return raw

        def letter(found: re.Match[str]) -> str:
            line, two, four, nul, other, bad = found.groups()
            if bad:
                raise self.fail(
                    start + 1 + found.start(), N_("Not an escape that JSON knows."), "syntax"
                )
            if line:
                return ""
            if two or four:
                return chr(int(two or four, 16))
            return "\0" if nul else _LETTERS.get(other, other)

        said = _ESCAPE.sub(letter, raw)
        try:
            return said.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError as error:
            raise self.fail(
                start, N_("An escape in this text stands for half a character."), "surrogate"
            ) from error

    def missing(self, at: int) -> str:
        rest = self.text[at : at + 2]
        if not rest:
            return N_("The file ends too early. Is it cut off?")
        if rest == "/*":
            return N_("This comment has no end.")
        if rest[0] in "\"'":
            return N_("This text has no closing quotation mark.")
        return N_("A comma, a quotation mark or the end is missing here.")

    def fail(self, at: int, template: str, code: str = "syntax") -> FormatError:
        line, column = place(self.text, at)
        return FormatError(
            template, code=code, line=line, column=column, braces="{…}", limit=MAX_DEPTH
        )


def _plain(comment: str) -> str:
    """Return what a comment says, without its marks."""
    lines = [line.strip() for line in _MARKERS.sub("", comment).split("\n")]
    return "\n".join(line for line in lines if line)
