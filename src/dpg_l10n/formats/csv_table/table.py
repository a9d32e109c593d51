"""CSV files of a key, the source, and one column per language."""

from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table import delimited
from dpg_l10n.formats._table.columns import find_columns, is_table
from dpg_l10n.formats._table.generic import Table
from dpg_l10n.formats.csv_table.begin import begin
from dpg_l10n.formats.spec import FormatSpec, Multilingual, PluralKind

_TABLE = Table("csv", delimited.read, begin, formulas=True)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the source texts of a table.

    Raises:
        FormatError: As :meth:`Table.parse` and :func:`delimited.read` say.
    """
    del source  # a table has no plurals
    return _TABLE.parse(data)


def sniff(path: str, head: bytes) -> bool:
    """Tell from the first row whether a file is a table of a source and other languages."""
    if not path.lower().endswith((".csv", ".tsv")):
        return False
    try:
        book = delimited.first_row(head)
        return is_table(find_columns(0, book.grids[0]))
    except FormatError:
        return False


FORMAT = FormatSpec(
    name="csv",
    title="CSV, all languages in one table",
    suffixes=(".csv", ".tsv"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=_TABLE.serialize,
    sniff=sniff,
    multilingual=Multilingual(_TABLE.languages, _TABLE.parse),
)
"""The format, as detection and the services know it."""
