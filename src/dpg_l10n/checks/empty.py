"""Texts that say nothing although they are not empty."""

from __future__ import annotations

import re

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.i18n import N_

BLANK = Rule("empty", Severity.ERROR, N_("The text is nothing but white space."))

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    found: list[Finding] = []
    for label, source, target, _ in pairs:
        if target[0].isalnum():
            continue
        if _INVISIBLE.fullmatch(target) and not _INVISIBLE.fullmatch(source):
            found.append(BLANK(variant=label))
    return found


CHECK = CheckSpec("empty", (BLANK,), _run)
