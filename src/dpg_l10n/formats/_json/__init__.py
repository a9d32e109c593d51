"""Layout-keeping JSON, shared by the JSON dialects: places of every value, and patches to them."""

from dpg_l10n.formats._json.document import Document, Layout, key_paths, template_of, unedited
from dpg_l10n.formats._json.scan import scan
from dpg_l10n.formats._json.write import write

__all__ = ["Document", "Layout", "key_paths", "scan", "template_of", "unedited", "write"]
