"""Workbooks of both kinds, by their first bytes."""

from __future__ import annotations

from dpg_l10n.formats._table.grid import Book
from dpg_l10n.formats._table.workbook.book import read as read_workbook
from dpg_l10n.formats._table.workbook.legacy import is_legacy, read_legacy


def read(data: bytes) -> Book:
    """Return a workbook, ``.xlsx`` or ``.xls``.

    Raises:
        FormatError: As the readers of both say.
    """
    return read_legacy(data) if is_legacy(data) else read_workbook(data)
