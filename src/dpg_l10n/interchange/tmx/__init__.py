"""TMX 1.4b, the exchange format of translation memories: millions of units, one at a time."""

from dpg_l10n.interchange.tmx.read import TmxReader
from dpg_l10n.interchange.tmx.write import write
from dpg_l10n.interchange.units import Problem

__all__ = ["Problem", "TmxReader", "write"]
