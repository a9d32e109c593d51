r"""Backslash escapes of keys and values, as ``java.util.Properties.load`` reads them.

``\t \n \r \f \uXXXX``; a backslash at the end of a line joins the next one to it without its
leading white space; any other character after a backslash stands for itself.
"""

from __future__ import annotations

import re

from dpg_l10n.formats import _text

_ESCAPE = re.compile(
    r"\\(?:u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|u((?!d[89a-f])[0-9a-f]{4})"
    r"|(?:\r\n|\r|\n)[ \t\f]*+|(.|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")

CONTROLS = {
    **{code: f"\\u{code:04x}" for code in (*range(32), 127)},
    **{ord(char): f"\\{letter}" for letter, char in _LETTERS.items()},
    ord("\\"): "\\\\",
}
"""How characters that no line can hold are written."""


def unescape(raw: str, line: int) -> str:
    r"""Return what a raw key or value means.

    Raises:
        FormatError: ``format.escape``: a ``\u`` without four digits (Java refuses the whole file),
            or half of a surrogate pair.
    """
    return _ESCAPE.sub(lambda match: _text.java_escape(match, _LETTERS, line), raw)


def escape_letters(raw: str, codec: str, *, upper: bool) -> str:
    r"""Write the characters that a codec has not as ``\uXXXX``, with upper case digits if asked.

    Raises:
        FormatError: ``format.encoding``: half a surrogate pair, which is no character.
    """
    _text.encode(raw, "utf-8")

    def replace(match: re.Match[str]) -> str:
        try:
            match[0].encode(codec)
        except UnicodeEncodeError:
            units = match[0].encode("utf-16-be").hex()
            units = units.upper() if upper else units
            return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
        return match[0]

    return raw if codec.startswith("utf-") else _NOT_ASCII.sub(replace, raw)
