"""What the formats of tables share: grids of cells, the columns that hold texts, and their edits.

A book (a CSV file, a workbook) is read into :class:`Grid` objects, and writes :class:`Edits` back
into its own bytes without touching anything else.
"""

from dpg_l10n.formats._table.grid import Book, Edits, Grid, NewColumn
from dpg_l10n.formats._table.layout import Layout, unedited

__all__ = ["Book", "Edits", "Grid", "Layout", "NewColumn", "unedited"]
