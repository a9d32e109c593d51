"""CSV: a table of all languages, or keys and values of one (``docs/formats/csv.md``)."""

from dpg_l10n.formats.csv_table.pairs import FORMAT as PAIRS
from dpg_l10n.formats.csv_table.table import FORMAT

__all__ = ["FORMAT", "PAIRS"]
