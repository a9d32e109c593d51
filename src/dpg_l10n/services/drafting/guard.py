"""What a draft must carry over, and whether it does: the checks that people's texts meet too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dpg_l10n.checks import markup, numbers, placeholders
from dpg_l10n.checks.run import run
from dpg_l10n.checks.spec import Subject
from dpg_l10n.domain.placeholders import compare, icu
from dpg_l10n.domain.placeholders.kept import kept, same_kept

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


def guard_of(kinds: frozenset[str]) -> Guard:
    """Return the guard of texts with placeholders of some kinds."""

    def intact(source: str, target: str) -> bool:
        whole = icu.flatten(source), icu.flatten(target)
        if not same_kept(*whole, kinds) or compare(source, target, kinds):
            return False
        return not run(Subject(source, target, "", kinds=kinds), _STRUCTURE)

    def same_numbers(source: str, target: str) -> bool:
        return not run(Subject(source, target, "", kinds=kinds), _NUMBERS)

    return Guard(lambda text: kept(text, kinds), intact, same_numbers)
