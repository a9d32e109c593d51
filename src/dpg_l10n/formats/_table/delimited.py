"""CSV files (RFC 4180 and its relatives) as grids whose every field keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats._table.grid import Edits, Grid
from dpg_l10n.i18n import N_

DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r"sep=([^\r\n])(\r\n|\r|\n)", re.IGNORECASE)

_FIRST = re.compile(
    r"(?:sep=[^\r\n][\r\n]++)?+[\s,;|]*+(?:[^\"\r\n]++|\"(?:[^\"]++|\"\")*+\")*+", re.IGNORECASE
)
"""All up to the end of the first row that is not blank."""


class Row(list[str]):
    """The fields of a row as they stand in the file, and what ends it."""

    __slots__ = ("end",)

    def __init__(self, fields: Sequence[str], end: str) -> None:
        """Take the raw fields, quotes included."""
        super().__init__(fields)
        self.end = end


@dataclass(frozen=True)
class Delimited:
    """One parsed CSV file."""

    data: bytes
    codec: str
    delimiter: str
    start: str
    """What stands before the first row (the ``sep=`` line of spreadsheets)."""
    rows: tuple[Row, ...]
    grids: tuple[Grid, ...]
    """One, unless the rows were divided into sheets."""
    firsts: tuple[int, ...] = (0,)
    """Index of the first row of each grid."""

    @cached_property
    def newline(self) -> str:
        """The line end of the first row that has one."""
        return next((row.end for row in self.rows if row.end), "\n")

    @cached_property
    def quotes_all(self) -> bool:
        """Tell whether fields are in quotes that need none: all that are not empty."""
        fields = [field for row in self.rows[1:] or self.rows for field in row if field]
        return bool(fields) and all(field[0] == '"' for field in fields)

    def quoted(self, text: str, old: str = "") -> str:
        """Return a text as a field, in quotes where it needs them or the old field had them."""
        if not text and not self.quotes_all:
            return ""
        special = (self.delimiter, '"', "\r", "\n")
        if self.quotes_all or old[:1] == '"' or any(sign in text for sign in special):
            doubled = text.replace('"', '""')
            return f'"{doubled}"'
        return text

    def write(self, edits: Mapping[int, Edits]) -> bytes:
        """Return the bytes with some fields, rows or columns changed.

        Raises:
            FormatError: ``format.encoding``: a character that the file's encoding has not.
        """
        rows: list[Row] = list(self.rows)
        extra: dict[int, list[Row]] = {}
        gone: set[int] = set()
        for number, changed in edits.items():
            first = self.firsts[number]
            for (at, column), text in changed.cells.items():
                rows[first + at] = self._changed(rows[first + at], column, text)
            for at, added in changed.added.items():
                extra[first + at] = [self._row(cells) for cells in added]
            gone |= {first + at for at in changed.removed}
            for new in reversed(changed.columns):
                stop = first + len(self.grids[number].rows)
                for at in range(first, stop):
                    if rows[at] != [""]:
                        text = new.texts.get(at - first, "")
                        rows[at] = self._widened(rows[at], new.after, text)
        return _text.encode(self.start + self._joined(rows, extra, gone), self.codec)

    def _joined(self, rows: list[Row], extra: dict[int, list[Row]], gone: set[int]) -> str:
        lines: list[tuple[str, str]] = []
        for at, row in enumerate(rows):
            if at not in gone:
                lines.append((self.delimiter.join(row), row.end))
            lines += [(self.delimiter.join(new), self.newline) for new in extra.get(at, ())]
        ended = bool(rows and rows[-1].end) or not rows
        pieces = [text + (end or self.newline) for text, end in lines]
        if lines and not ended:
            pieces[-1] = lines[-1][0]
        return "".join(pieces)

    def _changed(self, row: Row, column: int, text: str) -> Row:
        fields = [*row, *[""] * (column + 1 - len(row))]
        fields[column] = self.quoted(text, fields[column])
        return Row(fields, row.end)

    def _widened(self, row: Row, after: int, text: str) -> Row:
        fields = [*row, *[""] * (after + 1 - len(row))]
        fields.insert(after + 1, self.quoted(text))
        return Row(fields, row.end)

    def _row(self, cells: dict[int, str]) -> Row:
        width = max((len(row) for row in self.rows), default=0)
        width = max(width, *(column + 1 for column in cells))
        return Row([self.quoted(cells.get(at, "")) for at in range(width)], self.newline)


def read(data: bytes) -> Delimited:
    """Return a CSV file as one grid.

    The delimiter is what a ``sep=`` line names, else the sign among ``, ; tab |`` that divides the
    first row into most fields.

    Raises:
        FormatError: ``format.encoding``; ``format.quote``: a quoted field that does not end, or
            goes on behind its quotes, with the line and column where it begins.
    """
    text, codec = _text.decode(data)
    named = _SEPARATOR_LINE.match(text)
    start = named[0] if named else ""
    text = text[len(start) :]
    delimiter = named[1] if named else delimiter_of(text)
    rows, cells, lines = _rows(text, delimiter, 2 if named else 1)
    return Delimited(data, codec, delimiter, start, rows, (Grid("", cells, lines),))


def first_row(head: bytes) -> Delimited:
    """Return the first row of a file that says anything, from the beginning of its bytes.

    Raises:
        FormatError: As :func:`read`.
    """
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        text = head.decode("utf-8-sig", "replace")
    if "\0" in text:
        raise FormatError(N_("The file holds NUL bytes."), code="encoding")
    found = _FIRST.match(text)
    return read(found[0].encode() if found else b"")


def delimiter_of(text: str) -> str:
    """Return the sign that divides the first row that is not blank into most fields."""
    lines = (line for line in text[:65536].splitlines() if line.strip(",;\t| "))
    line = next((line for line in lines if any(sign in line for sign in DELIMITERS)), "")
    bare = re.sub(r'"(?:[^"]|"")*+(?:"|\Z)', "", line)
    return max(DELIMITERS, key=lambda sign: (bare.count(sign), -DELIMITERS.index(sign)))


@lru_cache(maxsize=8)
def _pattern(delimiter: str) -> re.Pattern[str]:
    """Return the pattern of a field and what ends it; of all that is left where none can be read."""
    sign = re.escape(delimiter)
    field = rf'("(?:[^"]++|"")*+"|(?!")[^{sign}\r\n]*+)({sign}|\r\n|\r|\n|\Z)'
    return re.compile(rf"{field}|.++", re.DOTALL)


def _rows(
    text: str, delimiter: str, line: int
) -> tuple[tuple[Row, ...], list[list[str]], list[int]]:
    """Return the raw rows, the texts of their fields, and their lines."""
    rows: list[Row] = []
    cells: list[list[str]] = []
    lines: list[int] = []
    raw: list[str] = []
    texts: list[str] = []
    length, below = 0, 0
    found = _pattern(delimiter).findall(text)
    for field, end in found:
        length += len(field) + len(end)
        raw.append(field)
        if field[:1] == '"':
            below += field.count("\n")
            texts.append(field[1:-1].replace('""', '"'))
        else:
            texts.append(field)
        if end != delimiter:
            if end or raw != [""]:
                rows.append(Row(raw, end))
                cells.append(texts)
                lines.append(line)
            line += 1 + below
            raw, texts, below = [], [], 0
    if length != len(text):
        raise _broken(text, delimiter)
    return tuple(rows), cells, lines


def _broken(text: str, delimiter: str) -> FormatError:
    """Return the error of the first field that cannot be read."""
    at = 0
    for match in _pattern(delimiter).finditer(text):
        if match[2] is None:
            break
        at = match.end()
    line, column = _text.place(text, at)
    closed = re.compile(r'"(?:[^"]++|"")*+"').match(text, at)
    template = (
        N_("Text stands behind the closing quotation mark of this field. Double the marks inside.")
        if closed
        else N_("This field begins with a quotation mark and never ends. Close or double the mark.")
    )
    return FormatError(template, code="quote", line=line, column=column)
