"""What differs between databases: opening them, writing many rows, locks, backups."""

from dpg_l10n.registry import Registry
from dpg_l10n.store.dialects.spec import Dialect

DIALECTS: Registry[Dialect] = Registry(
    "database",
    "dpg_l10n.dialects",
    {
        "sqlite": "dpg_l10n.store.dialects.sqlite:DIALECT",
        "postgresql": "dpg_l10n.store.dialects.postgresql:DIALECT",
    },
)
