r"""The habits of a file, and keys and values written in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dpg_l10n.formats import _text
from dpg_l10n.formats.properties.escapes import CONTROLS, escape_letters
from dpg_l10n.formats.properties.layout import Layout, Line

_LETTER = re.compile(r"\\u(?!00[0-7])([0-9A-Fa-f]{4})")
_SIGNS = "=:#!"
_PLAIN_SIGN = re.compile(r"\\.|([=:#!])", re.DOTALL)
_JOINED = re.compile(r"\\n\\(?:\r\n|\r|\n)([ \t\f]*)")


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes what can be written in more than one way."""

    newline: str = "\n"
    separator: str = "="
    codec: str = "utf-8"
    """What letters may be written as they are: the file's codec, or ``ascii``."""
    upper: bool = False
    r"""Digits of ``\uXXXX`` are written in upper case."""
    signs: str = ""
    """Which of ``= : # !`` are escaped in values, where they need not be."""

    def ascii(self) -> Style:
        """Return the style that writes every other letter as an escape."""
        return replace(self, codec="ascii")


def style_of(layout: Layout) -> Style:
    """Return the habits of a parsed file."""
    text = layout.text
    letters = _LETTER.findall(text)
    digits = "".join(letters)
    separators = (text[line.separator : line.value] for line in layout.lines)
    bare: set[str] = set()
    escaped = {sign for sign in _SIGNS if f"\\{sign}" in text} if "\\" in text else set()
    for line in layout.lines if escaped else ():
        found = _PLAIN_SIGN.findall(text, line.value, line.value_end)
        bare.update(filter(None, found))
    in_values = {
        sign
        for sign in escaped
        if any(text.find(f"\\{sign}", line.value, line.value_end) >= 0 for line in layout.lines)
    }
    return Style(
        newline=_text.newline(text),
        separator=next((found for found in separators if is_separator(found)), "="),
        codec="ascii" if letters and text.isascii() else layout.codec,
        upper=digits.upper() == digits and digits.lower() != digits,
        signs="".join(sorted(in_values - bare)),
    )


def is_separator(found: str) -> bool:
    """Tell whether another entry may use the separator of this one."""
    return ("=" in found or ":" in found) and "\\" not in found


def write_value(text: str, style: Style, separator: str, old: str = "") -> str:
    r"""Return a value as the file would write it.

    Args:
        text: What it says.
        style: The habits of the file.
        separator: What stands between key and value.
        old: What stands there now. If it goes to a new line after each ``\n``, so will this.

    Raises:
        FormatError: ``format.encoding``: half a surrogate pair.
    """
    joined = _JOINED.search(old)
    if joined:
        *pieces, last = text.split("\n")
        joint = f"\\n\\{style.newline}{joined[1]}" if last else "\\n"
        raw = f"\\n\\{style.newline}{joined[1]}".join(_value(piece, style) for piece in pieces)
        raw = raw + joint + _value(last, style) if pieces else _value(last, style)
    else:
        raw = _value(text, style)
    if raw[:1] in ("=", ":") and not is_separator(separator):
        raw = "\\" + raw
    return escape_letters(raw, style.codec, upper=style.upper)


def write_key(key: str, style: Style) -> str:
    """Return a key as the file would write it.

    Raises:
        FormatError: ``format.encoding``: half a surrogate pair.
    """
    raw = key.translate({**CONTROLS, **{ord(sign): f"\\{sign}" for sign in " =:"}})
    if raw[:1] in ("#", "!"):
        raw = "\\" + raw
    return escape_letters(raw, style.codec, upper=style.upper)


def indent_of(line: Line, text: str) -> str:
    """Return the white space before the key of an entry."""
    return text[line.first : line.key]


def _value(text: str, style: Style) -> str:
    raw = text.translate({**CONTROLS, **{ord(sign): f"\\{sign}" for sign in style.signs}})
    return "\\" + raw if raw[:1] == " " else raw
