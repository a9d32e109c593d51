"""Forms out of bytes: workbooks, and CSV files with the sheets one below another, or the survey alone."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dpg_l10n.formats._table import Grid, delimited
from dpg_l10n.formats._table.workbook import is_archive, is_legacy
from dpg_l10n.formats._table.workbook.either import read as read_workbook
from dpg_l10n.formats.xlsform.form import SHEETS, Form, form_of
from dpg_l10n.formats.xlsform.titles import title_of


@lru_cache(maxsize=2)
def read(data: bytes) -> Form:
    """Return a form; the last ones read are kept, since one file is read for each language.

    Raises:
        FormatError: What the readers of workbooks and CSV refuse, and what is no form.
    """
    if is_archive(data) or is_legacy(data):
        return form_of(read_workbook(data), formulas=False)
    return form_of(_in_sheets(delimited.read(data)), formulas=True)


def names_sheet(cells: list[str]) -> str | None:
    """Return the sheet that a row of a CSV form begins: its name, and nothing beside it."""
    name = cells[0].strip().casefold() if cells else ""
    return name if name in SHEETS and not any(cell.strip() for cell in cells[1:]) else None


def is_survey(cells: list[str]) -> bool:
    """Tell whether a row is the titles of a survey sheet with a language: the sheet may stand alone.

    Without a language a table of ``type``, ``name`` and ``label`` may be anything.
    """
    plain = {" ".join(cell.split()).casefold() for cell in cells}
    titles = filter(None, map(title_of, cells))
    return {"type", "name"} <= plain and any(
        title.kind == "label" and title.language is not None for title in titles
    )


def _in_sheets(book: delimited.Delimited) -> delimited.Delimited:
    """Return a CSV file with a grid for each sheet."""
    whole = book.grids[0]
    starts = [
        (at, name) for at, cells in enumerate(whole.rows) if (name := names_sheet(list(cells)))
    ]
    header = whole.first_row()
    if not starts and header is not None and is_survey(list(whole.rows[header])):
        return replace(book, grids=(Grid("survey", whole.rows, whole.lines),), firsts=(0,))
    grids, firsts = [], []
    stops = [at for at, _ in starts[1:]] + [len(whole.rows)]
    for (at, name), stop in zip(starts, stops, strict=False):  # one stop more without any sheet
        grids.append(Grid(name, whole.rows[at + 1 : stop], whole.lines[at + 1 : stop]))
        firsts.append(at + 1)
    return replace(book, grids=tuple(grids), firsts=tuple(firsts))
