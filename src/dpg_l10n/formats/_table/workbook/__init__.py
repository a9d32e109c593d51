"""Workbooks (.xlsx) as grids: one cell changes, every other byte of every member stays.

The text of a cell is patched inside its sheet's XML (ECMA-376 part 1, clause 18.3), the sheet alone
is packed anew, and all other members of the archive are copied as they are packed.
"""

from dpg_l10n.formats._archive import is_archive
from dpg_l10n.formats._table.workbook.begin import begin
from dpg_l10n.formats._table.workbook.book import Workbook, read
from dpg_l10n.formats._table.workbook.legacy import is_legacy, path_of

__all__ = ["Workbook", "begin", "is_archive", "is_legacy", "path_of", "read"]
