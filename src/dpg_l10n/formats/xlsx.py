"""Spreadsheets of a key, the source, and one column per language (``docs/formats/xlsx.md``)."""

from __future__ import annotations

from collections.abc import Sequence

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table.columns import find_columns, is_table
from dpg_l10n.formats._table.generic import Table
from dpg_l10n.formats._table.workbook import begin, is_archive, is_legacy, path_of
from dpg_l10n.formats._table.workbook.either import read
from dpg_l10n.formats.spec import FormatSpec, Multilingual, PluralKind


def _begin(rows: Sequence[Sequence[str]]) -> bytes:
    return begin({"texts": rows})


_TABLE = Table("xlsx", read, _begin)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the source texts of a workbook's tables.

    Raises:
        FormatError: As :meth:`Table.parse` and the readers of workbooks say.
    """
    del source  # a table has no plurals
    return _TABLE.parse(data)


def sniff(path: str, head: bytes) -> bool:
    """Tell from the first rows of its sheets whether a file holds a table of languages."""
    if not path.lower().endswith(FORMAT.suffixes) or not (is_archive(head) or is_legacy(head)):
        return False
    try:
        grids = read(head).grids
        return any(is_table(find_columns(at, grid)) for at, grid in enumerate(grids))
    except FormatError:
        return False


FORMAT = FormatSpec(
    name="xlsx",
    title="Spreadsheet, all languages in one table",
    suffixes=(".xlsx", ".xls"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=_TABLE.serialize,
    sniff=sniff,
    multilingual=Multilingual(_TABLE.languages, _TABLE.parse),
    binary=True,
    path=path_of,
)
"""The format, as detection and the services know it."""
