"""Read forms."""

from __future__ import annotations

from dpg_l10n.domain.catalogue import FILE_NAME, NO_FLAGS, Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table import Layout, delimited
from dpg_l10n.formats._table.generic import restored
from dpg_l10n.formats._table.workbook import is_archive, is_legacy
from dpg_l10n.formats.xlsform.form import Form, places
from dpg_l10n.formats.xlsform.reading import is_survey, names_sheet, read
from dpg_l10n.formats.xlsform.titles import MEDIA

_FILE = frozenset({FILE_NAME})


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the source texts of a form.

    Raises:
        FormatError: The bytes are no form; the code says why.
    """
    del source  # a form has no plurals
    form = read(data)
    return catalogue(form, form.own)


def languages(data: bytes) -> tuple[str, ...]:
    """Return the languages beside the source, as the titles spell them.

    Raises:
        FormatError: As :func:`parse`.
    """
    return read(data).languages


def parse_language(data: bytes, language: str) -> Catalogue:
    """Return the texts of a language under the keys of the source.

    Raises:
        FormatError: As :func:`parse`.
    """
    form = read(data)
    return catalogue(form, form.spelled(language) or language)


def catalogue(form: Form, language: str | None) -> Catalogue:
    """Return the texts of a form in a language as it spells it."""
    entries = []
    for key, sheet, row, kind in places(form):
        grid = form.book.grids[sheet.grid]
        column = form.column(sheet, kind, language)
        text = grid.cell(row.at, column) if column is not None else ""
        if form.formulas:
            text = restored(text)
        line = grid.lines[row.at]
        flags = _FILE if kind in MEDIA else NO_FLAGS
        entries.append(Entry(key, text, None, "", row.notes, row.type, flags, None, None, line))
    found = tuple(entries)
    return Catalogue("xlsform", found, language, layout=Layout(form.book, language, found))


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file is a form: by the sheets of a workbook, or by the first row of a CSV file."""
    lower = path.lower()
    try:
        if lower.endswith(".csv"):
            rows = delimited.first_row(head).grids[0].rows
            first = list(rows[-1]) if rows else []
            return names_sheet(first) is not None or is_survey(first)
        if not lower.endswith((".xlsx", ".xls")) or not (is_archive(head) or is_legacy(head)):
            return False
        return any(sheet.titles for sheet in read(head).sheets)
    except FormatError as error:
        return error.error_code == "format.duplicate"
