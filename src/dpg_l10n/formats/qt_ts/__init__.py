"""Qt's ``.ts`` translations.

What is kept, what is refused and how plurals are counted is said in ``docs/formats/qt-ts.md``.
"""

from dpg_l10n.formats.qt_ts.parse import NAME, parse, sniff
from dpg_l10n.formats.qt_ts.write import begin, serialize
from dpg_l10n.formats.spec import FormatSpec, PluralKind

FORMAT = FormatSpec(
    name=NAME,
    title="Qt translations (.ts)",
    suffixes=(".ts",),
    bilingual=True,
    plurals=PluralKind.GETTEXT,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    marks_unfinished=True,
    placeholders=("qt", "brace"),
)

__all__ = ["FORMAT", "begin", "parse", "serialize"]
