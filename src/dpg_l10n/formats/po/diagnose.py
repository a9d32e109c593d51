"""What is wrong with a text that the grammar does not match, and where."""

from __future__ import annotations

import re

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.i18n import N_

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*+)"
    r'|(?P<text>"[^"\\\n\0]*+(?:\\(?:[abfnrtv"\\0-7]|x[0-9A-Fa-f])[^"\\\n\0]*+)*+")'
    r"|(?P<index>\[\s*+\d{1,3}\s*+\])"
    r"|(?P<word>\w++)"
    r"|(?P<stray>\S)",
    re.ASCII,
)
_AFTER = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[",),
    "msgstr": (),
    "msgstr[": ("msgstr[",),
}
"""Which keywords may follow the string of a keyword within one message."""
_BAD_ESCAPE = re.compile(r'"[^"\\\n]*+(?:\\[abfnrtv"\\0-7x][^"\\\n]*+)*+\\(?P<escape>[^\n]?)')

_NO_TEXT = N_("The message has no {keyword}; found “{found}”. Add it, or take the message out.")
_CUT = N_("The file ends in the middle of a message. It seems to be cut off: fetch it again.")
_STRAY = N_(
    "“{found}” does not belong here. Put texts between quotes, a quote inside a text as \\\", "
    "and a comment behind #."
)  # fmt: skip
_OPEN = N_("The text is not closed before the end of its line. Add the closing quote.")
_ESCAPE = N_("“\\{found}” is no escape of PO files. Write a backslash as \\\\.")
_NUL = N_("The text holds a NUL character, which no message can. Take it out.")


def error(
    template: str, text: str, offset: int, *, code: str = "syntax", **params: object
) -> FormatError:
    """Return a format error about an offset in the text."""
    line, column = _text.place(text, offset)
    return FormatError(template, code=code, line=line, column=column, **params)


def diagnose(text: str, start: int, end: int) -> FormatError | None:
    """Return what is wrong in the message that starts at an offset, None when only comments follow.

    Args:
        text: The whole text.
        start: Where a message should start.
        end: Where its text ends; the end of the file, or that of a run of obsolete lines.
    """
    state, wants_text, keyword_at = "", False, start
    for token in _TOKEN.finditer(text, start, end):
        kind, found = token.lastgroup, token[0]
        if kind == "comment" and not state:
            continue
        if kind == "text":
            if not state:
                return error(_STRAY, text, token.start(), found=_short(found))
            wants_text = False
        elif kind == "index" and state == "msgstr" and wants_text:
            state = "msgstr["
        elif wants_text or kind in ("index", "stray"):
            return _no_text(text, token.start(), end)
        else:
            wanted = _AFTER[state]
            if found not in {word.rstrip("[") for word in wanted}:
                return _wrong_word(text, token, wanted)
            state, wants_text, keyword_at = found, True, token.start()
    if not state:
        return None
    if end == len(text):
        return error(_CUT, text, keyword_at, code="truncated")
    return error(_NO_TEXT, text, keyword_at, keyword="msgstr", found="")


def _wrong_word(text: str, token: re.Match[str], wanted: tuple[str, ...]) -> FormatError:
    found = token[0]
    if token.lastgroup == "word" and not found.startswith("msg"):
        return error(_STRAY, text, token.start(), found=_short(found))
    keyword = wanted[-1] + "0]" if wanted and wanted[-1].endswith("[") else "msgstr"
    return error(_NO_TEXT, text, token.start(), keyword=keyword, found=_short(found))


def _no_text(text: str, offset: int, end: int) -> FormatError:
    if text[offset] != '"':
        line_end = text.find("\n", offset, end)
        found = text[offset : line_end if line_end >= 0 else end]
        return error(_STRAY, text, offset, found=_short(found.strip()))
    line_end = text.find("\n", offset, end)
    line = text[offset : line_end if line_end >= 0 else end]
    if "\0" in line:
        return error(_NUL, text, offset + line.index("\0"))
    bad = _BAD_ESCAPE.match(line)
    if bad and bad["escape"]:
        return error(_ESCAPE, text, offset + bad.start("escape") - 1, found=bad["escape"])
    if line_end < 0 and end == len(text):
        return error(_CUT, text, offset, code="truncated")
    return error(_OPEN, text, offset)


def _short(found: str) -> str:
    return found if len(found) <= 40 else found[:39] + "…"
