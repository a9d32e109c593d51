"""What the use cases ask of the world: a store, an engine, a clock. Adapters fulfil it."""

from dpg_l10n.ports.engine import Candidate, Comparable, Engine, EngineInfo, Pair, Weigher, Wish
from dpg_l10n.ports.memory import (
    ForeignMemories,
    IndexedTexts,
    Memory,
    Near,
    SourceIndex,
    WordIndex,
)
from dpg_l10n.ports.store import (
    Catalogues,
    Clock,
    Projects,
    Store,
    TookLongError,
    Translations,
    UnitOfWork,
    Units,
)

__all__ = [
    "Candidate", "Catalogues", "Clock", "Comparable", "Engine", "EngineInfo", "ForeignMemories", "IndexedTexts",
    "Memory", "Near", "Pair", "Projects", "SourceIndex", "Store", "TookLongError", "Translations", "UnitOfWork", "Units", "Weigher",
    "Wish", "WordIndex",
]  # fmt: skip
