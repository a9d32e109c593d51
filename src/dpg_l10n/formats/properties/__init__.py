"""Java ``.properties`` files.

What is kept, what is refused and how the encoding is found is said in
``docs/formats/properties.md``.
"""

from dpg_l10n.formats.properties.parse import parse, sniff
from dpg_l10n.formats.properties.serialize import serialize
from dpg_l10n.formats.spec import FormatSpec, PluralKind

FORMAT = FormatSpec(
    name="properties",
    title="Java .properties",
    suffixes=(".properties",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
)
