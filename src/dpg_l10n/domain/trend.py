"""Coverage at days of the past, added up from what each day changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dpg_l10n.domain.coverage import Bucket, Counts, LanguageCoverage

MOST_POINTS = 13
"""Points of a line: a year by months, with both its ends."""


class DayChange(NamedTuple):
    """What the changes of one day added to a counter of a catalogue."""

    catalogue: int
    day: int
    """From 1970, in UTC."""
    language: str
    """BCP 47; empty for the totals of the catalogue."""
    bucket: Bucket
    """Of totals ``missing``, which says nothing."""
    units: int
    words: int


Point = Mapping[str, LanguageCoverage]
"""Coverage at the end of a day by language; a language that was not begun is there, and missing."""


def points(changes: Iterable[DayChange], days: Sequence[int]) -> tuple[Point, ...]:
    """Return the coverage at the end of some days.

    Args:
        changes: All of what is looked at, from the first day on.
        days: From 1970, ascending.
    """
    rest = sorted(changes, key=lambda change: change.day)
    languages = sorted({change.language for change in rest if change.language})
    units: Counter[tuple[str, Bucket]] = Counter()
    words: Counter[tuple[str, Bucket]] = Counter()
    totals = [0, 0]
    found: list[Point] = []
    at = 0
    for day in days:
        if found and (at == len(rest) or rest[at].day > day):
            found.append(found[-1])  # most days change nothing
            continue
        while at < len(rest) and rest[at].day <= day:
            change = rest[at]
            at += 1
            if change.language:
                units[change.language, change.bucket] += change.units
                words[change.language, change.bucket] += change.words
            else:
                totals[0] += change.units
                totals[1] += change.words
        found.append({
            tag: LanguageCoverage(tag, _counts(units, tag, totals[0]), _counts(words, tag, totals[1]))
            for tag in languages
        })  # fmt: skip
    return tuple(found)


def spread(first: int, last: int, most: int = MOST_POINTS) -> tuple[int, ...]:
    """Return days from the first to the last, evenly apart, both among them.

    Args:
        first: From 1970.
        last: Not before the first.
        most: Days returned, 2 or more.
    """
    span = last - first
    if span < most:
        return tuple(range(first, last + 1))
    return tuple(first + span * step // (most - 1) for step in range(most))


def _counts(counted: Mapping[tuple[str, Bucket], int], language: str, total: int) -> Counts:
    present = {bucket: counted.get((language, bucket), 0) for bucket in Bucket}
    return Counts.of({bucket: n for bucket, n in present.items() if n}, total)
