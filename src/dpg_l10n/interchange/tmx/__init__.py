"""TMX 1.4b, the exchange format of translation memories: millions of units, one at a time."""

from dpg_l10n.interchange.tmx.read import Problem, TmxReader
from dpg_l10n.interchange.tmx.write import write

__all__ = ["Problem", "TmxReader", "write"]
