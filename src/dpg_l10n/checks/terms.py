"""Words that a project's glossary asks for, forbids, or leaves untranslated."""

from __future__ import annotations

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject, When
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.domain.placeholders import find
from dpg_l10n.domain.risk import RISKY
from dpg_l10n.domain.terms import Hit, Said
from dpg_l10n.i18n import N_

MISSING = Rule(
    "term.missing",
    Severity.WARNING,
    N_("The glossary says for “{term}”: {accepted}. None of it is here."),
)
FORBIDDEN = Rule(
    "term.forbidden",
    Severity.WARNING,
    N_("For “{term}” the glossary forbids “{forbidden}”. It says: {accepted}."),
)
CHANGED = Rule(
    "term.changed", Severity.WARNING, N_("The name “{term}” is not translated, and is not here.")
)
_SHOWN = 3
"""Accepted words that a message names."""


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    found: list[Finding] = []
    if subject.terms is None:
        return found
    severity = Severity.ERROR if subject.risk in RISKY else None
    for label, source, target, _ in pairs:
        hits = subject.terms.find(source)
        if hits:
            found += _findings(subject, label, source, target, hits, severity)
    return found


def _findings(
    subject: Subject,
    label: str | None,
    source: str,
    target: str,
    hits: list[Hit],
    severity: Severity | None,
) -> list[Finding]:
    found: dict[tuple[str, str], Finding] = {}
    values = [(each.start, each.end) for each in find(source, subject.kinds)]
    said = Said(target, subject.language)
    for hit in hits:
        if any(start < hit.end and hit.start < end for start, end in values):
            continue  # the name of a value is no word
        term = source[hit.start : hit.end]
        for word in hit.forbidden:
            span = said.wrongly(word, hit.accepted)
            if span is not None:
                found["forbidden", word] = FORBIDDEN(
                    severity=severity, span=span, variant=label, term=term,
                    forbidden=target[span[0] : span[1]], accepted=_shown(hit),
                )  # fmt: skip
        if hit.keep:
            if term not in target and not any(map(said.says, hit.accepted)):
                found["changed", term] = CHANGED(severity=severity, variant=label, term=term)
        elif hit.accepted and not any(map(said.says, hit.accepted)):
            found["missing", hit.accepted[0]] = MISSING(
                severity=severity, variant=label, term=term, accepted=_shown(hit)
            )
    return list(found.values())


def _shown(hit: Hit) -> str:
    return ", ".join(hit.accepted[:_SHOWN]) or "–"


CHECK = CheckSpec("terms", (MISSING, FORBIDDEN, CHANGED), _run, when=When.TERMS)
