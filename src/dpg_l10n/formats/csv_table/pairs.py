"""CSV files of keys and texts, one file per language."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._table import delimited
from dpg_l10n.formats._table.columns import find_pair, is_doubtful
from dpg_l10n.formats._table.generic import Table
from dpg_l10n.formats.csv_table.begin import begin
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_TABLE = Table("csv-pairs", delimited.read, begin, find_pair, formulas=True, one_language=True)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the texts of a file.

    Raises:
        FormatError: As :meth:`Table.parse` and :func:`delimited.read` say.
    """
    del source  # a table has no plurals
    return _TABLE.parse(data)


def sniff(path: str, head: bytes) -> bool:
    """Tell from the first row whether a file holds keys and one text for each.

    Titles that data may have as well (``id,no``) need a path that names the language.
    """
    if not path.lower().endswith((".csv", ".tsv")):
        return False
    try:
        grid = delimited.first_row(head).grids[0]
        found = find_pair(0, grid)
    except FormatError:
        return False
    if found is None:
        return False
    titles = grid.rows[found.header]
    named = re.split(r"[/._-]", path.lower())
    return not is_doubtful(found, titles) or titles[found.source].strip().lower() in named


FORMAT = FormatSpec(
    name="csv-pairs",
    title="CSV, one file per language",
    suffixes=(".csv", ".tsv"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=_TABLE.serialize,
    sniff=sniff,
)
"""The format, as detection and the services know it."""
