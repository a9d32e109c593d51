"""TBX-Basic (ISO 30042), the exchange format of glossaries: one concept at a time."""

from dpg_l10n.interchange.tbx.read import TbxReader
from dpg_l10n.interchange.tbx.write import write

__all__ = ["TbxReader", "write"]
