"""Checks: what is wrong with a translation, told as findings.

Checks are pure, open no file and know no database. A new one is a module, a line in this table and
a section in ``docs/checks.md``.
"""

from dpg_l10n.checks.spec import CheckSpec
from dpg_l10n.registry import Registry

CHECKS: Registry[CheckSpec] = Registry(
    "check",
    "dpg_l10n.checks",
    {
        name: f"dpg_l10n.checks.{name}:CHECK"
        for name in (
            "empty", "damage", "placeholders", "icu", "plurals", "markup", "numbers", "edges",
            "length", "terms",
        )
    },
)  # fmt: skip
"""In the order in which findings are told: what breaks a program before what a reader sees."""
