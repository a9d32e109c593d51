"""Glossaries: words that projects agreed on, taken in as suggestions and enforced when accepted."""

from dpg_l10n.services.glossaries.checking import report
from dpg_l10n.services.glossaries.deciding import add_words, decide
from dpg_l10n.services.glossaries.exporting import export_glossary
from dpg_l10n.services.glossaries.hits import Glance, hits_of_text, hits_of_unit, hits_of_units
from dpg_l10n.services.glossaries.importing import (
    ImportOptions,
    import_glossary,
    starter_options,
    starters,
)
from dpg_l10n.services.glossaries.looking import find, glossaries, glossary, remove_glossary, search

__all__ = [
    "Glance", "ImportOptions", "add_words", "decide", "export_glossary", "find", "glossaries", "glossary",
    "hits_of_text", "hits_of_unit", "hits_of_units", "import_glossary", "remove_glossary", "report",
    "search", "starter_options", "starters",
]  # fmt: skip
