"""Plural variants that a language needs, or does not know."""

from __future__ import annotations

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject, When
from dpg_l10n.domain import plurals
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.domain.message import CLDR_CATEGORIES
from dpg_l10n.i18n import N_

MISSING = Rule(
    "plural.missing",
    Severity.ERROR,
    N_("The plural variant “{category}” is missing, which this language needs."),
)
EXTRA = Rule(
    "plural.extra",
    Severity.INFO,
    N_("This language has no plural category “{category}”: the variant is never shown."),
)


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    target = subject.target
    if isinstance(target, str) or not any(label in CLDR_CATEGORIES for label in target.labels):
        return []
    language = subject.language
    known = plurals.categories(language)
    missing = [
        MISSING(variant=category, category=category)
        for category in plurals.required(language)
        if not target.get(category)
    ]
    # Rails and i18next show “zero” for 0 in every language.
    return missing + [
        EXTRA(variant=label, category=label)
        for label, text in target.forms
        if text and label in CLDR_CATEGORIES and label not in known and label != "zero"
    ]


CHECK = CheckSpec("plurals", (MISSING, EXTRA), _run, when=When.VARIANTS)
