"""The memory: what others have translated, offered with where it is from."""

from dpg_l10n.services.memory.exporting import export_memory
from dpg_l10n.services.memory.importing import (
    ImportOptions,
    import_memory,
    memories,
    remove_memory,
)
from dpg_l10n.services.memory.search import (
    THRESHOLD,
    concordance,
    rebuild_index,
    search,
    suggestions,
)

__all__ = [
    "THRESHOLD", "ImportOptions", "concordance", "export_memory", "import_memory", "memories", "rebuild_index",
    "remove_memory", "search", "suggestions",
]  # fmt: skip
