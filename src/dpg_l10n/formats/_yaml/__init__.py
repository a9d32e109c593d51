"""Layout-keeping YAML, shared by formats: places of every value, and patches to them."""

from dpg_l10n.formats._yaml.document import LOCALE, Document, Layout, say_words
from dpg_l10n.formats._yaml.scalars import can_be_plain, double_quoted
from dpg_l10n.formats._yaml.scan import scan
from dpg_l10n.formats._yaml.write import apply, write

__all__ = [
    "LOCALE",
    "Document",
    "Layout",
    "apply",
    "can_be_plain",
    "double_quoted",
    "say_words",
    "scan",
    "write",
]
