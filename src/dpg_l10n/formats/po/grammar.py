"""The grammar of PO files as regular expressions over the whole text, and its string escapes.

Every quantifier that could give characters back is possessive, so that no text, however broken,
is scanned more than a few times.
"""

from __future__ import annotations

import re

# What stands between the first and the last quote of a string that may go on over several lines;
# two quotes with only white space between them join two lines. Escapes that gettext does not know
# are no part of it, nor are NUL and EOT, which separate strings in the compiled form.
_INNER = r'[^"\\\n\0\4]*+(?:(?:\\(?:[abfnrtv"\\0-7]|x[0-9A-Fa-f])|"\s*+")[^"\\\n\0\4]*+)*+'
STRING = rf'"({_INNER})"'
_UNCAUGHT = f'"{_INNER}"'
_INDEX = r"\[\s*+(\d{1,3})\s*+\]"
_BODY = (
    rf"(?:msgctxt\s*+{STRING}\s*+)?+msgid\s*+{STRING}\s*+"
    rf"(?:msgstr\s*+{STRING}|msgid_plural\s*+{STRING}"
    rf"((?:\s*+msgstr\s*+\[\s*+\d{{1,3}}\s*+\]\s*+{_UNCAUGHT})++))"
)
_LINE_END = r"[ \t\r\f\v]*+\n?+"

MESSAGE = re.compile(
    rf"\s*+((?:#(?!~)[^\n]*+\s*+)*+){_BODY}{_LINE_END}"  # an active message, or
    rf"|\s*+((?:#(?!~)[^\n]*+\s*+)*+(?:\s*+#~[^\n]*+\n?+)++)"  # a run of obsolete ones, or
    r"|[\s\S]",  # neither
    re.ASCII,
)
"""Groups: comments, context, source, text, plural source, plural texts; or a run of obsolete lines.

Matches follow one another without a gap. Where the last alternative matches, the file is wrong or
what remains of it is comments.
"""

PREVIOUS = re.compile(
    rf"\s*+(?:msgctxt\s*+{STRING}\s*+)?+(?:msgid\s*+{STRING}\s*+)?+(?:msgid_plural\s*+{STRING}\s*+)?+",
    re.ASCII,
)
"""The message that the ``#|`` lines of a unit hold, without their marks."""

FORM = re.compile(rf"msgstr\s*+{_INDEX}\s*+{STRING}", re.ASCII)
"""One plural text: its index and what stands between its quotes."""

_PIECE = re.compile(r'((?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]++))++)|\\(.)|"\s*+"', re.ASCII)
_BYTE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]++))")
_UNESCAPED = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\",
}  # fmt: skip
_ESCAPED = str.maketrans({char: "\\" + name for name, char in _UNESCAPED.items()})


def unescape(raw: str, encoding: str) -> str:
    """Return the text that stands between the first and the last quote of a string.

    Args:
        raw: As :data:`STRING` catches it.
        encoding: Codec of the file; octal and hexadecimal escapes are bytes of it.

    Raises:
        UnicodeDecodeError: The bytes that the escapes name are no text in this encoding.
        ValueError: An escape stands for NUL or EOT.
    """
    if "\\" not in raw:
        if '"' not in raw:
            return raw
        joined = raw.replace('"\n"', "")
        return joined if '"' not in joined else _PIECE.sub("", raw)
    if "\\\\" not in raw and '\\"' not in raw:
        simple = raw.replace('"\n"', "").replace("\\n", "\n")
        if "\\" not in simple and '"' not in simple:
            return simple

    def value(piece: re.Match[str]) -> str:
        if piece[2] is not None:
            return _UNESCAPED[piece[2]]
        if piece[1] is None:
            return ""
        pairs = _BYTE.findall(piece[1])
        # Only the last byte of a long hexadecimal escape counts, as in gettext.
        data = bytes(int(octal, 8) & 255 if octal else int(hexa[-2:], 16) for octal, hexa in pairs)
        if 0 in data or 4 in data:
            raise ValueError(piece[1])
        return data.decode(encoding)

    return _PIECE.sub(value, raw)


def escape(text: str) -> str:
    """Return a text as it stands between quotes."""
    return text.translate(_ESCAPED)
