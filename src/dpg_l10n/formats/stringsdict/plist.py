"""The tree of an XML property list, with the place of everything in the text.

Property lists of texts nest four deep; reading stops at :data:`~dpg_l10n.formats._xml.MAX_DEPTH`.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.i18n import N_


class Leaf(NamedTuple):
    """A value that holds no others. All places are offsets in the decoded text."""

    start: int
    value: int
    value_end: int
    """Of an empty-element tag both are its end."""
    end: int
    text: str | None
    """None where it is no ``<string>``: numbers, arrays, data."""


class Dict(NamedTuple):
    """A dictionary."""

    start: int
    value: int
    value_end: int
    end: int
    members: dict[str, Member]

    def text(self, key: str) -> str | None:
        """Return the text of a member, None where there is none or it is no string."""
        member = self.members.get(key)
        return member.node.text if member and isinstance(member.node, Leaf) else None


Node: TypeAlias = "Leaf | Dict"


class Member(NamedTuple):
    """A key with its value."""

    first: int
    """Of the comments directly above, or of the key without any."""
    key: int
    """Of the ``<key>`` tag."""
    key_end: int
    node: Node
    notes: str = ""

    @property
    def end(self) -> int:
        """Where the value ends."""
        return self.node.end


_XML = _xml.TOKEN
# Most members are of this shape and are read in one step: no comments, attributes, entities in the
# key or carriage returns.
_MEMBER = re.compile(
    r"""[ \t\r\n]*+(?:<key>([^<&\r]*+)</key>[ \t\r\n]*+
        (?:<string>([^<\r]*+)</string>|(<dict>))|(</dict>))""",
    re.VERBOSE,
)
_KEY, _STRING = len("<key>"), len("<string>")


def read(text: str) -> Dict:
    """Return the outermost dictionary of a text that :func:`_xml.verify` let pass.

    Raises:
        FormatError: ``format.structure``: no property list whose value is a dictionary, or keys
            and values do not alternate; ``format.duplicate``; ``format.depth``.
    """
    tokens = _XML.finditer(text)
    root = next(token for token in tokens if token["open"])
    if root["open"] == "plist" and not _xml.is_empty_element(root):
        for token in tokens:
            if token["open"] == "dict":
                return _Reader(text).dictionary(token, 1)
            if token["open"] or token["close"]:
                break
    raise _fail(
        text, root.start(), N_("This is no property list of texts: a <dict> in <plist> is missing.")
    )


class _Reader:
    """One pass over a verified text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        """Where reading goes on."""

    def token(self) -> re.Match[str]:
        """Return the next piece of markup."""
        token = _XML.search(self.text, self.at)
        if token is None:  # pragma: no cover - a verified document closes every element
            raise _fail(self.text, self.at, N_("The file ends too early. Is it cut off?"))
        self.at = token.end()
        return token

    def dictionary(self, start: re.Match[str], depth: int) -> Dict:
        """Read a dictionary, given its start tag."""
        self.at = start.end()
        if _xml.is_empty_element(start):
            return Dict(start.start(), start.end(), start.end(), start.end(), {})
        return self.members(start.start(), start.end(), depth)

    def members(self, start: int, value: int, depth: int) -> Dict:
        """Read the members and the end of a dictionary."""
        if depth > _xml.MAX_DEPTH:
            raise _fail(
                self.text, start, N_("More than {limit} elements inside one another."),
                code="depth", limit=_xml.MAX_DEPTH,
            )  # fmt: skip
        members: dict[str, Member] = {}
        comments: list[re.Match[str]] = []
        done = value
        text, quick = self.text, _MEMBER.match
        new = tuple.__new__  # what a named tuple's own constructor calls, in a third of its time
        while True:
            found = quick(text, self.at)
            if found is None:
                token = self.token()
                if token["comment"] is not None:
                    comments = self.above(comments, token, done)
                    continue
                if token["close"]:
                    return Dict(start, value, token.start(), token.end(), members)
                if not token["open"]:
                    continue
                member, key = self.member(token, depth)
            else:
                key, raw, inner, _ = found.groups()
                self.at = found.end()
                if key is None:
                    return Dict(start, value, found.start(4), found.end(), members)
                key_start, key_end = found.start(1) - _KEY, found.end(1) + _KEY + 1
                if inner:
                    node: Node = self.members(found.start(3), found.end(3), depth + 1)
                else:
                    first, last = found.span(2)
                    raw = _xml.unescape(raw) if "&" in raw else raw
                    node = new(Leaf, (first - _STRING, first, last, last + _STRING + 1, raw))
                member = new(Member, (key_start, key_start, key_end, node, ""))
            if key in members:
                raise self.duplicate(key, members[key].key, member.key)
            members[key] = self.noted(member, comments) if comments else member
            done, comments = self.at, []

    def member(self, token: re.Match[str], depth: int) -> tuple[Member, str]:
        """Read a key, whose start tag was the last token, and its value."""
        if token["open"] != "key":
            raise _fail(self.text, token.start(), N_("A <key> is missing before this value."))
        key = self.leaf(token)
        value = self.token()
        while not (value["open"] or value["close"]):
            value = self.token()
        if not value["open"] or value["open"] == "key":
            raise _fail(self.text, token.start(), N_("The value of this <key> is missing."))
        is_dict = value["open"] == "dict"
        node: Node = self.dictionary(value, depth + 1) if is_dict else self.leaf(value)
        return Member(key.start, key.start, key.end, node), key.text or ""

    def leaf(self, token: re.Match[str]) -> Leaf:
        """Read an element that is no dictionary, given its start tag."""
        is_text = token["open"] in ("string", "key")
        start, value = token.span()
        if _xml.is_empty_element(token):
            return Leaf(start, value, value, value, "" if is_text else None)
        close = _xml.find_end(_XML.finditer(self.text, value), self.text)
        self.at = close.end()
        text = decode(self.text[value : close.start()]) if is_text else None
        return Leaf(start, value, close.start(), close.end(), text)

    def noted(self, member: Member, comments: list[re.Match[str]]) -> Member:
        """Return a member with the comments above it, unless a blank line parts them."""
        if self.text.count("\n", comments[-1].end(), member.key) > 1:
            return member
        lines = (line.strip() for found in comments for line in found["comment"].split("\n"))
        return member._replace(first=comments[0].start(), notes="\n".join(filter(None, lines)))

    def above(
        self, comments: list[re.Match[str]], token: re.Match[str], done: int
    ) -> list[re.Match[str]]:
        """Return the comments that may be notes on what follows: no blank line parts them."""
        before = comments[-1].end() if comments else done
        breaks = self.text.count("\n", before, token.start())
        if not breaks and not comments:
            return []  # It ends the line of another member.
        if breaks > 1:
            return [token]
        comments.append(token)
        return comments

    def duplicate(self, key: str, first: int, second: int) -> FormatError:
        """Return the error for a key that an earlier member has."""
        return _fail(
            self.text, second,
            N_("“{key}” stands here and on line {first}. An app would take one of them without a "
               "word. Remove one."),
            code="duplicate", key=key, first=_text.place(self.text, first)[0],
        )  # fmt: skip


def decode(raw: str) -> str:
    """Return the text of an element: entities and CDATA resolved, comments and tags left out."""
    raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    if "<" not in raw:
        return _xml.unescape(raw)
    pieces: list[str] = []
    done = 0
    for token in _XML.finditer(raw):
        pieces += (_xml.unescape(raw[done : token.start()]), token["cdata"] or "")
        done = token.end()
    return "".join(pieces) + _xml.unescape(raw[done:])


def _fail(
    text: str, at: int, template: str, *, code: str = "structure", **params: object
) -> FormatError:
    line, column = _text.place(text, at)
    return FormatError(template, code=code, line=line, column=column, **params)
