r"""String literals of PHP: quoted with ``'`` or ``"``, heredoc, nowdoc."""

from __future__ import annotations

import re
from typing import Protocol

from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_

STRING = re.compile(
    r"""'(?:[^'\\]++|\\.)*+'
      | "(?:[^"\\]++|\\.)*+"
      | <<<[ \t]*+(?P<quote>['"]?)(?P<label>[A-Za-z_]\w*+)(?P=quote)(?:\r\n|\n)
        (?P<body>.*?)(?<=\n)[ \t]*+(?P=label)(?!\w)""",
    re.VERBOSE | re.DOTALL,
)
"""One whole literal."""

_HEREDOC = re.compile(
    r"(<<<[ \t]*(['\"]?)(\w+)\2(?:\r\n|\n))(.*?)((?<=\n)[ \t]*)(\w+)\Z", re.DOTALL
)
_SINGLE = re.compile(r"\\([\\'])")
_ESCAPE = re.compile(
    r"\\(?:([nrtvef\\$])|u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(\"))"
)
_VARIABLE = re.compile(r"(?<!\\)(?:\\\\)*+(?:\$[A-Za-z_\x80-\uffff{]|\{\$)")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "e": "\x1b", "f": "\f"}
_WRITTEN = {"\\": "\\\\", '"': '\\"', "\r": "\\r", "\t": "\\t", "\v": "\\v", "\x1b": "\\e"}
_ASCII = 0x80
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class Fail(Protocol):
    """Make the error of a place."""

    def __call__(self, template: str, at: int, code: str = "syntax") -> FormatError:
        """Return the error."""


def decode_string(raw: str, fail: Fail, start: int) -> str:
    """Return what a literal means.

    Args:
        raw: The literal with its quotes.
        fail: Makes the error of a place.
        start: Where the literal stands.

    Raises:
        FormatError: ``format.expression``: a variable inside; ``format.escape``: an escape that is
            no character; ``format.syntax``: lines of a heredoc are indented less than its end.
    """
    if raw[0] == "'":
        return _SINGLE.sub(r"\1", raw[1:-1]) if "\\" in raw else raw[1:-1]
    if raw[0] == '"':
        return _decode(raw[1:-1], fail, start, quoted=True)
    found = _HEREDOC.match(raw)
    if found is None:
        raise fail(N_("This string is not closed."), start)
    body, indent = found[4], found[5]
    body = body.removesuffix("\n").removesuffix("\r")
    if indent:
        lines = body.split("\n")
        if any(line.strip() and not line.startswith(indent) for line in lines):
            raise fail(N_("A line of this text is indented less than its closing word."), start)
        body = "\n".join(line[len(indent) :] for line in lines)
    return body if found[2] == "'" else _decode(body, fail, start, quoted=False)


def _decode(body: str, fail: Fail, start: int, *, quoted: bool) -> str:
    if "$" in body and _VARIABLE.search(body):
        raise fail(
            N_("There is a variable in this text, which PHP fills in when it reads the file. Use "
               "single quotes, or write \\$."),
            start, "expression",
        )  # fmt: skip

    def character(found: re.Match[str]) -> str:
        letter, code, byte, octal, quote = found.groups()
        if quote:
            return quote if quoted else found[0]
        if letter:
            return _LETTERS.get(letter, letter)
        number = int(code, 16) if code else int(byte, 16) if byte else int(octal, 8)
        limit = _LAST_CHARACTER if code else _ASCII - 1
        if number > limit or number in _SURROGATES:
            raise fail(
                N_("An escape in this text is no whole character. Write the character itself."),
                start, "escape",
            )  # fmt: skip
        return chr(number)

    return _ESCAPE.sub(character, body) if "\\" in body else body


def encode_string(text: str, old: str, fail: Fail) -> str:
    """Return a text as a literal of the kind that another is.

    Args:
        text: What it says.
        old: A literal with its quotes, or a quotation mark.
        fail: Makes errors of reading, for the check of a heredoc.
    """
    if old.startswith("<<<"):
        found = _HEREDOC.match(old)
        written = _heredoc(text, found) if found else ""
        first = STRING.match(written)
        if first and first.end() == len(written) and _reads(written, text, fail):
            return written
    if old.startswith('"'):
        return '"' + _double(text, lines="\n" in old) + '"'
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _heredoc(text: str, old: re.Match[str]) -> str:
    indent = old[5]
    if old[2] != "'":
        text = re.sub(r"\$(?=[A-Za-z_\x80-\uffff{])|(?<=\{)\$", r"\\$", text.replace("\\", "\\\\"))
    newline = "\r\n" if old[1].endswith("\r\n") else "\n"
    body = "\n".join(indent + line if line else line for line in text.split("\n"))
    return f"{old[1]}{body}{newline}{indent}{old[6]}"


def _reads(written: str, text: str, fail: Fail) -> bool:
    try:
        return decode_string(written, fail, 0) == text
    except FormatError:
        return False


def _double(text: str, *, lines: bool) -> str:
    raw = "".join(_WRITTEN.get(character, character) for character in text)
    raw = re.sub(r"\$(?=[A-Za-z_\x80-\uffff{])|(?<=\{)\$", r"\\$", raw)
    return raw if lines else raw.replace("\n", "\\n")
