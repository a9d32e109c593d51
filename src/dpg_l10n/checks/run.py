"""Run checks over messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from dpg_l10n.checks import CHECKS
from dpg_l10n.checks.spec import SIGNS, CheckSpec, Pair, Subject, When
from dpg_l10n.domain.findings import Finding
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, plain, texts
from dpg_l10n.domain.plurals import categories

_KEY = re.compile(r"[A-Za-z0-9]+(?:[._][A-Za-z0-9]+)+|[a-z]+[0-9]*(?:[A-Z]+[a-z0-9]*)+")
"""A source that is a name in a program and no text: Zope's ``label_save``, with the text in a note,
Qt's ``aboutTranslation``, with the text in the English file."""
_BESIDE_SOURCE = frozenset({"placeholders", "markup", "numbers", "edges", "icu"})
"""Checks that compare a text with what its source says."""


class _Plan(NamedTuple):
    """Checks by what they need; a named tuple because it is read on every write."""

    always: tuple[CheckSpec, ...]
    signs: tuple[CheckSpec, ...]
    variants: tuple[CheckSpec, ...]
    limit: tuple[CheckSpec, ...]
    terms: tuple[CheckSpec, ...]


@lru_cache(maxsize=1)
def all_checks() -> tuple[CheckSpec, ...]:
    """Return every registered check, loaded once."""
    return tuple(CHECKS)


@lru_cache(maxsize=32)
def _plan(checks: tuple[CheckSpec, ...] | None) -> _Plan:
    chosen = all_checks() if checks is None else checks
    return _Plan(*(tuple(check for check in chosen if check.when is when) for when in When))


def run(subject: Subject, checks: tuple[CheckSpec, ...] | None = None) -> tuple[Finding, ...]:
    """Return what the checks find in a message; nothing where the target says nothing.

    Args:
        subject: The message.
        checks: Checks to run; None means every registered one.
    """
    source, target = subject.source, subject.target
    plan = _plan(checks)
    chosen = plan.always
    if isinstance(source, str) and isinstance(target, str):
        if not target:
            return ()
        pairs: tuple[Pair, ...] = (Pair(None, source, target, None),)
        if SIGNS.search(source) or SIGNS.search(target):
            chosen += plan.signs
    else:
        pairs = align(subject)
        if not pairs:
            return ()
        chosen += plan.signs
        if isinstance(target, Plural):
            chosen += plan.variants
    if subject.max_chars is not None:
        chosen += plan.limit
    if subject.terms is not None:
        chosen += plan.terms
    if all(map(_KEY.fullmatch, texts(source))):
        chosen = tuple(check for check in chosen if check.name not in _BESIDE_SOURCE)
    found: list[Finding] = []
    for check in chosen:
        found += check.run(subject, pairs)
    return tuple(found)


def run_many(
    subjects: Iterable[Subject], checks: tuple[CheckSpec, ...] | None = None
) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings of each message, in order."""
    return (run(subject, checks) for subject in subjects)


def align(subject: Subject) -> tuple[Pair, ...]:
    """Return each filled string of a target with the string of the source that it stands for."""
    source, target = subject.source, subject.target
    if isinstance(target, str):
        return (Pair(None, plain(source), target, None),) if target else ()
    meant = _categories(target, subject.language)
    return tuple(
        Pair(label, _counterpart(source, category), text, category)
        for (label, text), category in zip(target.forms, meant, strict=True)
        if text
    )


def _categories(target: Plural, language: str) -> tuple[str, ...]:
    """Return the CLDR category that each label stands for.

    Which numbers a gettext index has is known from the file's formula only. Formulas list the
    forms in CLDR's order, so as many forms as categories are taken for them; else the first of
    several is taken for ``one``.
    """
    labels = target.labels
    if not any(map(str.isdigit, labels)):
        return labels
    known = categories(language)
    if len(known) == len(labels):
        return known
    if len(labels) == 1:
        return ("other",)
    return ("one", *("other" for _ in labels[1:]))


def _counterpart(source: str | Plural, category: str) -> str:
    if isinstance(source, str):
        return source
    same = source.get(category)
    if same is None and category == "one" and len(source.forms) > 1:
        return source.forms[0][1] if source.labels[0] not in CLDR_CATEGORIES else plain(source)
    return same or source.get("other") or plain(source)
