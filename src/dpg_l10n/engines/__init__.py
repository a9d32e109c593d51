"""Machine translation engines, which make drafts.

A new one is a module, a line in this table and what it promises in ``tests/contract``.
"""

from dpg_l10n.engines.spec import EngineSpec
from dpg_l10n.registry import Registry

ENGINES: Registry[EngineSpec] = Registry(
    "engine",
    "dpg_l10n.engines",
    {
        "apertium": "dpg_l10n.engines.apertium:ENGINE",
        "argos": "dpg_l10n.engines.argos:ENGINE",
        "pseudo": "dpg_l10n.engines.pseudo:ENGINE",
    },
)
