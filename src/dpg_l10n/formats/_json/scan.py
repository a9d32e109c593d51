"""Read a JSON object into a tree that knows where everything stands.

One regular expression takes a whole member (key, colon, value, comma) at a time; it is possessive
throughout, so it never looks at a character twice. RFC 8259 and nothing more: no comments, no
trailing commas, no NaN.
"""

from __future__ import annotations

import re
from json.decoder import (  # type: ignore[attr-defined]  # typeshed leaves scanstring out
    JSONDecodeError,
    scanstring,
)

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._text import place
from dpg_l10n.formats._tree import MAX_DEPTH, Branch, Leaf
from dpg_l10n.i18n import N_

_STRING = r'"([^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+)"'
_SPACE = r"[ \t\n\r]*+"
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+"
_VALUE = rf"(?:{_STRING}|([{{\[])|(?:true|false|null|{_NUMBER})(?![0-9A-Za-z.]))"
_MEMBER = re.compile(rf"{_SPACE}{_STRING}{_SPACE}:{_SPACE}{_VALUE}{_SPACE}(,?)")
_ITEM = re.compile(rf"{_SPACE}()" rf"{_VALUE}{_SPACE}(,?)")
_BLANK = re.compile(_SPACE)
_AFTER = re.compile(rf"{_SPACE}(,?)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+([\x00-\x1f]|$)')


def scan(text: str, *, lists: bool = False) -> Branch:  # noqa: C901, PLR0915 - one loop: a call per value doubles its time
    """Return the tree of a text that is one JSON object.

    Args:
        text: The whole file.
        lists: True lets the file be a list too.

    Raises:
        FormatError: With the place: ``empty``; ``root`` (the file is a list or a lone value);
            ``syntax``; ``duplicate`` (a key twice in one object); ``depth``; ``surrogate`` (an
            escape for half a character).
    """
    at = _skip(text, 0)
    if at == len(text):
        raise FormatError(
            N_("The file is empty. Write at least {braces}, or delete it."),
            code="empty", braces="{}",
        )  # fmt: skip
    is_list = lists and text[at] == "["
    if text[at] != "{" and not is_list:
        if text[at] in '["-0123456789tfn':
            raise _fail(
                text, at, N_("A JSON object ({braces}) is needed at the top level."), "root"
            )
        raise _fault(text, at)
    root = branch = Branch(at, at, is_list=is_list)
    above: list[Branch] = []
    at += 1
    match = _ITEM.match if is_list else _MEMBER.match
    members = branch.members
    new = tuple.__new__  # a third of the time of the class's own constructor
    open_comma = False
    while True:
        found = match(text, at)
        if found is None:
            at = _skip(text, at)
            if open_comma or text[at : at + 1] != ("]" if branch.is_list else "}"):
                raise _fault(text, at, comma=open_comma)
        else:
            raw_key, raw, bracket, comma = found.groups()
            if branch.is_list:
                key: str | int = len(members)
                key_start = found.start(2) - 1 if raw is not None else _skip(text, at)
            else:
                key_start = found.start(1) - 1
                key = raw_key if "\\" not in raw_key else _decode(text, key_start)
                if key in members:
                    raise _twice(text, key, members[key].key_start, key_start)
            if bracket is None:
                if raw is not None:
                    start, end = found.span(2)
                    if "\\" in raw:
                        raw = _decode(text, start - 1)
                    members[key] = new(Leaf, (key_start, start - 1, end + 1, raw, False))
                else:
                    members[key] = _literal(text, found, key_start, is_list=branch.is_list)
            else:
                start = found.start(3)
                child = Branch(key_start, start, is_list=bracket == "[")
                members[key] = child
                above.append(branch)
                if len(above) >= MAX_DEPTH:
                    raise _fail(text, start, N_("Nested more than {limit} deep."), "depth")
                branch, members = child, child.members
                match = _ITEM.match if branch.is_list else _MEMBER.match
                at = start + 1
                open_comma = False
                continue
            at = found.end()
            if comma:
                open_comma = True
                continue
        # The branch must end here, and perhaps branches around it.
        while True:
            if text[at : at + 1] != ("]" if branch.is_list else "}"):
                raise _fault(text, at, complete=True)
            at += 1
            branch.end = at
            if not above:
                at = _skip(text, at)
                if at < len(text):
                    raise _fail(text, at, N_("Text after the end of the object."), "syntax")
                return root
            branch = above.pop()
            after = _AFTER.match(text, at)
            at = after.end() if after else at
            if after and after[1]:
                break
        members = branch.members
        match = _ITEM.match if branch.is_list else _MEMBER.match
        open_comma = True


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _literal(text: str, found: re.Match[str], key_start: int, *, is_list: bool) -> Leaf:
    """Return the leaf of a number, true, false or null: what stands before comma and space."""
    stop = found.start(4)
    end = found.start() + len(text[found.start() : stop].rstrip(" \t\n\r"))
    if is_list:
        return Leaf(key_start, key_start, end, None)
    colon = text.index(":", found.end(1) + 1)
    return Leaf(key_start, _skip(text, colon + 1), end, None)


def _decode(text: str, quote: int) -> str:
    try:
        decoded: str = scanstring(text, quote + 1, True)[0]
    except JSONDecodeError as error:
        raise _fail(text, error.pos, N_("Not an escape that JSON knows."), "syntax") from error
    if _SURROGATE.search(decoded):
        raise _fail(
            text, quote, N_("An escape in this text stands for half a character."), "surrogate"
        )
    return decoded


def _twice(text: str, key: str | int, first: int, second: int) -> FormatError:
    line, column = place(text, second)
    return FormatError(
        N_("The key “{key}” is there twice, first in line {first}. Remove one of the two."),
        code="duplicate", line=line, column=column, key=key, first=place(text, first)[0],
    )  # fmt: skip


def _fail(text: str, at: int, template: str, code: str) -> FormatError:
    line, column = place(text, at)
    return FormatError(template, code=code, line=line, column=column, braces="{…}", limit=MAX_DEPTH)


def _fault(text: str, at: int, *, comma: bool = False, complete: bool = False) -> FormatError:
    """Return what is wrong near a place that is no member, item or end.

    Args:
        text: The whole file.
        at: Where reading stopped.
        comma: A comma stands before the place.
        complete: A whole value without a comma stands before the place.
    """
    rest = text[at : at + 200]
    control = _CONTROL.match(text, at)
    if not rest:
        return _fail(text, at, N_("The file ends too early. Is it cut off?"), "syntax")
    if rest[0] in "}]":
        if comma:
            return _fail(text, at, N_("A comma before the end: JSON allows none."), "syntax")
        return _fail(text, at, N_("A bracket that does not belong here."), "syntax")
    if rest.startswith(("//", "/*", "#")):
        return _fail(text, at, N_("A comment: JSON allows none."), "syntax")
    if complete:
        return _fail(text, at, N_("A comma or the end is missing here."), "syntax")
    if control:
        if control[1] == "":
            return _fail(text, at, N_("This text has no closing quotation mark."), "syntax")
        return _fail(
            text, control.start(1),
            N_("A line break or control character inside a text: write it as an escape."), "syntax",
        )  # fmt: skip
    if rest[0] == '"':
        return _fail_in_member(text, at)
    return _fail(text, at, N_("A comma, a quotation mark or the end is missing here."), "syntax")


_KEY = re.compile(rf"{_STRING}{_SPACE}(:?){_SPACE}")


def _fail_in_member(text: str, at: int) -> FormatError:
    key = _KEY.match(text, at)
    if key is None or not key[2]:
        return _fail(text, at, N_("A comma or a colon is missing near here."), "syntax")
    at = key.end()
    if text[at : at + 1] == '"':
        return (
            _fault(text, at)
            if _CONTROL.match(text, at)
            else _fail(text, at, N_("A comma is missing near here."), "syntax")
        )
    if at >= len(text):
        return _fault(text, at)
    return _fail(text, at, N_("Not a JSON value. Texts stand in double quotation marks."), "syntax")
