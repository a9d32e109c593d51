"""Days that are spread evenly, and figures that add up."""

from __future__ import annotations

from itertools import pairwise

from dpg_l10n.domain.coverage import Bucket, Counts
from dpg_l10n.domain.trend import DayChange, points, spread


def test_few_days_are_all_shown() -> None:
    assert spread(10, 12) == (10, 11, 12)
    assert spread(10, 10) == (10,)


def test_many_days_are_spread_from_the_first_to_the_last() -> None:
    days = spread(0, 365)
    assert (days[0], days[-1], len(days)) == (0, 365, 13)
    assert {later - day for day, later in pairwise(days)} == {30, 31}


def test_changes_add_up_to_the_end_of_each_day() -> None:
    changes = [
        DayChange(1, 5, "sw", Bucket.DRAFT, -1, -3),
        DayChange(1, 5, "sw", Bucket.REVIEWED, 1, 3),
        DayChange(1, 2, "", Bucket.MISSING, 2, 5),
        DayChange(1, 2, "sw", Bucket.DRAFT, 2, 5),
    ]
    found = points(changes, [1, 2, 4, 5])
    assert [point["sw"].units for point in found] == [
        Counts(), Counts(draft=2), Counts(draft=2), Counts(draft=1, reviewed=1),
    ]  # fmt: skip
    assert found[-1]["sw"].words == Counts(draft=2, reviewed=3)
