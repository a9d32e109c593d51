"""Workbooks made new: nothing but their cells, and the same bytes for the same cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from dpg_l10n.formats import _xml
from dpg_l10n.formats._table.workbook.cells import name_of, written

Value = str | float | bool
"""What a cell of a new workbook holds."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def begin(sheets: Mapping[str, Sequence[Sequence[Value]]]) -> bytes:
    """Return a workbook (ECMA-376 part 2) with these sheets; empty texts make no cells.

    Raises:
        FormatError: ``format.text``: half a surrogate pair.
    """
    numbers = range(1, len(sheets) + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    names = "".join(
        f'<sheet name="{_sheet_name(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    pointers = "".join(_relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    members = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f"{parts}</Types>"
        ),
        "_rels/.rels": _relations(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(pointers),
    }
    for n, rows in zip(numbers, sheets.values(), strict=True):
        body = "".join(_row(at, row) for at, row in enumerate(rows, start=1))
        members[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name)  # its time is the beginning of 1980
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _HEAD + text)
    return packed.getvalue()


def _row(number: int, values: Sequence[Value]) -> str:
    cells = "".join(_cell(number, at, value) for at, value in enumerate(values) if value != "")
    return f'<row r="{number}">{cells}</row>' if cells else ""


def _cell(row: int, column: int, value: Value) -> str:
    if isinstance(value, str):
        return written("", row, column, "", value)
    place = f'<c r="{name_of(column)}{row}"'
    if isinstance(value, bool):
        return f'{place} t="b"><v>{int(value)}</v></c>'
    return f"{place}><v>{value:.17g}</v></c>"


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _sheet_name(name: str) -> str:
    safe = _NOT_IN_NAMES.sub(" ", name)[:_LONGEST_NAME] or "Sheet"
    return _xml.escape(safe).replace('"', "&quot;")
