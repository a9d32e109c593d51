"""What is wrong with a text that the grammar does not match, and where."""

from __future__ import annotations

import re

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.i18n import N_

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*+)"
    r'|(?P<text>"[^"\\\n\0\4]*+(?:\\(?:[abfnrtv"\\0-7]|x[0-9A-Fa-f])[^"\\\n\0\4]*+)*+")'
    r"|(?P<index>\[\s*+\d{1,3}\s*+\])"
    r"|(?P<word>\w++)"
    r"|(?P<stray>\S)",
    re.ASCII,
)
_STEPS = {
    ("", "msgctxt"): "msgctxt", ("msgctxt", "text"): "msgctxt.", ("msgctxt.", "text"): "msgctxt.",
    ("", "msgid"): "msgid", ("msgctxt.", "msgid"): "msgid",
    ("msgid", "text"): "msgid.", ("msgid.", "text"): "msgid.",
    ("msgid.", "msgstr"): "msgstr", ("msgstr", "text"): "msgstr.", ("msgstr.", "text"): "msgstr.",
    ("msgid.", "msgid_plural"): "msgid_plural", ("msgid_plural", "text"): "msgid_plural.",
    ("msgid_plural.", "text"): "msgid_plural.", ("msgid_plural.", "msgstr"): "msgstr[",
    ("msgstr[", "index"): "msgstr[]", ("msgstr[]", "text"): "msgstr[].",
    ("msgstr[].", "text"): "msgstr[].", ("msgstr[].", "msgstr"): "msgstr[",
}  # fmt: skip
"""Where one is in a message and what comes next, to where one is then; a dot follows a text."""
_AWAITED = {"msgctxt.": "msgid", "msgid.": "msgstr", "msgid_plural.": "msgstr[0]"}
_BAD_ESCAPE = re.compile(r'"[^"\\\n]*+(?:\\[abfnrtv"\\0-7x][^"\\\n]*+)*+\\(?P<escape>[^\n]?)')

_MISSING = N_("The message here has no {keyword}. Add it, or take the message out.")
_CUT = N_("The file ends in the middle of a message. It seems to be cut off: fetch it again.")
_STRAY = N_(
    "“{found}” does not belong here. Put texts between quotes, a quote inside a text as \\\", "
    "and a comment behind #."
)  # fmt: skip
_NUMBERS = N_(
    "A message with msgid_plural has msgstr[0], msgstr[1] and so on; one without has msgstr alone."
)
_OPEN = N_("The text is not closed before the end of its line. Add the closing quote.")
_ESCAPE = N_("“\\{found}” is no escape of PO files. Write a backslash as \\\\.")
_SEPARATOR = N_("The text holds a NUL or EOT character, which no message can. Take it out.")


def error(
    template: str, text: str, offset: int, *, code: str = "syntax", **params: object
) -> FormatError:
    """Return a format error about an offset in the text."""
    line, column = _text.place(text, offset)
    return FormatError(template, code=code, line=line, column=column, **params)


def diagnose(text: str, start: int, *, last: bool) -> FormatError | None:
    """Return what is wrong in the message that starts at an offset, None when only comments follow.

    Args:
        text: The whole text, or a run of obsolete lines.
        start: Where a message should start.
        last: Whether the file ends with this text.
    """
    state, keyword_at, comment_at = "", start, -1
    for token in _TOKEN.finditer(text, start):
        kind, found = token.lastgroup or "", token[0]
        if kind == "comment" and not state and not found.startswith("#~"):
            comment_at = token.start() if found.startswith("#|") else comment_at
            continue
        following = _STEPS.get((state, found if kind == "word" else kind))
        if following is None:
            return _unexpected(text, token, state, last=last)
        keyword_at = token.start() if kind == "word" else keyword_at
        state = following
    if not state and comment_at < 0:
        return None
    if not last:
        return error(_MISSING, text, keyword_at, keyword=_AWAITED.get(state, "msgid"))
    # A previous source explains a message: without one, the file was cut off there.
    return error(_CUT, text, keyword_at if state else comment_at, code="truncated")


def _unexpected(text: str, token: re.Match[str], state: str, *, last: bool) -> FormatError:
    kind, found, at = token.lastgroup, token[0], token.start()
    line_end = text.find("\n", at)
    line = text[at:line_end] if line_end >= 0 else text[at:]
    if found == '"':
        return _bad_string(text, at, line, last=last)
    if (state, kind) in (("msgstr", "index"), ("msgstr[", "text")):
        return error(_NUMBERS, text, at)
    if kind == "word" and found.startswith("msg") and state in _AWAITED:
        return error(_MISSING, text, at, keyword=_AWAITED[state])
    return error(_STRAY, text, at, found=short(found if kind == "word" else line))


def _bad_string(text: str, at: int, line: str, *, last: bool) -> FormatError:
    if separator := re.search("[\0\4]", line):
        return error(_SEPARATOR, text, at + separator.start())
    bad = _BAD_ESCAPE.match(line)
    if bad and bad["escape"]:
        return error(_ESCAPE, text, at + bad.start("escape") - 1, found=bad["escape"])
    if last and at + len(line) == len(text):
        return error(_CUT, text, at, code="truncated")
    return error(_OPEN, text, at)


def short(found: str) -> str:
    """Return a text as a message quotes it: one line of at most 40 characters."""
    found = " ".join(found.split())
    return found if len(found) <= 40 else found[:39] + "…"
