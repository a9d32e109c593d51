"""The grammar of old property lists, and what is wrong where a text does not follow it.

CoreFoundation's parser (``CFOldStylePList.c``) is its only account: white space is ASCII's and the
two separators of Unicode, comments may stand between any two tokens, and a key without a value is
its own text. Every pattern is possessive, so that none looks at a character twice.
"""

from __future__ import annotations

import re

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.i18n import N_

_SPACE = "[\t-\r \u2028\u2029]*+"
_COMMENT = r"//[^\r\n\u2028\u2029]*+|/\*(?:[^*]++|\*(?!/))*+\*/"
_BETWEEN = rf"(?:[\t-\r \u2028\u2029]++|{_COMMENT})*+"
_DOUBLE = r'"[^"\\]*+(?:\\[\s\S][^"\\]*+)*+"'
_STRING = rf"""(?:{_DOUBLE}|'[^'\\]*+(?:\\[\s\S][^'\\]*+)*+'|(?:[A-Za-z0-9_$:.-]|/(?![/*]))[A-Za-z0-9_$/:.-]*+)"""

TOKEN = re.compile(
    rf'({_SPACE})(?:"([^"\\]*+(?:\\[\s\S][^"\\]*+)*+)"{_SPACE}={_SPACE}'
    rf'"([^"\\]*+(?:\\[\s\S][^"\\]*+)*+)"{_SPACE};|({_COMMENT}))'
)
"""White space and what follows: a pair in its usual form (key, text), or a comment."""

PAIR = re.compile(
    rf"{_SPACE}(?P<key>{_STRING}){_BETWEEN}(?:={_BETWEEN}(?P<value>{_STRING}){_BETWEEN})?+;"
)
"""A pair in any form."""

END = re.compile(rf"{_SPACE}\Z")
_BLANK = re.compile(_BETWEEN)
_KEY = re.compile(_STRING)
_CUT_OFF = 40


def fault(text: str, at: int) -> FormatError:
    """Return what is wrong with what should be a pair or the end of the file."""
    at = _skip(text, at)
    key = _KEY.match(text, at)
    if key is None:
        return _no_string(text, at)
    after = _skip(text, key.end())
    if text[after : after + 1] != "=":
        return _fail(
            text, after,
            N_("An equals sign or a semicolon is missing after the key {found}. Is there an "
               "unescaped quotation mark before it?"),
            found=_shown(key[0]),
        )  # fmt: skip
    start = _skip(text, after + 1)
    value = _KEY.match(text, start)
    if value is None:
        return _no_string(text, start)
    is_long = "\n" in value[0]
    return _fail(
        text, start if is_long else _skip(text, value.end()),
        N_("The text that begins here lacks its closing quotation mark or its semicolon.")
        if is_long
        else N_("A semicolon is missing after {found}, or a quotation mark in the text lacks its "
                "backslash."),
        found=_shown(value[0]),
    )  # fmt: skip


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _no_string(text: str, at: int) -> FormatError:
    letter = text[at : at + 1]
    if not letter:
        return _fail(text, at, N_("The file ends in the middle of an entry. Is it cut off?"))
    if letter in "\"'":
        return _fail(text, at, N_("This text has no closing quotation mark."))
    if text.startswith("/*", at):
        return _fail(text, at, N_("This comment has no end."))
    if letter in "{(<":
        return _fail(
            text, at,
            N_("A list, dictionary or data: a file of strings holds pairs of texts only."),
            code="structure",
        )  # fmt: skip
    return _fail(
        text, at, N_("“{found}” does not belong here. Texts stand in quotation marks."),
        found=letter,
    )  # fmt: skip


def _shown(raw: str) -> str:
    return raw if len(raw) <= _CUT_OFF else f"{raw[:_CUT_OFF]}…"


def _fail(
    text: str, at: int, template: str, *, code: str = "syntax", **params: object
) -> FormatError:
    line, column = _text.place(text, at)
    return FormatError(template, code=code, line=line, column=column, **params)
