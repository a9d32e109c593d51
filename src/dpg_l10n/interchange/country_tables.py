"""A country's figures as tables: for spreadsheets, one sheet a picture; the same bytes for the same figures."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

Value = str | int | float | None
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet."""

    title: str
    """At most 31 characters."""
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]
    percents: frozenset[int] = frozenset()
    """Places of columns that are shares, 0.0 to 1.0."""


def as_csv(table: Table) -> bytes:
    """Return a table as spreadsheets open it: UTF-8 with a mark, CRLF, no formulas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.heads)
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(tables: Sequence[Table], *, right_to_left: bool = False) -> bytes:
    """Return a workbook with a sheet for each table."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.sheet_view.rightToLeft = right_to_left
        sheet.freeze_panes = "B2"
        for line, row in enumerate([table.heads, *table.rows], 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(line, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # a name that begins with "=" is a name
                elif column - 1 in table.percents:
                    cell.number_format = "0.0%"
                elif isinstance(value, int):
                    cell.number_format = "#,##0"
                if line == 1:
                    cell.font = Font(bold=True)
        for column, head in enumerate(table.heads, 1):
            longest = max([len(head), *(len(str(row[column - 1] or "")) for row in table.rows)])
            sheet.column_dimensions[get_column_letter(column)].width = min(60, longest + 2)
    written = io.BytesIO()
    book.save(written)
    return timeless(written.getvalue())


def timeless(data: bytes) -> bytes:
    """Return a workbook without the time at which it was made."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as made,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in sorted(made.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            body = made.read(name)
            if name == "docProps/core.xml":
                body = _DATES.sub(rb"\g<1>2000-01-01T00:00:00Z", body)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, body)
    return result.getvalue()


def _plain(value: Value) -> Value:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
