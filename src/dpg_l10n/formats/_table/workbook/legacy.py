"""Legacy ``.xls`` workbooks: read by xlrd, written as ``.xlsx``."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._archive import is_archive
from dpg_l10n.formats._limits import MOST_BYTES
from dpg_l10n.formats._table.grid import Edits, Grid
from dpg_l10n.formats._table.workbook.begin import Value, begin
from dpg_l10n.i18n import N_

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DATE, _TRUTH, _FAULT, _NUMBER = 3, 4, 5, 2


def is_legacy(head: bytes) -> bool:
    """Tell from its first bytes whether a file is a compound document, as ``.xls`` files are."""
    return head.startswith(_MARK)


def path_of(path: str, data: bytes) -> str:
    """Return the path of a written workbook: that of a legacy one with its new ending."""
    if path.lower().endswith(".xls") and is_archive(data):
        return str(PurePosixPath(path).with_suffix(".xlsx"))
    return path


@dataclass(frozen=True)
class Legacy:
    """One parsed ``.xls`` file."""

    data: bytes
    grids: tuple[Grid, ...]
    values: tuple[list[list[Value]], ...]
    """Of each grid: texts, numbers and truth values as they are."""

    def write(self, edits: Mapping[int, Edits]) -> bytes:
        """Return an ``.xlsx`` workbook with all sheets and their values; formats are not kept.

        Raises:
            FormatError: ``format.text``: half a surrogate pair.
        """
        sheets: dict[str, list[list[Value]]] = {}
        for number, grid in enumerate(self.grids):
            rows = [list(row) for row in self.values[number]]
            wanted = edits.get(number, Edits())
            width = max((len(row) for row in rows), default=0)
            changed = dict(wanted.cells)
            for offset, new in enumerate(wanted.columns):
                changed.update({(at, width + offset): text for at, text in new.texts.items()})
            for (at, column), text in changed.items():
                rows[at] += [""] * (column + 1 - len(rows[at]))
                rows[at][column] = text
            sheets[grid.name] = _with_rows(rows, wanted)
        return begin(sheets)


def _with_rows(rows: list[list[Value]], edits: Edits) -> list[list[Value]]:
    result: list[list[Value]] = []
    for at, row in enumerate(rows):
        if at not in edits.removed:
            result.append(row)
        result += [
            [new.get(column, "") for column in range(max(new) + 1)]
            for new in edits.added.get(at, ())
        ]
    return result


@lru_cache(maxsize=2)
def read_legacy(data: bytes) -> Legacy:
    """Return a legacy workbook with all its sheets; the last ones read are kept.

    Raises:
        FormatError: ``format.legacy``: no such file, or a damaged one; ``format.size``.
    """
    import xlrd

    if len(data) > MOST_BYTES:
        raise FormatError(N_("The file is larger than any honest form."), code="size")
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
        sheets = [
            (
                sheet.name,
                [[_value(cell, book.datemode) for cell in row] for row in sheet.get_rows()],
            )
            for sheet in book.sheets()
        ]
    except Exception as error:  # damaged files raise whatever the reader trips over
        raise FormatError(
            N_("This is no .xls workbook, or a damaged one. Open it in a spreadsheet program and "
               "save it as .xlsx."),
            code="legacy",
        ) from error  # fmt: skip
    grids = tuple(
        Grid(name, [[_shown(value) for value in row] for row in rows], range(1, len(rows) + 1))
        for name, rows in sheets
    )
    return Legacy(data, grids, tuple(rows for _, rows in sheets))


def _value(cell: object, datemode: int) -> Value:
    import xlrd

    kind, value = cell.ctype, cell.value  # type: ignore[attr-defined]  # xlrd has no types
    if kind == _DATE:
        return str(xlrd.xldate_as_datetime(value, datemode))
    if kind == _TRUTH:
        return bool(value)
    if kind == _NUMBER:
        return float(value)
    return "" if kind == _FAULT else str(value)


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value
