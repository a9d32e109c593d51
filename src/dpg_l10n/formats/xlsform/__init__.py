"""XLSForm: forms of ODK, KoboToolbox, CHT and others as spreadsheets (``docs/formats/xlsform.md``)."""

from dpg_l10n.formats._table.workbook import path_of
from dpg_l10n.formats.spec import FormatSpec, Multilingual, PluralKind
from dpg_l10n.formats.xlsform.parse import languages, parse, parse_language, sniff
from dpg_l10n.formats.xlsform.serialize import serialize

FORMAT = FormatSpec(
    name="xlsform",
    title="XLSForm",
    suffixes=(".xlsx", ".xls", ".csv"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    multilingual=Multilingual(languages, parse_language),
    binary=True,
    needs_template=True,
    path=path_of,
    placeholders=("dollar",),
)
"""The format, as detection and the services know it."""
