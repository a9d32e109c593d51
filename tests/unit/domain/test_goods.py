"""What a registry says of countries and languages."""

from __future__ import annotations

import json

from dpg_l10n.domain.goods import Good, demand
from dpg_l10n.domain.territories import parse

WORLD = parse(
    json.dumps(
        {
            "source": "made by hand", "version": "1", "licence": "CC0-1.0",
            "territories": {
                "KE": {"population": 1000, "literacy": "90", "languages": {
                    "sw": ["66", "official"], "en": ["19", "official"], "ki": ["17"]}},
                "TZ": {"population": 2000, "literacy": "80", "languages": {
                    "sw": ["90", "de_facto_official"], "en": ["9", "official_regional"]}},
            },
        }
    ).encode()
)  # fmt: skip


def test_demand_is_for_the_official_languages_of_where_goods_are_used() -> None:
    goods = [Good("a", "A", deployments=("KE", "TZ")), Good("b", "B", deployments=("KE", "QQ"))]
    found = {each.language: each for each in demand(goods, WORLD)}
    assert (found["sw"].goods, found["sw"].pairs, found["sw"].countries) == (2, 3, ("KE", "TZ"))
    assert (found["en"].goods, found["en"].pairs, found["en"].countries) == (2, 2, ("KE",))
    assert list(found) == ["sw", "en"]


def test_a_good_that_lists_nearly_all_countries_says_nothing_of_any() -> None:
    listed = tuple(f"{a}{b}" for a in "ABCDEFGHIJKLM" for b in "ABCDEFGHIJKLM")
    good = Good("everywhere", "Everywhere", deployments=("KE", *listed))
    assert good.is_everywhere
    assert good.countries == ()
    assert demand([good], WORLD) == ()


def test_unknown_is_not_nowhere() -> None:
    assert Good("a", "A").deployments is None
    assert Good("a", "A").countries == ()
