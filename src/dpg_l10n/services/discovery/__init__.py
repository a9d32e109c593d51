"""Find the catalogues of a repository that does not name them."""

from dpg_l10n.services.discovery.contents import format_by_suffix, sniff
from dpg_l10n.services.discovery.naming import clean, name_catalogues, slugify
from dpg_l10n.services.discovery.slots import language_in
from dpg_l10n.services.discovery.survey import discover
from dpg_l10n.services.discovery.targets import find_targets
from dpg_l10n.services.discovery.tree import Tree, list_files

__all__ = [
    "Tree",
    "clean",
    "discover",
    "find_targets",
    "format_by_suffix",
    "language_in",
    "list_files",
    "name_catalogues",
    "slugify",
    "sniff",
]
