"""Texts that are longer than the place they are shown in."""

from __future__ import annotations

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject, When
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.i18n import N_

EXCEEDED = Rule(
    "length.exceeded",
    Severity.ERROR,
    N_("The text has {length} characters; there is room for {limit}."),
)


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    limit = subject.max_chars
    if limit is None:
        return []
    return [
        EXCEEDED(
            variant=pair.label,
            span=(limit, len(pair.target)),
            length=str(len(pair.target)),
            limit=str(limit),
        )
        for pair in pairs
        if len(pair.target) > limit
    ]


CHECK = CheckSpec("length", (EXCEEDED,), _run, when=When.LIMIT)
