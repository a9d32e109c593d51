"""Texts that say nothing although they are not empty."""

from __future__ import annotations

import re

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.i18n import N_

BLANK = Rule("empty", Severity.ERROR, N_("The text is nothing but white space."))

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")


def is_invisible(text: str) -> bool:
    """Tell whether a text has nothing but spaces, joiners and marks of direction."""
    return _INVISIBLE.fullmatch(text) is not None


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    found: list[Finding] = []
    for label, source, target, _ in pairs:
        if target[0].isalnum():
            continue
        if is_invisible(target) and not is_invisible(source):
            found.append(BLANK(variant=label))
    return found


CHECK = CheckSpec("empty", (BLANK,), _run)
