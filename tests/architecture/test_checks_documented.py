"""The page on checks and the checks themselves say the same."""

from __future__ import annotations

import re
from pathlib import Path

from dpg_l10n.checks import CHECKS

_PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def _sections() -> dict[str, str]:
    text = _PAGE.read_text(encoding="utf-8")
    parts = re.split(r"^## (\S+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_code_has_a_section_and_every_section_a_code() -> None:
    codes = {rule.code for check in CHECKS for rule in check.rules}
    assert set(_sections()) == codes


def test_each_section_begins_with_the_severity_of_the_rule() -> None:
    sections = _sections()
    for check in CHECKS:
        for rule in check.rules:
            assert sections[rule.code].lstrip().startswith(f"**{rule.severity.value}**"), rule.code
