"""Apple ``.strings`` files: the old property list of pairs.

What is kept, what is refused and what is a note is said in ``docs/formats/strings.md``.
"""

from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.formats.strings.parse import parse
from dpg_l10n.formats.strings.serialize import serialize
from dpg_l10n.formats.strings.sniff import sniff

FORMAT = FormatSpec(
    name="strings",
    title="Apple .strings",
    suffixes=(".strings",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("printf",),
)
