"""Workbooks cell by cell, for services whose tables are no catalogues."""

from dpg_l10n.formats._archive import is_archive
from dpg_l10n.formats._table.generic import restored
from dpg_l10n.formats._table.workbook.book import Shown, shown
from dpg_l10n.formats._table.workbook.cells import escaped

__all__ = ["Shown", "escaped", "is_archive", "restored", "shown"]
