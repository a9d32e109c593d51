"""What a draft must carry over, and whether it does: the checks that people's texts meet too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dpg_l10n.checks import markup, numbers, placeholders
from dpg_l10n.checks.run import run
from dpg_l10n.checks.spec import Subject
from dpg_l10n.domain.placeholders import compare, icu
from dpg_l10n.domain.placeholders.kept import kept, same_kept
from dpg_l10n.services.drafting.terms import Terms, TermUse, no_terms

Spans = Callable[[str], list[tuple[int, int]]]
Compare = Callable[[str, str], bool]

_STRUCTURE = (placeholders.CHECK, markup.CHECK)
_NUMBERS = (numbers.CHECK,)


def _always(_source: str, _target: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Guard:
    """What the drafts of some texts are held to."""

    spans: Spans
    """Finds what is carried over: start and end of each, in order, not overlapping."""
    intact: Compare
    """Tells whether a draft has exactly what its source has, tags in an order that closes them."""
    numbers: Compare = _always
    """Tells whether a draft says the numbers of its source."""
    terms: Terms = no_terms
    """Finds the terms of a text, and what a draft may call them."""


def guard_of(kinds: frozenset[str], terms: Terms = no_terms) -> Guard:
    """Return the guard of texts with placeholders of some kinds.

    Args:
        kinds: The kinds.
        terms: Finds the terms of a text.
    """

    def spans(text: str) -> list[tuple[int, int]]:
        found = kept(text, kinds)
        names = (use for use in terms(text) if use.keep)
        return _merged(found, names)

    def intact(source: str, target: str) -> bool:
        whole = icu.flatten(source), icu.flatten(target)
        if not same_kept(*whole, kinds) or compare(source, target, kinds):
            return False
        if any(use.keep and source[use.start : use.end] not in target for use in terms(source)):
            return False
        return not run(Subject(source, target, "", kinds=kinds), _STRUCTURE)

    def same_numbers(source: str, target: str) -> bool:
        return not run(Subject(source, target, "", kinds=kinds), _NUMBERS)

    return Guard(spans, intact, same_numbers, terms)


def _merged(spans: list[tuple[int, int]], names: Iterable[TermUse]) -> list[tuple[int, int]]:
    """Return spans and the names that none of them touches."""
    more = [
        (use.start, use.end)
        for use in names
        if not any(start < use.end and use.start < end for start, end in spans)
    ]
    return sorted(spans + more)
