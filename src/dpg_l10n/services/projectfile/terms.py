"""What ``dpg-l10n.toml`` says of words: glossary files, and units of risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dpg_l10n.domain.risk import RISKS, RiskRule
from dpg_l10n.services.projectfile.schema import TABLES, Checker


def glossaries(check: Checker, project: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the paths of glossary files.

    Raises:
        ConfigError: They are no paths inside the project.
    """
    given = project.get("glossaries", [])
    if not isinstance(given, list):
        check.fail("“glossaries” is a list of paths.", "project", "glossaries")
    return tuple(check.inside(path, "glossaries", table="project") for path in given)


def risks(check: Checker, data: Mapping[str, Any]) -> tuple[RiskRule, ...]:
    """Return which units are of which risk.

    Raises:
        ConfigError: A table is broken.
    """
    given = data.get("risk", [])
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        check.fail("Risks are tables: [[risk]].", "risk")
    return tuple(_rule(check, each, index) for index, each in enumerate(given))


def _rule(check: Checker, table: Mapping[str, Any], index: int) -> RiskRule:
    check.known(table, TABLES["risk"], "risk", index)
    risk = check.text(table, "risk", "risk", index)
    if risk not in RISKS:
        check.fail(f"“risk” has to be one of: {', '.join(RISKS)}.", "risk", "risk", index)
    keys = table.get("keys", [])
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) for key in keys):
        check.fail("“keys” is a list of keys, with “*” for any characters.", "risk", "keys", index)
    return RiskRule(risk, tuple(keys))
