"""Placeholders that a translation lost, gained or changed."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject, When
from dpg_l10n.domain import plurals
from dpg_l10n.domain.findings import Finding, Rule, Severity, Span
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.placeholders import MARKUP, Difference, compare, find
from dpg_l10n.i18n import N_

LOST = Rule(
    "placeholder.lost",
    Severity.ERROR,
    N_("The placeholder {placeholder} of the source is missing."),
)
ADDED = Rule(
    "placeholder.added",
    Severity.ERROR,
    N_("The source has no placeholder {placeholder}."),
)
CHANGED = Rule(
    "placeholder.changed",
    Severity.ERROR,
    N_("The placeholder {expected} of the source became {placeholder}."),
)
ORDER = Rule(
    "placeholder.order",
    Severity.ERROR,
    N_("{placeholder} stand in another order. Number them: {numbered}."),
)
COUNT = Rule(
    "placeholder.count",
    Severity.WARNING,
    N_("The placeholder {placeholder} stands here another number of times than in the source."),
)
DROPPED = Rule(
    "plural.number_dropped",
    Severity.WARNING,
    N_("This variant leaves out {placeholder}, but “{category}” stands for several numbers here."),
)

_LAYOUT = re.compile(r"(?<=%)[-+0#',]*\d*(?:\.\d+)?(?=[a-zA-Z@])")
"""Width and precision of printf: another one looks different and breaks nothing."""
_ASKS = frozenset({"code", "element", "at", "i18next"})
"""What only asks: code in prose, because translators write its ``<file name>`` in their language,
a name behind an at sign, which is Drupal's placeholder or somebody's example (``@username``), and
another message that is put in (``$t(password)``), which a sentence may want in another form."""
_FEW = ("zero", "one", "two")
_COUNT_NAME = re.compile(r"count|num|n$|total|amount|qty|quantity|anzahl|smart", re.IGNORECASE)
_INTEGER = re.compile(r"%(?:\d+\$|\(\w+\))?[-+0#',]*\d*(?:hh|h|ll|l|q|j|z|t)?[diu]|%L?n")
_UNNUMBERED = re.compile(r"%[^%\d({<]*(?:\d+(?!\$)[^$]*)?[a-zA-Z@]|\{[:!][^{}]*\}|\{\}")


@lru_cache(maxsize=128)
def _kinds(kinds: frozenset[str]) -> frozenset[str]:
    return kinds - MARKUP


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    found: list[Finding] = []
    kinds = _kinds(subject.kinds)
    for pair in pairs:
        difference = compare(pair.source, pair.target, kinds)
        if difference:
            found += _tell(subject, pair, difference, kinds)
    return found


def _tell(
    subject: Subject, pair: Pair, difference: Difference, kinds: frozenset[str]
) -> list[Finding]:
    label, source, target, category = pair
    if category in _FEW and isinstance(subject.source, Plural):
        # The source's own singular may say the number in words ("One file"): the general form
        # is as good a measure for a translation that keeps it.
        general = subject.source.get("other") or subject.source.forms[-1][1]
        against_general = compare(general, target, kinds)
        if len(sum(against_general, ())) < len(sum(difference, ())):
            difference, source = against_general, general
    lost, added = difference
    if not difference:
        return []
    if category in _FEW and len(lost) == 1 and not added and _is_count(lost[0], source, kinds):
        if _stands_for_one_number(subject.language, category):
            return []
        return [DROPPED(variant=label, placeholder=lost[0], category=category)]
    present = find(target, kinds)
    if not any(found.kind == "icu" for found in present) and any(
        found.kind == "icu" for found in find(source, kinds)
    ):
        return []  # told by the check of ICU syntax
    spans = {found.text: (found.start, found.end) for found in present}
    if sorted(lost) == sorted(added):
        return [
            ORDER(variant=label, placeholder=", ".join(added), numbered=", ".join(map(_number, lost)))
        ]  # fmt: skip
    if len(lost) == len(added) == 1:
        layout = _LAYOUT.sub("", lost[0]) == _LAYOUT.sub("", added[0])
        layout = layout or all(found.kind in _ASKS for found in present if found.text == added[0])
        return [
            CHANGED(
                severity=Severity.WARNING if layout else None,
                variant=label,
                span=spans.get(added[0]),
                expected=lost[0],
                placeholder=added[0],
            )
        ]
    before = find(source, kinds)
    wanted = {found.text for found in before}
    code = {found.text for found in (*before, *present) if found.kind in _ASKS}
    findings = [
        _rule(LOST, text, spans)(severity=_severity(text, code), variant=label, placeholder=text)
        for text in dict.fromkeys(lost)
    ]
    return findings + [
        _rule(ADDED, text, wanted)(
            severity=_severity(text, code), variant=label, span=spans.get(text), placeholder=text
        )
        for text in dict.fromkeys(added)
    ]


def _severity(text: str, code: Collection[str]) -> Severity | None:
    """Return the severity of a placeholder; None for that of the rule."""
    return Severity.WARNING if text in code else None


def _rule(rule: Rule, text: str, known: dict[str, Span] | set[str]) -> Rule:
    """Return the milder rule where a named placeholder is on both sides, but not as often."""
    return COUNT if text in known and not _UNNUMBERED.fullmatch(text) else rule


def _number(text: str) -> str:
    return text.replace("%", "%…$", 1)


def _is_count(lost: str, source: str, kinds: frozenset[str]) -> bool:
    """Tell whether a placeholder holds the number that a plural depends on."""
    if _INTEGER.fullmatch(lost) or _COUNT_NAME.search(lost):
        return True
    return len([found for found in find(source, kinds) if found.text != "%%"]) == 1


@lru_cache(maxsize=1024)
def _stands_for_one_number(language: str, category: str) -> bool:
    """Tell whether a variant is used for one whole number only, so that words can say it."""
    return sum(plurals.category(language, number) == category for number in range(200)) <= 1


CHECK = CheckSpec(
    "placeholders", (LOST, ADDED, CHANGED, ORDER, COUNT, DROPPED), _run, when=When.SIGNS
)
