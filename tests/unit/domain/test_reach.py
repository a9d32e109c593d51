"""How many people of a country a project reaches."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.reach import NOBODY, reach, reads
from dpg_l10n.domain.territories import Speakers, Territory

KENYA = Territory(
    "KE",
    1000,
    Fraction(9, 10),
    (
        Speakers("sw", Fraction(66, 100)),
        Speakers("en", Fraction(19, 100)),
        Speakers("ki", Fraction(17, 100)),
        Speakers("luo", Fraction(98, 1000)),
    ),
)
_TAGS = st.sampled_from(
    ["sw", "sw-KE", "en", "en-GB", "ki", "luo", "pa", "pa-Arab", "pt-BR", "am", "uz-Latn"]
)


@st.composite
def countries(draw: st.DrawFn) -> Territory:
    tags = draw(st.lists(_TAGS, unique=True, max_size=8))
    shares = [Fraction(draw(st.integers(1, 1000)), 1000) for _ in tags]
    speakers = tuple(Speakers(tag, share) for tag, share in zip(tags, shares, strict=True))
    return Territory("KE", draw(st.integers(1, 10**9)), Fraction(1), speakers)


def test_a_range_is_from_the_most_spoken_language_to_all_of_them() -> None:
    found = reach(KENYA, ["ki", "sw"], "en")
    assert (found.at_least, found.at_most) == (Fraction(66, 100), Fraction(83, 100))
    assert [each.language for each in found.languages] == ["sw", "ki"]


def test_who_speaks_the_source_language_is_shown_apart() -> None:
    found = reach(KENYA, ["en", "en-GB", "en-KE"], "en")
    assert found.at_least == found.at_most == NOBODY
    assert found.languages == ()
    assert found.source == Fraction(19, 100)
    assert reach(KENYA, [], "fr").source == 0


def test_a_variant_of_a_country_reaches_those_who_speak_the_language() -> None:
    assert reach(KENYA, ["sw-KE"], "en").at_least == Fraction(66, 100)
    assert reach(KENYA, ["sw-TZ", "sw"], "en").at_most == Fraction(66, 100)


@pytest.mark.parametrize(
    ("tag", "spoken", "expected"),
    [
        ("sw", "sw", True),
        ("pt-BR", "pt", True),
        ("pa", "pa-Arab", False),
        ("pa-Arab", "pa-Arab", True),
        ("pa-PK", "pa-Arab", True),
        ("pa-Guru", "pa", True),
        ("zh-TW", "zh-Hant", True),
        ("zh-CN", "zh-Hant", False),
        ("sr-Latn", "sr", False),
        ("om", "am", False),
    ],
)
def test_a_text_is_read_in_its_own_script(tag: str, spoken: str, expected: bool) -> None:
    assert reads(tag, spoken) is expected


@given(countries(), st.lists(_TAGS), _TAGS)
def test_a_range_is_a_range_of_shares(country: Territory, covered: list[str], source: str) -> None:
    found = reach(country, covered, source)
    assert 0 <= found.at_least <= found.at_most <= 1
    assert country.people(found.at_most) <= country.population


@given(countries(), st.lists(_TAGS), _TAGS, _TAGS)
def test_one_more_language_reaches_nobody_less(
    country: Territory, covered: list[str], more: str, source: str
) -> None:
    before, after = reach(country, covered, source), reach(country, [*covered, more], source)
    assert after.at_least >= before.at_least
    assert after.at_most >= before.at_most


@given(countries(), st.lists(_TAGS), _TAGS)
def test_the_source_language_adds_nobody(
    country: Territory, covered: list[str], source: str
) -> None:
    without = reach(country, covered, source)
    assert reach(country, [*covered, source], source) == without
