r"""Quoted texts of old property lists, as CoreFoundation reads them.

``\a \b \f \n \r \t \v``, ``\U`` with up to four hexadecimal digits, up to three octal digits, and
any other character behind a backslash for itself, a line break too.
"""

from __future__ import annotations

import re

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.i18n import N_

_ESCAPE = re.compile(
    r"\\(?:U([dD][89abAB][0-9a-fA-F]{2})\\U([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|U(?![dD][89a-fA-F][0-9a-fA-F]{2})([0-9a-fA-F]{1,4})|([0-7]{1,3})|([\s\S]))"
)
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_LAST_ASCII = 0x7F
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
BARE = re.compile(r"[\w$/:.-]++", re.ASCII)
"""What needs no quotation marks."""

_CONTROLS = {
    **{code: f"\\U{code:04x}" for code in (*range(32), 0x7F, 0x2028, 0x2029)},
    **{ord(char): f"\\{letter}" for letter, char in _LETTERS.items()},
    ord("\\"): "\\\\",
}


def decode(raw: str, line: int) -> str:
    r"""Return what stands between quotation marks means; a Windows line end in it is one break.

    Raises:
        FormatError: ``format.escape``: a ``\U`` without digits, half a surrogate pair, or an octal
            number beyond ASCII.
    """

    def replace(match: re.Match[str]) -> str:
        high, low, code, octal, letter = match.groups()
        if code:
            return chr(int(code, 16))
        if high:
            return bytes.fromhex(high + low).decode("utf-16-be")
        if letter == "U" or (octal and int(octal, 8) > _LAST_ASCII):
            raise FormatError(
                N_("“{escape}” stands for no character. Write the character itself, or \\\\ for a "
                   "backslash."),
                code="escape", line=line, escape=match[0],
            )  # fmt: skip
        return chr(int(octal, 8)) if octal else _LETTERS.get(letter, letter)

    raw = raw.replace("\r\n", "\n")
    return _ESCAPE.sub(replace, raw) if "\\" in raw else raw


def encode(text: str, *, old: str = "", newline: str = "\n", ascii_only: bool = False) -> str:
    r"""Return a text in quotation marks.

    Args:
        text: What it says.
        old: What stands there now, quotation marks included: which ones it has, whether line
            breaks and tabs stand in it as they are, and whether apostrophes are escaped stays so.
        newline: Line end of the file.
        ascii_only: Write letters beyond ASCII as ``\UXXXX``.

    Raises:
        FormatError: ``format.encoding``: half a surrogate pair, which is no character.
    """
    _text.encode(text, "utf-8")
    mark = "'" if old[:1] == "'" else '"'
    table = {**_CONTROLS, ord(mark): f"\\{mark}"}
    if "\n" in old and "\\n" not in old:
        table[ord("\n")] = newline
    if "\t" in old:
        del table[ord("\t")]
    for other in "'\"":
        if f"\\{other}" in old:
            table[ord(other)] = f"\\{other}"
    raw = text.translate(table)
    if ascii_only:
        raw = _NOT_ASCII.sub(_escaped, raw)
    return f"{mark}{raw}{mark}"


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\U{units[i : i + 4]}" for i in range(0, len(units), 4))
