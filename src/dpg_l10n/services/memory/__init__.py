"""The memory: what others have translated, offered with where it is from."""

from dpg_l10n.services.memory.search import concordance, search, suggestions

__all__ = ["concordance", "search", "suggestions"]
