"""An offline package as a spreadsheet: for Excel, LibreOffice, and people who have nothing else.

The mark is a hidden column. All cells but those to write in are locked; that is against slips and
no secret: there is no password. A sheet saved as CSV is understood as well.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from dpg_l10n.domain.message import Plural, texts
from dpg_l10n.domain.states import State
from dpg_l10n.errors import InputError
from dpg_l10n.formats.workbook import Shown, escaped, is_archive, restored, shown
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.country_tables import timeless
from dpg_l10n.services.offline.content import Back, Contents, Package, Packed
from dpg_l10n.services.offline.mark import read_mark

_LONGEST = 32_767
"""Characters of a cell (Excel's specifications and limits)."""
_ID, _TEXT, _MARK = "Id", "Translation", "Mark"
_HEADS = (_ID, "Where", "Notes", "Numbers", "Source", _TEXT, _MARK)
_WIDTHS = (12, 28, 36, 12, 50, 50, 14)
_SAID = {State.DRAFT: "draft", State.NEEDS_WORK: "needs work"}
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_HOW = (
    "Write into the column “Translation”. A row that has a mark is not counted until you change its "
    "text, or delete the mark because the text is right as it is. Empty rows change nothing."
)


def write(package: Package) -> bytes:
    """Return the package: the same strings are the same bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "Texts"
    sheet.freeze_panes = "F2"
    rows = [_titles(package), *(row for item in package.items for row in _rows(item))]
    wrapped, open_cell = Alignment(wrap_text=True, vertical="top"), Protection(locked=False)
    marked = PatternFill("solid", fgColor="FFF2CC")
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.number_format = (
                "@"  # what is typed stays a text: no dates, no numbers, no formulas
            )
            if value:
                cell.value = escaped(value)
                cell.data_type = "s"
                cell.quotePrefix = value.startswith(_FORMULAS)
            cell.alignment = wrapped
            if number == 1:
                cell.font = Font(bold=True)
            elif column >= _HEADS.index(_TEXT) + 1:
                cell.protection = open_cell
                if row[-1]:
                    cell.fill = marked
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)  # False is "not forbidden"
    book.create_sheet("Read me").append([_HOW])
    written = io.BytesIO()
    book.save(written)
    return timeless(written.getvalue())


def holds(item: Packed) -> bool:
    """Tell whether cells can hold a string."""
    said = (item.unit.source, item.text or "")
    return not any(len(escaped(each)) > _LONGEST for text in said for each in texts(text))


def _titles(package: Package) -> list[str]:
    said = {
        "Source": package.source_language,
        _TEXT: package.language,
        _MARK: "delete it when the text is right",
    }
    return [f"{head} ({said[head]})" if head in said else head for head in _HEADS]


def _rows(item: Packed) -> Iterator[list[str]]:
    notes, said = item.notes[:_LONGEST], _SAID.get(item.state, "")
    if not item.labels:
        (source,), text = texts(item.unit.source), item.text
        yield [str(item.mark), item.where, notes, "", source,
               text if isinstance(text, str) else "", said]  # fmt: skip
        return
    for label, numbers, source in zip(item.labels, item.numbers, item.sources, strict=True):
        text = item.text.get(label) if isinstance(item.text, Plural) else item.text
        mark = str(item.mark._replace(label=label))
        yield [mark, item.where, notes, numbers or label, source, text or "", said]


def read(data: bytes) -> Contents:
    """Return what a workbook, or a sheet of one saved as CSV, brings back.

    Raises:
        FormatError: It is no workbook.
        InputError: ``offline.format``: it is no package.
    """
    rows = shown(data) if is_archive(data) else _csv_rows(data)
    titles: dict[str, int] | None = None
    lines = []
    for number, row in rows:
        if titles is None:
            titles = _columns(row)
            continue
        line = _line(number, row, titles)
        if line is not None:
            lines.append(line)
    if titles is None:
        raise no_package()
    return Contents(tuple(lines))


def _columns(row: Mapping[int, Shown]) -> dict[str, int] | None:
    """Return the columns by title, None where this is not the row of titles."""
    found = {cell.text.partition("(")[0].strip(): column for column, cell in row.items()}
    return found if _ID in found and _TEXT in found else None


def _line(number: int, row: Mapping[int, Shown], titles: Mapping[str, int]) -> Back | None:
    nothing = Shown("", "text")
    text = row.get(titles[_TEXT], nothing)
    mark = read_mark(row.get(titles[_ID], nothing).text)
    if mark is None and not text.text.strip():
        return None
    has_marks = _MARK in titles
    is_marked = has_marks and bool(row.get(titles[_MARK], nothing).text.strip())
    source = row.get(titles.get("Source", -1), nothing).text
    said = text.text if source.startswith("'") else restored(text.text)
    return Back(number, mark, said, is_marked, has_marks, text.kind)


def _csv_rows(data: bytes) -> Iterator[tuple[int, dict[int, Shown]]]:
    """Yield the rows of a CSV file, in whatever encoding and with whatever delimiter Excel chose."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            N_("The file is no UTF-8. Save it as “CSV UTF-8”, or as .xlsx."),
            code="offline.encoding",
        ) from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t|", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            cells: Sequence[str] = row
            yield (
                reader.line_num,
                {at: Shown(cell, "text") for at, cell in enumerate(cells) if cell},
            )
    except csv.Error as error:
        raise no_package() from error


def no_package() -> InputError:
    """Return the refusal of a file that is no offline package."""
    return InputError(
        N_("This is no offline package: none of its strings says what it belongs to. Bring back the "
           "file that was made here, as PO, XLIFF, XLSX or CSV."),
        code="offline.format",
    )  # fmt: skip
