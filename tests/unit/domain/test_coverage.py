from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.coverage import (
    Bucket,
    CountPolicy,
    Counts,
    LanguageCoverage,
    bucket_of,
    is_copied,
    total,
)
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.domain.states import State

_COUNTS = st.builds(Counts, *[st.integers(0, 1000)] * 6)
_ROWS = st.builds(LanguageCoverage, st.sampled_from(["am", "sw", "ar"]), _COUNTS, _COUNTS)


@given(_COUNTS, _COUNTS)
def test_buckets_sum_to_the_total(one: Counts, two: Counts) -> None:
    assert one.total == sum(getattr(one, bucket.value) for bucket in Bucket)
    assert (one + two).total == one.total + two.total


@given(_COUNTS)
def test_drafts_copies_and_work_never_count_as_covered(counts: Counts) -> None:
    rest = counts.needs_work + counts.draft + counts.copied + counts.missing
    assert counts.covered(CountPolicy.TRANSLATED) == counts.total - rest
    assert counts.covered(CountPolicy.REVIEWED) == counts.reviewed


@given(st.dictionaries(st.sampled_from([b for b in Bucket if b != "missing"]), st.integers(0, 9)))
def test_what_no_bucket_has_is_missing(present: dict[Bucket, int]) -> None:
    counts = Counts.of(present, 100)
    assert counts.total == 100
    assert counts.missing == 100 - sum(present.values())


@given(_COUNTS)
def test_a_hundred_percent_means_all(counts: Counts) -> None:
    row = LanguageCoverage("sw", counts, counts)
    for policy in CountPolicy:
        assert (row.percent(policy) == 100) is (0 < counts.total == counts.covered(policy))
        assert row.percent(policy) / 100 <= row.ratio(policy) <= 1 or counts.total == 0


@pytest.mark.parametrize(
    ("reviewed", "percent"), [(0, 0), (1, 0), (665, 99), (669, 99), (670, 100)]
)
def test_percents_are_rounded_down(reviewed: int, percent: int) -> None:
    row = LanguageCoverage("sw", Counts(reviewed=reviewed, missing=670 - reviewed), Counts())
    assert row.percent(CountPolicy.REVIEWED) == percent


def test_an_empty_project_is_covered_by_nothing() -> None:
    row = LanguageCoverage("sw", Counts(), Counts())
    assert (row.ratio(CountPolicy.TRANSLATED), row.percent(CountPolicy.TRANSLATED)) == (0.0, 0)


@given(st.lists(_ROWS))
def test_catalogues_are_summed_by_language(rows: list[LanguageCoverage]) -> None:
    summed = total(rows)
    assert list(summed) == sorted({row.language for row in rows})
    for language, row in summed.items():
        assert row.units.total == sum(r.units.total for r in rows if r.language == language)
        assert row.words.draft == sum(r.words.draft for r in rows if r.language == language)


@pytest.mark.parametrize(
    ("state", "copied", "bucket"),
    [
        (State.MISSING, False, Bucket.MISSING),
        (State.DRAFT, True, Bucket.DRAFT),
        (State.NEEDS_WORK, True, Bucket.NEEDS_WORK),
        (State.TRANSLATED, True, Bucket.COPIED),
        (State.REVIEWED, True, Bucket.COPIED),
        (State.TRANSLATED, False, Bucket.TRANSLATED),
        (State.REVIEWED, False, Bucket.REVIEWED),
    ],
)
def test_only_a_finished_text_counts_as_a_copy(state: State, copied: bool, bucket: Bucket) -> None:
    assert bucket_of(state, copied=copied) is bucket


FILES = Plural.of(one="one file", other="more files")


@pytest.mark.parametrize(
    ("source", "target", "language", "copied"),
    [
        ("Dashboard", "Dashboard", "sw", True),
        ("Dashboard", "dashboard", "sw", False),
        ("Dashboard", "Dashboard", "en-GB", False),
        ("SMS", "SMS", "sw", False),
        ("1234567", "1234567", "sw", False),
        ("{first_name} {last_name}", "{first_name} {last_name}", "sw", False),
        ("ዳሽቦርድ", "ዳሽቦርድ", "sw", True),
        (FILES, FILES, "sw", True),
        (FILES, Plural((("0", "one file"), ("1", "more files"))), "sw", True),
        (FILES, Plural.of(other="more files"), "sw", True),
        (FILES, Plural.of(one="one file", other="faili"), "sw", False),
        (FILES, "more files", "sw", False),
        ("more files", FILES, "sw", False),
    ],
)
def test_a_copy_is_the_source_with_letters_in_another_language(
    source: Text, target: Text, language: str, copied: bool
) -> None:
    assert is_copied(source, target, "en", language, frozenset({"brace"})) is copied
