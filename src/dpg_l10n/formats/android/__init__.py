"""Android string resources: ``res/values*/strings.xml``.

What is kept, what is refused and what counts as a unit is said in ``docs/formats/android.md``.
"""

from dpg_l10n.formats.android.parse import parse
from dpg_l10n.formats.android.serialize import begin, serialize
from dpg_l10n.formats.android.sniff import sniff
from dpg_l10n.formats.spec import FormatSpec, PluralKind

FORMAT = FormatSpec(
    name="android",
    title="Android strings.xml",
    suffixes=(".xml",),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
)
