"""Layout-keeping JSON, shared by the JSON dialects: places of every value, and patches to them."""

from dpg_l10n.formats._json.document import (
    Document,
    Layout,
    Look,
    key_paths,
    source_of,
    template_of,
    unedited,
)
from dpg_l10n.formats._json.glance import glance
from dpg_l10n.formats._json.plurals import forms_of, has_plurals, plural_groups, wanted_texts
from dpg_l10n.formats._json.records import (
    Dialect,
    laid_out,
    parse_records,
    record_like,
    serialize_records,
)
from dpg_l10n.formats._json.retouch import retouched
from dpg_l10n.formats._json.scan import scan
from dpg_l10n.formats._json.scan5 import scan5
from dpg_l10n.formats._json.shapes import Shape, shape
from dpg_l10n.formats._json.skim import Member, Skimmed, skim
from dpg_l10n.formats._json.view import Note, View, hidden, named, once, require_object, said, top
from dpg_l10n.formats._json.write import Raw, Writer, apply, copied, write
from dpg_l10n.formats._json.write5 import Writer5

__all__ = [
    "Dialect",
    "Document",
    "Layout",
    "Look",
    "Member",
    "Note",
    "Raw",
    "Shape",
    "Skimmed",
    "View",
    "Writer",
    "Writer5",
    "apply",
    "copied",
    "forms_of",
    "glance",
    "has_plurals",
    "hidden",
    "key_paths",
    "laid_out",
    "named",
    "once",
    "parse_records",
    "plural_groups",
    "record_like",
    "require_object",
    "retouched",
    "said",
    "scan",
    "scan5",
    "serialize_records",
    "shape",
    "skim",
    "source_of",
    "template_of",
    "top",
    "unedited",
    "wanted_texts",
    "write",
]
