"""Apple string catalogues (``.xcstrings``): JSON that holds the source and all languages.

What is an entry, and what the states mean, is said in ``docs/formats/xcstrings.md``.
"""

from dpg_l10n.formats.spec import FormatSpec, Multilingual, PluralKind
from dpg_l10n.formats.xcstrings.parse import languages, parse, parse_language, sniff
from dpg_l10n.formats.xcstrings.serialize import serialize

FORMAT = FormatSpec(
    name="xcstrings",
    title="Apple string catalogue",
    suffixes=(".xcstrings",),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    multilingual=Multilingual(languages, parse_language),
    placeholders=("printf", "arg"),
)
