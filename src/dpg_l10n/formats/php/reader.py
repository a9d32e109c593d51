"""What a reader of PHP source passes over: white space, comments, expressions."""

from __future__ import annotations

import re

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats.php.strings import STRING
from dpg_l10n.i18n import N_

SKIP = re.compile(
    r"(?:[ \t\r\n\f\v]++|(?://|\#(?!\[))(?:[^\r\n?]++|\?(?!>))*+|/\*(?:[^*]++|\*(?!/))*+\*/)*+"
)
"""White space and comments; a comment of one line ends before the end of the PHP block."""

_PLAIN = re.compile(r"[^'\"#/<()\[\]{},;=?.]++")
_END = re.compile(r"[,;)\]}]|=>|\?>")
_QUOTE = re.compile(r"['\"]|<<<[ \t]*+(['\"]?)[A-Za-z_]\w*+\1(?:\r\n|\n)")


class Reader:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def fail(self, template: str, at: int, code: str = "syntax", **params: str) -> FormatError:
        """Return the error of a place."""
        line, column = _text.place(self.text, min(at, len(self.text)))
        return FormatError(template, code=code, line=line, column=column, **params)

    def skip(self) -> str:
        """Pass white space and comments; return the next character, empty at the end."""
        found = SKIP.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def literal(self, at: int) -> re.Match[str] | None:
        """Return the string literal at a place, None where none begins.

        Raises:
            FormatError: ``format.truncated``: one begins that does not end.
        """
        found = STRING.match(self.text, at)
        if found is None and _QUOTE.match(self.text, at):
            raise self.fail(N_("This string is not closed."), at, "truncated")
        return found

    def expression(self, *, statement: bool = False) -> int | None:
        """Pass an expression; return where ``, ; ) ] }`` or an arrow ends it, None at the end.

        Args:
            statement: Blocks in braces are passed too, and may join strings.

        Raises:
            FormatError: ``format.expression``: it joins strings.
        """
        text, at, depth = self.text, self.at, 0
        has_text = joined = False
        while at < len(text) and (depth or not _END.match(text, at)):
            mark = text[at]
            depth += (mark in "([{") - (mark in ")]}")
            if statement and not depth and mark == "}":
                return at
            if not depth:
                has_text = has_text or (mark in "'\"")
                joined = joined or (mark == "." and not text[at + 1 : at + 2].isdigit())
            at = self.passed(at)
        if has_text and joined and not statement:
            raise self.concatenated(self.at)
        if at < len(text) and not text.startswith("?>", at):
            return at
        self.at = at
        return None

    def passed(self, at: int) -> int:
        """Return where a string, a comment, a word or a sign that begins at a place ends."""
        literal = self.literal(at) if self.text[at] in "'\"<" else None
        blank = SKIP.match(self.text, at) if self.text[at] in "#/" else None
        found = literal or blank or _PLAIN.match(self.text, at)
        return max(found.end() if found else 0, at + 1)

    def concatenated(self, at: int) -> FormatError:
        """Return the error of a text that is more than strings."""
        return self.fail(
            N_("This text is put together from strings and other things. Write it as one string, so "
               "that translators see all of it."),
            at, "expression",
        )  # fmt: skip
