"""Countries as they are shipped, and overrides of their figures."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from dpg_l10n.domain.territories import Territories, parse
from dpg_l10n.errors import ConfigError, NotFoundError
from dpg_l10n.resources import territory_data

DATA = json.dumps(
    {
        "source": "made by hand",
        "version": "1",
        "licence": "CC0-1.0",
        "territories": {
            "KE": {
                "population": 1000,
                "literacy": "87.4",
                "languages": {"ki": ["17"], "sw": ["66", "official"]},
            }
        },
    }
).encode()


@pytest.fixture(scope="module")
def shipped() -> Territories:
    return parse(*territory_data())


def test_the_shipped_data_says_where_it_is_from(shipped: Territories) -> None:
    assert "CLDR" in shipped.source
    assert shipped.licence == "Unicode-3.0"
    assert shipped.version.count(".") == 2


def test_the_shipped_data_knows_kenya(shipped: Territories) -> None:
    kenya = shipped.require("ke")
    assert kenya.population == 58_246_400
    assert kenya.languages[0].language == "sw"
    assert kenya.languages[0].share == Fraction(66, 100)
    assert kenya.languages[0].official == "official"
    assert kenya.people(Fraction(66, 100)) == 38_442_624


def test_every_country_has_people_and_shares_of_them(shipped: Territories) -> None:
    assert len(shipped.by_code) > 240
    for territory in shipped.by_code.values():
        assert territory.population > 0
        assert 0 <= territory.literacy <= 1
        shares = [each.share for each in territory.languages]
        assert shares == sorted(shares, reverse=True)
        assert all(0 <= share <= 1 for share in shares), territory.code


def test_languages_are_the_most_spoken_first() -> None:
    assert [each.language for each in parse(DATA).require("KE").languages] == ["sw", "ki"]


def test_an_unknown_country_is_said_so() -> None:
    with pytest.raises(NotFoundError):
        parse(DATA).require("QQ")


def test_an_override_replaces_a_figure_and_keeps_its_citation() -> None:
    overrides = """
    [KE]
    population = 2000
    source = "Census"
    url = "https://example.org/census"
    [KE.languages.ki]
    percent = "70.5"
    source = "Survey"
    """
    kenya = parse(DATA, overrides).require("KE")
    assert (kenya.population, kenya.citation) == (2000, "Census https://example.org/census")
    assert kenya.literacy == Fraction(874, 1000)
    first = kenya.languages[0]
    assert (first.language, first.share, first.citation) == ("ki", Fraction(705, 1000), "Survey")


@pytest.mark.parametrize(
    "overrides",
    [
        "[KE]\npopulation = 2000",
        "[KE]\npopulation = 2000\nsource = ' '",
        "[KE.languages.ki]\npercent = '70'",
        "[KE.languages.ki]\npercent = '170'\nsource = 'Survey'",
        "[KE.languages.ki]\npercent = 'most'\nsource = 'Survey'",
        "[KE.languages.ki]\npercent = '1/0'\nsource = 'Survey'",
        "[KE]\nliteracy = '-1'\nsource = 'Survey'",
        "[QQ]\npopulation = 1\nsource = 'Survey'",
    ],
)
def test_an_override_that_cannot_be_checked_is_refused(overrides: str) -> None:
    with pytest.raises(ConfigError, match=r"overrides\.toml"):
        parse(DATA, overrides)
