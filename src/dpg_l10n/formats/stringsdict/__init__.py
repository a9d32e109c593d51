"""Apple ``.stringsdict`` files: plurals by CLDR category in an XML property list.

What is an entry, and what becomes of several variables in one text, is said in
``docs/formats/stringsdict.md``.
"""

from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.formats.stringsdict.parse import parse, sniff
from dpg_l10n.formats.stringsdict.serialize import serialize

FORMAT = FormatSpec(
    name="stringsdict",
    title="Apple .stringsdict",
    suffixes=(".stringsdict",),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("printf",),
)
