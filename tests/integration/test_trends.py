"""Coverage and reach over time: what was true in the evening is what is told years later."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from dpg_l10n.domain.coverage import Counts
from dpg_l10n.domain.states import State
from dpg_l10n.ports import Store
from dpg_l10n.services.countries import country
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.drafting import draft
from dpg_l10n.services.trends import reach_trend, trend
from dpg_l10n.store.uow import SqlStore
from tests.support.api import API, running, settings_in
from tests.support.console import SWAHILI, Console
from tests.support.countries import SOURCE, said
from tests.support.engines import FakeEngine
from tests.support.projects import Workspace, json_bytes, json_project

DAY_S = 86_400
ENGINE = FakeEngine(
    answers={text: f"Sentensi ya {at} kati yake" for at, text in enumerate(SOURCE.values())}
)


def day_of(work: Workspace) -> date:
    return datetime.fromtimestamp(work.clock.at, UTC).date()


def lived(store: Store) -> tuple[Workspace, dict[date, Counts]]:
    """Return a project after some weeks, and what was covered in Swahili at the end of each."""
    work = json_project(store, SOURCE, sw={}, ki={})
    work.spec = replace(work.spec, deployments=("KE",))
    evenings: dict[date, Counts] = {}

    def evening(days: int) -> None:
        evenings[day_of(work)] = work.counts("sw")
        work.clock.at += days * DAY_S

    work.push()
    evening(3)
    work.files["i18n/sw.json"] = json_bytes(said(4, "Neno"))
    work.push()
    draft(store, "clinic", ENGINE, work.clock)
    evening(4)
    for key in ("k4", "k5", "k6", "k7"):
        work.decide(key, "sw", text=f"Neno {key}", state=State.TRANSLATED)
    work.decide("k0", "sw", state=State.REVIEWED)
    evening(20)
    changed = {**SOURCE, "k0": "Another sentence altogether", "k10": "One more of them"}
    del changed["k9"]
    work.files["i18n/en.json"] = json_bytes(changed)
    work.push(prune=True, prune_many=True)
    evening(1)
    work.decide("k0", "sw", text="Neno lingine", state=State.TRANSLATED)
    evening(0)
    return work, evenings


def test_every_evening_is_told_as_it_was(store: Store) -> None:
    work, evenings = lived(store)
    report = trend(store, "clinic", work.clock, days=[*evenings])
    sw = next(one for one in report.languages if one.language == "sw")
    assert dict(zip(report.days, sw.units, strict=True)) == {
        day.isoformat(): counts for day, counts in evenings.items()
    }
    assert len(set(evenings.values())) == len(evenings)


def test_the_last_point_is_the_coverage_of_today(store: Store) -> None:
    work, _ = lived(store)
    report = trend(store, "clinic", work.clock)
    now = {row.language: row for row in coverage(store, "clinic").languages}
    for one in report.languages:
        assert (one.units[-1], one.words[-1]) == (now[one.language].units, now[one.language].words)
        assert one.coverage[-1] == int(now[one.language].ratio(report.count) * 10_000) / 10_000
    assert report.days[-1] == day_of(work).isoformat()
    assert 2 < len(report.days) <= 13


def test_a_day_before_everything_has_nothing(store: Store) -> None:
    work, _ = lived(store)
    report = trend(store, "clinic", work.clock, days=[date(2000, 1, 1)])
    assert [one.units for one in report.languages] == [(Counts(),)] * len(report.languages)


def test_the_last_reach_is_the_reach_of_today(store: Store) -> None:
    work, _ = lived(store)
    report = reach_trend(store, "ke", work.clock, threshold=0.7)
    now = {one.project: one for one in country(store, "KE", threshold=0.7).projects}
    for one in report.projects:
        assert one.people_at_least[-1] == now[one.project].people_at_least
        assert one.people_at_most[-1] == now[one.project].people_at_most
    assert report.projects[0].people_at_least[0] == 0 < report.projects[0].people_at_least[-1]


def test_an_empty_store_has_no_days(store: Store) -> None:
    work = json_project(store, {}, sw={})
    assert reach_trend(store, "KE", work.clock).days == ()


def test_a_wrong_day_is_found_and_counted_anew_from_the_history(tmp_path: Path) -> None:
    from dpg_l10n.store.maintenance import SqlMaintenance

    settings = settings_in(tmp_path)
    store = SqlStore(settings.store)
    work, evenings = lived(store)
    with store.write() as uow:
        uow.statements.run("UPDATE coverage_day SET units = units + 1 WHERE bucket = 3")
        uow.commit()
    assert trend(store, "clinic", work.clock, days=[*evenings]).languages
    store.close()
    maintenance = SqlMaintenance(settings.store)
    found = maintenance.check(repair=True)[1]
    assert {(each.code, each.repaired) for each in found} == {("trend", True)}
    assert maintenance.check(repair=False)[1] == ()
    maintenance.close()
    store = SqlStore(settings.store)
    report = trend(store, "clinic", work.clock, days=[*evenings])
    sw = next(one for one in report.languages if one.language == "sw")
    assert list(sw.units) == list(evenings.values())
    store.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    store = SqlStore(settings_in(tmp_path).store)
    lived(store)
    store.close()
    with running(settings_in(tmp_path)) as made:
        yield made


def test_the_api_tells_the_days_that_are_asked_for(client: TestClient) -> None:
    days = ["2026-01-05", "2026-01-01"]
    report = client.get(f"{API}/projects/clinic/trend", params={"day": days}).json()
    assert report["days"] == sorted(days)
    sw = next(one for one in report["languages"] if one["language"] == "sw")
    assert sw["coverage"] == [0.0, 0.4]
    assert sw["units"][1]["draft"] == 6
    reached = client.get(f"{API}/countries/KE/trend", params={"day": days}).json()
    assert reached["projects"][0]["people_at_least"] == [0, 0]
    assert client.get(f"{API}/projects/clinic/trend?day=soon").status_code == 422


def test_a_page_has_the_line_and_the_same_figures_as_a_table(client: TestClient) -> None:
    page = client.get("/projects/clinic").text
    assert "<polyline" in page
    assert "Coverage by language and day" in page
    assert '<span class="num">0%</span>&nbsp;→ <b class="num">80%</b>' in page
    assert (
        "People reached at least, by service and day"
        in client.get("/countries/KE?threshold=70").text
    )


def test_the_table_can_be_taken_away(client: TestClient) -> None:
    data = client.get("/projects/clinic/trend.csv").content
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert data == client.get("/projects/clinic/trend.csv").content
    for row in rows:
        done = int(row["Reviewed"]) + int(row["Translated"])
        assert float(row["Coverage"]) == int(done / int(row["All texts"]) * 10_000) / 10_000
    book = load_workbook(io.BytesIO(client.get("/projects/clinic/trend.xlsx").content))
    assert len(list(book["Over time"].iter_rows())) == len(rows) + 1
    country_book = load_workbook(io.BytesIO(client.get("/countries/KE.xlsx").content))
    assert "Over time" in country_book.sheetnames
    assert country_book.sheetnames[-1] == "Sources and method"


def test_the_console_shows_the_line(console: Console) -> None:
    console.clinic(sw=SWAHILI)
    console("push")
    ran = console("coverage", "-p", "clinic", "--trend")
    assert ran.code == 0
    assert "Swahili" in ran.out
    assert "66%" in ran.out
    assert console("coverage", "-p", "clinic", "--trend", "--json").json["project"] == "clinic"
    lines = console("coverage", "-p", "clinic", "--trend", "--format", "csv").out.splitlines()
    assert len(lines) == 2
    assert console("coverage", "-p", "clinic", "--trend", "--format", "junit").code == 2
    assert console("country", "KE", "--trend").code == 0
    assert console("country", "KE", "--trend", "--json").json["country"] == "KE"
