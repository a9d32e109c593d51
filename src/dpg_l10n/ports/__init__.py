"""What the use cases ask of the world: a store, an engine, a clock. Adapters fulfil it."""

from dpg_l10n.ports.engine import Engine, EngineInfo, Pair
from dpg_l10n.ports.memory import Near, SourceIndex, SourceTexts
from dpg_l10n.ports.store import (
    Catalogues,
    Clock,
    Memory,
    Projects,
    Store,
    Translations,
    UnitOfWork,
    Units,
)

__all__ = [
    "Catalogues", "Clock", "Engine", "EngineInfo", "Memory", "Near", "Pair", "Projects",
    "SourceIndex", "SourceTexts", "Store", "Translations", "UnitOfWork", "Units",
]  # fmt: skip
