"""TBX (ISO 30042): the concepts of a glossary, with their terms in all languages.

What is a unit, what is kept and what is refused is said in ``docs/formats/tbx.md``.
"""

from dpg_l10n.formats.spec import FormatSpec, Multilingual, PluralKind
from dpg_l10n.formats.tbx.pairs import FORMAT as PAIRS
from dpg_l10n.formats.tbx.read import languages, parse, parse_language, sniff
from dpg_l10n.formats.tbx.write import serialize

FORMAT = FormatSpec(
    name="tbx",
    title="TBX glossary",
    suffixes=(".tbx", ".xml"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    multilingual=Multilingual(languages, parse_language),
)

__all__ = ["FORMAT", "PAIRS"]
