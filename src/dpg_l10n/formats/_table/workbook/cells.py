"""Cells of a sheet's XML: their places, their texts, and new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _xml
from dpg_l10n.i18n import N_

_ATTRIBUTES = r"""((?:[^"'>]++|"[^"]*+"|'[^']*+')*+)"""
_TOKEN = re.compile(
    rf"<((?:[\w.-]+:)?)(?:row(?=[\s/>]){_ATTRIBUTES}>"
    rf"|c(?=[\s/>]){_ATTRIBUTES}(?:(?<=/)>|(?<!/)>(.*?)</\1c\s*>))",
    re.DOTALL,
)
_TEXT = re.compile(
    rf"<(?:[\w.-]+:)?t(?=[\s>]){_ATTRIBUTES}(?<!/)>(.*?)</(?:[\w.-]+:)?t\s*>", re.DOTALL
)
_PHONETIC = re.compile(r"<((?:[\w.-]+:)?)rPh[\s>].*?</\1rPh\s*>", re.DOTALL)
_VALUE = re.compile(r"<(?:[\w.-]+:)?v(?:\s[^>]*)?>(.*?)</", re.DOTALL)
_FORMULA = re.compile(r"<(?:[\w.-]+:)?f[\s/>]")
_ITEM = re.compile(
    rf"<((?:[\w.-]+:)?)si(?=[\s/>]){_ATTRIBUTES}(?:(?<=/)>|(?<!/)>(.*?)</\1si\s*>)", re.DOTALL
)
_NAMED = re.compile(r"""\s(r|s|t)\s*=\s*(?:"([^"]*+)"|'([^']*+)')""")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_BREAKS = re.compile(r"\r\n?")
MOST_COLUMNS = 16384


class Cell(NamedTuple):
    """One cell, or the start of a row (``column`` -1), where it stands in the XML."""

    row: int
    """1-based."""
    column: int
    """0-based."""
    start: int
    end: int
    prefix: str
    style: str
    kind: str
    content: str | None
    """XML between the tags; None of an empty element."""


def cells(text: str, *, empty: bool = True) -> Iterator[Cell]:
    """Yield rows and cells in the order of a verified sheet.

    Args:
        text: XML of the sheet.
        empty: Cells without content too, of which many sheets have mostly such.

    Raises:
        FormatError: ``format.structure``: a cell or row says that it stands where none can.
    """
    row, column = 0, -1
    skipped = ""
    for match in _TOKEN.finditer(text):
        if not empty and match[4] is None and match[3] is not None and " r=" in match[3]:
            skipped = match[3]
            continue
        named = _named(match[2] or match[3] or "")
        place = named.get("r")
        if match[2] is not None:
            row, column, skipped = _row(place, row), -1, ""
            closed = None if match[2].endswith("/") else ""
            yield Cell(row, -1, *match.span(), match[1], "", "", closed)
            continue
        if place is not None:
            column, row = _reference(place)
        else:  # it stands behind the one before
            before = _named(skipped).get("r")
            column = 1 + (_reference(before)[0] if before else column)
        skipped = ""
        yield Cell(
            row, column, *match.span(), match[1], named.get("s", ""), named.get("t", "n"), match[4]
        )


def _named(attributes: str) -> dict[str, str]:
    return {name: a or b for name, a, b in _NAMED.findall(attributes)}


def text_of(cell: Cell, shared: list[str]) -> str:
    """Return what a cell says: a text, or a number, truth value or error as it is shown.

    Raises:
        FormatError: ``format.structure``: it names a shared text that is not there.
    """
    content = cell.content
    if not content:
        return ""
    if cell.kind == "inlineStr":
        return joined(content)
    value = _VALUE.search(content)
    if value is None:
        return ""
    raw = value[1].strip() if cell.kind != "str" else value[1]
    if cell.kind == "s":
        if not raw.isascii() or not raw.isdigit() or int(raw[:9]) >= len(shared):
            raise _misplaced(raw)
        return shared[int(raw[:9])]
    if cell.kind == "b":
        return "TRUE" if raw == "1" else "FALSE"
    if cell.kind == "n" and raw.endswith(".0"):
        return raw[:-2]
    return unescaped(raw)


def is_formula(cell: Cell) -> bool:
    """Tell whether a cell shows what a formula makes."""
    return bool(cell.content) and _FORMULA.search(cell.content or "") is not None


def shared_texts(text: str) -> list[str]:
    """Return the texts that cells name by number, without their formatting."""
    return [joined(match[3] or "") for match in _ITEM.finditer(text)]


def joined(content: str) -> str:
    """Return the text of a string item: all its runs, without phonetic hints."""
    if "rPh" in content:
        content = _PHONETIC.sub("", content)
    found = _TEXT.findall(content)
    return unescaped(found[0][1] if len(found) == 1 else "".join(raw for _, raw in found))


def unescaped(raw: str) -> str:
    """Return character data as the text that it stands for (ECMA-376 part 1, clause 22.9.2.19)."""
    if "\r" in raw:
        raw = _BREAKS.sub("\n", raw)
    text = _xml.unescape(raw)
    if "_x" in text:
        text = _ESCAPED.sub(_character, text)
    return text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def written(prefix: str, row: int, column: int, style: str, text: str) -> str:
    """Return the XML of a cell that holds a text itself; an empty one keeps its style only.

    Raises:
        FormatError: ``format.text``: half a surrogate pair, which is no character.
    """
    start = f'<{prefix}c r="{name_of(column)}{row}"' + (f' s="{style}"' if style else "")
    if not text:
        return start + "/>"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise FormatError(
            N_("The text holds half a surrogate pair, which is no character."), code="text"
        ) from error
    inner = f'<{prefix}t xml:space="preserve">{_xml.escape(escaped(text))}</{prefix}t>'
    return f'{start} t="inlineStr"><{prefix}is>{inner}</{prefix}is></{prefix}c>'


def escaped(text: str) -> str:
    """Return a text as a cell holds it: what :func:`unescaped` reads, before XML's own escapes."""
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def name_of(column: int) -> str:
    """Return the letters of a column: ``A``, ``Z``, ``AA``."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def _reference(place: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(place)
    if match is None:
        raise _misplaced(place)
    column = _column(match[1])
    if column >= MOST_COLUMNS:
        raise _misplaced(place)
    return column, int(match[2])


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _row(place: str | None, before: int) -> int:
    if place is None:
        return before + 1
    if not place.isascii() or not place.isdigit() or len(place) > 7:
        raise _misplaced(place)
    return int(place)


def _misplaced(place: str) -> FormatError:
    return FormatError(
        N_("A cell says that it is “{place}”, which cannot be. Save the file anew."),
        code="structure", place=place[:40],
    )  # fmt: skip
