"""Glossaries: words that projects agreed on, taken in as suggestions and enforced when accepted."""

from dpg_l10n.services.glossaries.checking import report
from dpg_l10n.services.glossaries.deciding import add_words, decide
from dpg_l10n.services.glossaries.exporting import export_glossary
from dpg_l10n.services.glossaries.hits import hits_of_text, hits_of_unit
from dpg_l10n.services.glossaries.importing import ImportOptions, import_glossary, import_starters
from dpg_l10n.services.glossaries.looking import glossaries, remove_glossary, search

__all__ = [
    "ImportOptions", "add_words", "decide", "export_glossary", "glossaries", "hits_of_text", "hits_of_unit",
    "import_glossary", "import_starters", "remove_glossary", "report", "search",
]  # fmt: skip
