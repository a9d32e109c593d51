"""What the text formats share: encodings, byte order marks, places in a text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a file and the codec that :func:`encode` needs to give the bytes back.

    Args:
        data: The whole file.
        encoding: Codec the file itself declares; None takes a byte order mark, else UTF-8.

    Raises:
        FormatError: ``format.encoding``: the bytes are not of that encoding, with the place of the
            first wrong one; they begin with NUL bytes; or the codec is unknown.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            encoding = codec
            data = data if codec == "utf-8-sig" else data[len(mark) :]
            break
    encoding = encoding or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        line, column = place(before, len(before))
        raise FormatError(
            N_("Byte 0x{byte} is not valid {encoding} text. Save the file as UTF-8."),
            code="encoding", line=line, column=column,
            byte=f"{data[error.start] if error.start < len(data) else 0:02x}", encoding=encoding,
        ) from error  # fmt: skip
    except (LookupError, UnicodeError) as error:
        raise FormatError(
            N_("The encoding “{encoding}” is unknown here."), code="encoding", encoding=encoding
        ) from error
    if encoding == "utf-8" and "\0" in text[:4]:
        raise FormatError(
            N_("The file holds NUL bytes: it is UTF-16 without a mark, or no text. Use UTF-8."),
            code="encoding", line=1,
        )  # fmt: skip
    return text, encoding


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes of a text, with the byte order mark that :func:`decode` took away.

    Raises:
        FormatError: ``format.encoding``: a character does not exist in the encoding.
    """
    mark = next((mark for mark, codec in _MARKS[1:] if codec == encoding), b"")
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError as error:
        line, column = place(text, error.start)
        raise FormatError(
            N_("The character {character} does not exist in {encoding}."),
            code="encoding", line=line, column=column,
            character=f"U+{ord(text[error.start]):04X}", encoding=encoding,
        ) from error  # fmt: skip


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column (in characters) of an offset."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def newline(text: str) -> str:
    """Return the line end that a text uses: that of its first line, else a line feed."""
    end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def in_column(text: str, at: int, sign: str, width: int) -> str:
    """Return the sign of a new line, in the column of those around it where they share one.

    Args:
        text: The file.
        at: Where the sign begins in the line that the new one is like, blanks included.
        sign: What stands there between key and value (``   = ``).
        width: Characters of the new line before its sign.
    """
    bare = sign.lstrip(" ")
    start = text.rfind("\n", 0, at) + 1
    column = at - start + len(sign) - len(bare)
    end = text.find("\n", at)
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    next_end = text.find("\n", end + 1)
    below = text[end + 1 : next_end if next_end >= 0 else len(text)] if end >= 0 else ""
    mark = bare.strip()
    beside = [line for line in (above, below) if mark and mark in line]
    keys = [line[:column].rstrip(" ") for line in beside if line.startswith(mark, column)]
    is_alone = bool(mark) and not beside and len(sign) - len(bare) > 1
    if is_alone or any(len(key) not in (0, at - start) for key in keys):
        return " " * max(column - width, 1 if len(bare) < len(sign) else 0) + bare
    return sign


def java_escape(match: re.Match[str], letters: Mapping[str, str], line: int) -> str:
    r"""Return what a backslash escape of Java stands for, as properties and Android have them.

    Args:
        match: Its groups are the two halves of a surrogate pair, the code of another character
            (both in hexadecimal), and any other character behind the backslash.
        letters: What characters behind a backslash stand for when it is not themselves.
        line: 1-based, for the error.

    Raises:
        FormatError: ``format.escape``: a ``\u`` without four digits, or half of a pair.
    """
    high, low, code, letter = match.group(1, 2, 3, 4)
    if code:
        return chr(int(code, 16))
    if high:
        return bytes.fromhex(high + low).decode("utf-16-be")
    if letter == "u":
        raise FormatError(
            N_(
                "“\\u” needs four hexadecimal digits, or two such escapes for a character beyond "
                "U+FFFF. Write the character itself, or \\\\ for a backslash."
            ),
            code="escape", line=line,
        )  # fmt: skip
    return letters.get(letter, letter) if letter else ""
