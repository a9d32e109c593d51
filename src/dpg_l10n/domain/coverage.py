"""Coverage: how much of a project people can read, counted so that anyone can count again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dpg_l10n.domain import locales
from dpg_l10n.domain.message import Text, texts
from dpg_l10n.domain.placeholders import letters_outside
from dpg_l10n.domain.states import State


class Bucket(StrEnum):
    """What a unit counts as in one language; every unit is in exactly one."""

    REVIEWED = "reviewed"
    TRANSLATED = "translated"
    NEEDS_WORK = "needs_work"
    DRAFT = "draft"
    COPIED = "copied"
    MISSING = "missing"


class CountPolicy(StrEnum):
    """Which texts a project counts as covered."""

    TRANSLATED = "translated"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Counts:
    """Units (or source words) per bucket; their sum is the total of the source."""

    reviewed: int = 0
    translated: int = 0
    needs_work: int = 0
    draft: int = 0
    copied: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        """Sum of all buckets."""
        return (
            self.reviewed
            + self.translated
            + self.needs_work
            + self.draft
            + self.copied
            + self.missing
        )

    def __add__(self, other: Counts) -> Counts:
        """Return both counted together."""
        return Counts(
            self.reviewed + other.reviewed,
            self.translated + other.translated,
            self.needs_work + other.needs_work,
            self.draft + other.draft,
            self.copied + other.copied,
            self.missing + other.missing,
        )

    @classmethod
    def of(cls, present: Mapping[Bucket, int], total: int) -> Counts:
        """Return counts where only the present texts are known: what is left is missing."""
        count = present.get
        reviewed, translated = count(Bucket.REVIEWED, 0), count(Bucket.TRANSLATED, 0)
        needs_work, draft = count(Bucket.NEEDS_WORK, 0), count(Bucket.DRAFT, 0)
        copied = count(Bucket.COPIED, 0)
        missing = total - reviewed - translated - needs_work - draft - copied
        return cls(reviewed, translated, needs_work, draft, copied, missing)

    def covered(self, policy: CountPolicy) -> int:
        """Return how many count as covered."""
        if policy is CountPolicy.REVIEWED:
            return self.reviewed
        return self.reviewed + self.translated


@dataclass(frozen=True, slots=True)
class LanguageCoverage:
    """One language of a project or catalogue."""

    language: str
    units: Counts
    words: Counts

    def ratio(self, policy: CountPolicy) -> float:
        """Return covered units by all units, 0.0 to 1.0; an empty project is 0.0."""
        return self.units.covered(policy) / self.units.total if self.units.total else 0.0

    def percent(self, policy: CountPolicy) -> int:
        """Return whole percents rounded down: 100 means all."""
        return 100 * self.units.covered(policy) // self.units.total if self.units.total else 0


def is_copied(
    source: Text, target: Text, source_language: str, language: str, kinds: frozenset[str] | None
) -> bool:
    """Tell whether a text is the source's, left as it was in another language.

    Names and codes stay the same in many languages; so a copy is a text with more than 3 letters
    outside placeholders, in another base language.
    """
    if source == target:
        pass
    elif (
        isinstance(source, str)
        or isinstance(target, str)
        or not set(texts(target)) <= set(texts(source))
    ):
        return False
    if locales.base(language) == locales.base(source_language):
        return False
    return any(letters_outside(text, kinds) > 3 for text in texts(source))


def bucket_of(state: State, *, copied: bool) -> Bucket:
    """Return where a translation counts."""
    if copied and state in (State.TRANSLATED, State.REVIEWED):
        return Bucket.COPIED
    return Bucket(state.value)


def total(rows: Iterable[LanguageCoverage]) -> dict[str, LanguageCoverage]:
    """Return the sum per language of several catalogues, languages sorted by tag."""
    summed: dict[str, LanguageCoverage] = {}
    for row in rows:
        old = summed.get(row.language)
        summed[row.language] = (
            LanguageCoverage(row.language, old.units + row.units, old.words + row.words)
            if old
            else row
        )
    return dict(sorted(summed.items()))
