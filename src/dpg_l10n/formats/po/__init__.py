"""GNU gettext PO and POT files.

The whole text is read with one regular expression; each message keeps its place in it, and what is
written is that text with the changed messages changed. Comments of translators (``# ``) are no part
of an entry: they stay in the layout, hence in every file that is written over the one they are in.
"""

from dpg_l10n.formats.po import keyed
from dpg_l10n.formats.po.detect import sniff, sniff_names
from dpg_l10n.formats.po.header import begin
from dpg_l10n.formats.po.parse import NAME, parse
from dpg_l10n.formats.po.serialize import serialize
from dpg_l10n.formats.spec import FormatSpec, PluralKind

FORMAT = FormatSpec(
    name=NAME,
    title="gettext PO",
    suffixes=(".po", ".pot"),
    bilingual=True,
    plurals=PluralKind.GETTEXT,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    marks_unfinished=True,
)
KEYED = FormatSpec(
    name=keyed.NAME,
    title="gettext PO, msgids are keys",
    suffixes=(".po",),
    bilingual=False,
    plurals=PluralKind.GETTEXT,
    parse=keyed.parse,
    serialize=keyed.serialize,
    sniff=sniff_names,
    begin=begin,
    marks_unfinished=True,
    unusual=True,
)

__all__ = ["FORMAT", "KEYED", "begin", "parse", "serialize"]
