"""What PO and MO files share: the fields of their header."""

from __future__ import annotations

import codecs
import re

from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_

Fields = tuple[tuple[str, str], ...]
"""Names and values in the order of the file; a line without a colon has no name."""

_CHARSET = re.compile(r"charset\s*=\s*([^\s;\\\"]++)", re.IGNORECASE)
_PLACEHOLDER = "CHARSET"
_KNOWN = re.compile(
    r"ascii|utf-8|iso8859-\d+|koi8-[rut]|cp\d+|gb2312|gbk|gb18030|euc_\w+|big5|big5hkscs"
    r"|shift_jis\w*|johab|tis-620"
)
"""Codecs that gettext knows; others of Python's are no encodings of a text that holds ASCII."""


def codec(content_type: str) -> str | None:
    """Return the Python codec of the charset in a ``Content-Type``, None where it has none.

    A template's placeholder ``CHARSET`` counts as none.

    Raises:
        FormatError: ``format.encoding``: the charset is unknown.
    """
    match = _CHARSET.search(content_type)
    if match is None or match[1] == _PLACEHOLDER:
        return None
    try:
        name = codecs.lookup(match[1]).name
    except (LookupError, ValueError):
        name = ""
    if not _KNOWN.fullmatch(name):
        raise FormatError(
            N_("The header names the unknown charset “{charset}”. Use UTF-8."),
            code="encoding", charset=match[1],
        )  # fmt: skip
    return name


def read(text: str) -> Fields:
    """Return the fields of a header's text in its order; a line without a colon has no name."""
    fields = []
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.append((name.strip(), value.strip()))
        elif line.strip():
            fields.append(("", line.strip()))
    return tuple(fields)


def charset(fields: Fields) -> str | None:
    """Return the Python codec that header fields ask for, None where they ask for none.

    Raises:
        FormatError: ``format.encoding``: the charset is unknown.
    """
    return codec(field(fields, "Content-Type") or "")


def field(fields: Fields, name: str) -> str | None:
    """Return the value of a field by its name, ignoring case, or None."""
    wanted = name.lower()
    return next((value for key, value in fields if key.lower() == wanted), None)


def write(fields: Fields) -> str:
    """Return the header's text of its fields."""
    return "".join([field_line(name, value) for name, value in fields])


def field_line(name: str, value: str) -> str:
    """Return the line of one field, with its newline."""
    return f"{name}: {value}\n" if name else f"{value}\n"
