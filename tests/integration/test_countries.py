"""Which services the people of a country can read: the same figures through every door."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.errors import NotFoundError
from dpg_l10n.ports import Store
from dpg_l10n.services.countries import country
from dpg_l10n.services.country_report import CountryReport
from dpg_l10n.services.registry import import_registry
from dpg_l10n.store.uow import SqlStore
from tests.support.api import API, problem, running, settings_in
from tests.support.console import Console
from tests.support.countries import add, fill
from tests.support.projects import FixedClock

REGISTRY = b"""[
 {"slug": "school", "name": "School", "deploymentCountries": ["Kenya"]},
 {"slug": "water", "name": "Water", "deploymentCountries": ["Kenya", "Nepal"]}
]"""


@pytest.fixture
def kenya(store: Store) -> CountryReport:
    fill(store)
    return country(store, "ke")


def test_reach_is_a_range_in_languages_other_than_the_source(kenya: CountryReport) -> None:
    health, farm = kenya.projects
    assert (health.name, health.usable) == ("Health Tracker", ("sw", "ki", "so"))
    assert (health.at_least, health.at_most) == (0.66, 0.843)
    assert (health.people_at_least, health.people_at_most) == (38_442_624, 49_101_715)
    assert (farm.at_least, farm.at_most, farm.usable) == (0, 0, ())
    assert {one.source_share for one in kenya.projects} == {0.19}
    assert (kenya.reaching_half, kenya.source_only) == (1, 1)


def test_only_what_is_used_in_the_country_is_there(kenya: CountryReport) -> None:
    assert [one.project for one in kenya.projects] == ["health", "farm"]


def test_a_row_is_worth_showing_when_it_is_spoken_official_or_begun(kenya: CountryReport) -> None:
    shown = [each.language for each in kenya.languages]
    assert shown[:3] == ["sw", "en", "ki"]
    assert "om" in shown
    assert "gu" not in shown
    assert [cell.language for cell in kenya.projects[0].cells] == shown


def test_the_next_step_gains_most_people_for_its_words(kenya: CountryReport) -> None:
    first = kenya.steps[0]
    assert (first.name, first.language, first.words_left) == ("Farm Advice", "sw", 20)
    assert (first.people_at_least, first.people_at_most) == (38_442_624, 38_442_624)
    assert first.words_from_memory == 20
    rates = [step.people_per_1000_words for step in kenya.steps]
    assert rates == sorted(rates, reverse=True)
    luo = next(s for s in kenya.steps if (s.project, s.language) == ("health", "luo"))
    assert (luo.people_at_least, luo.people_at_most) == (0, 5_708_147)


def test_a_higher_threshold_reaches_fewer(store: Store) -> None:
    fill(store)
    strict = {one.project: one for one in country(store, "KE", threshold=1.0).projects}
    assert strict["health"].usable == ("sw",)


def test_the_source_language_is_no_reach_whatever_its_variant(store: Store) -> None:
    add(store, "portal", "Portal", ("KE",), source="sw", en=10, sw_KE=10)
    (portal,) = country(store, "KE").projects
    assert portal.usable == ("en",)
    assert (portal.at_least, portal.source_share) == (0.19, 0.66)


def test_an_unknown_country_is_said_so(store: Store) -> None:
    with pytest.raises(NotFoundError):
        country(store, "QQ")


def test_the_registry_says_where_projects_without_a_list_are_used(store: Store) -> None:
    add(store, "school", "School", sw=10)
    add(store, "unheard", "Unheard of", sw=1)
    import_registry(store, REGISTRY, "goods.json", FixedClock())
    nepal = country(store, "NP")
    assert [(one.project, one.used) for one in nepal.projects] == [("unheard", None)]
    report = country(store, "KE")
    assert {one.project: one.used for one in report.projects} == {"school": True, "unheard": None}
    assert [good.name for good in report.others] == ["Water"]
    assert report.sources.registry == "goods.json"


def test_the_console_and_the_api_say_the_same(console: Console, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    store = SqlStore(settings.store)
    fill(store)
    add(store, "unheard", "Unheard of", sw=1)
    store.close()
    printed = console("country", "KE", "--store", settings.store, "--json").json
    with running(settings) as client:
        answer = client.get(f"{API}/countries/ke")
        assert answer.json() == printed
        again = client.get(f"{API}/countries/KE", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        assert problem(client.get(f"{API}/countries/QQ")) == (404, "not_found")
        assert client.get(f"{API}/countries/KE?threshold=2").status_code == 422
    ran = console("country", "KE", "--store", settings.store, "--threshold", "90")
    assert ran.code == 0
    assert "Kenya: 58,246,400 people" in ran.out
    assert "66% to 67%" in ran.out
    assert "Swahili for Farm Advice" in ran.out
    assert "Not known to be used here: Unheard of." in ran.out
    assert "CLDR" in ran.err


def test_nobody_sees_figures_of_a_project_that_is_not_public(store: Store) -> None:
    fill(store)
    with store.write() as uow:
        uow.projects.set_policy("health", public=True, self_review=None)
        uow.commit()
    report = country(store, "KE", visible=lambda project: project.public)
    assert [one.project for one in report.projects] == ["health"]
