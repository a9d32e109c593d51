"""Pages of countries, projects and languages: the figures of the reports, and nothing private."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from dpg_l10n.domain.territories import parse
from dpg_l10n.resources import territory_data
from dpg_l10n.services.words import DRAFT_WORDS, Words
from dpg_l10n.store.uow import SqlStore
from dpg_l10n_api.main import create_app
from tests.support.api import running, settings_in
from tests.support.countries import SOURCE, fill

HTML = {"Accept": "text/html"}
PAGES = (
    "/", "/countries", "/countries/KE", "/countries/NP", "/compare?a=KE&b=Ethiopia",
    "/projects/health", "/projects/health/audit", "/languages/sw", "/languages/nl",
    "/countries/QQ", "/nowhere",
)  # fmt: skip


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    store = SqlStore(settings_in(tmp_path).store)
    fill(store)
    with store.write() as uow:
        uow.projects.set_policy("health", public=True, self_review=None)
        uow.commit()
    store.close()
    return tmp_path


@pytest.fixture
def client(filled: Path) -> Iterator[TestClient]:
    with running(settings_in(filled)) as client:
        yield client


@pytest.fixture
def stranger(filled: Path) -> Iterator[TestClient]:
    app = create_app(settings_in(filled), is_local=False)
    with TestClient(app, base_url="http://127.0.0.1:8321") as client:
        yield client


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_small_and_whole(client: TestClient, path: str, language: str) -> None:
    answer = client.get(path, headers={**HTML, "Accept-Language": language})
    assert answer.status_code == (404 if path in ("/countries/QQ", "/nowhere") else 200)
    assert f'<html lang="{language}"' in answer.text
    assert answer.text.rstrip().endswith("</html>")
    assert len(gzip.compress(answer.content)) < 20_000


def test_the_page_of_a_country_says_its_figures(client: TestClient) -> None:
    text = client.get("/countries/ke", headers=HTML).text
    for figure in ("1 of 2", "66–84%", "38–49 million", "19%", "CLDR 48.2.0"):
        assert figure in text
    assert "Finish Swahili for Farm Advice: 38 million more people can read it." in text


def test_a_country_is_found_by_its_name(client: TestClient) -> None:
    found = client.get("/countries?name=kenya", follow_redirects=False)
    assert found.headers["location"] == "/countries/KE"
    french = client.get("/countries?name=éthiopie&lang=fr", follow_redirects=False)
    assert french.headers["location"] == "/countries/ET"
    assert "No country is called “Atlantis”" in client.get("/countries?name=Atlantis").text


def test_figures_can_be_counted_again_from_the_export(client: TestClient) -> None:
    """Counted here from the CSV and CLDR's file alone, as somebody else would."""
    data = client.get("/countries/KE.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    kenya = parse(*territory_data()).require("KE")
    shares = {each.language: each.share for each in kenya.languages}
    book = load_workbook(io.BytesIO(client.get("/countries/KE.xlsx").content))
    reached = {row[0]: row for row in book["People reached"].iter_rows(min_row=2, values_only=True)}
    for name in ("Health Tracker", "Farm Advice"):
        usable = [
            shares[row["Code"]]
            for row in rows
            if row["Service"] == name
            and not row["Code"].startswith("en")
            and (int(row["Reviewed"]) + int(row["Translated"])) * 100 >= 80 * int(row["All texts"])
        ]
        least, most = max(usable, default=0), min(1, sum(usable))
        people = [int(kenya.population * least), int(kenya.population * most)]
        assert list(reached[name][4:6]) == people
        assert reached[name][2:4] == (pytest.approx(float(least)), pytest.approx(float(most)))
    for row in rows:
        counted = sum(
            int(row[head])
            for head in (
                "Reviewed",
                "Translated",
                "Needs work",
                "Machine drafts",
                "Copies",
                "Missing",
            )
        )
        assert counted == int(row["All texts"])


def test_the_same_figures_are_the_same_bytes(client: TestClient) -> None:
    for kind in ("csv", "xlsx", "svg"):
        first = client.get(f"/countries/KE.{kind}")
        assert first.status_code == 200
        assert f"dpg-l10n-KE.{kind}" in first.headers["content-disposition"]
        assert client.get(f"/countries/KE.{kind}").content == first.content


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_picture_is_an_image_on_its_own(client: TestClient, language: str) -> None:
    root = ElementTree.fromstring(client.get(f"/countries/KE.svg?lang={language}").content)  # noqa: S314 - ours
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert any("Health Tracker" in (text.text or "") for text in root.iter())


def test_files_in_a_language_of_drafts_say_so_or_have_none(client: TestClient) -> None:
    remark = Words("am").say(DRAFT_WORDS)
    assert remark != DRAFT_WORDS
    book = load_workbook(io.BytesIO(client.get("/countries/KE.xlsx?lang=am").content))
    assert book.worksheets[-1]["A2"].value == remark
    assert remark in client.get("/countries/KE.svg?lang=am").text
    table = client.get("/countries/KE.csv?lang=am").content.decode("utf-8-sig")
    assert table.partition("\r\n")[0].startswith("Service,")
    english = load_workbook(io.BytesIO(client.get("/countries/KE.xlsx?lang=en").content))
    assert DRAFT_WORDS not in [row[0] for row in english.worksheets[-1].values]


def test_a_workbook_names_its_sources(client: TestClient) -> None:
    book = load_workbook(io.BytesIO(client.get("/countries/KE.xlsx").content))
    assert len(book.sheetnames) == 5
    said = " ".join(str(cell.value) for row in book[book.sheetnames[-1]] for cell in row)
    assert "48.2.0" in said
    assert "Unicode-3.0" in said


def test_a_stranger_sees_what_is_public(stranger: TestClient) -> None:
    for path in ("/", "/countries/KE", "/languages/sw", "/countries/KE.csv"):
        text = stranger.get(path, headers=HTML).text
        assert "Health Tracker" in text
        assert "Farm Advice" not in text
    assert stranger.get("/projects/health").status_code == 200
    assert stranger.get("/projects/farm").status_code == 401
    assert stranger.get("/projects/none").status_code == 401
    assert stranger.get("/projects/farm/audit").status_code == 401


def test_names_are_escaped(filled: Path) -> None:
    store = SqlStore(settings_in(filled).store)
    with store.write() as uow:
        from dataclasses import replace

        project = uow.projects.require("health")
        uow.projects.save(replace(project, name="<script>alert(1)</script>"))
        uow.commit()
    store.close()
    with running(settings_in(filled)) as client:
        for path in ("/", "/countries/KE", "/projects/health", "/countries/KE.svg"):
            assert "<script>alert" not in client.get(path).text


def test_the_next_steps_can_be_counted_again_from_the_export(client: TestClient) -> None:
    """Counted here from the CSV and CLDR's file alone, as somebody else would."""
    data = client.get("/countries/KE.csv").content.decode("utf-8-sig")
    kenya = parse(*territory_data()).require("KE")
    by_service: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(data)):
        by_service.setdefault(row["Service"], []).append(row)
    share = {each.language: each.share for each in kenya.languages}
    counted: dict[tuple[str, str], tuple[int, int, int, int]] = {}
    for service, rows in by_service.items():
        usable = [share[row["Code"]] for row in rows if row["Usable"] == "yes"]
        for row in rows:
            more = share[row["Code"]]
            left = int(row["All words"]) - int(row["Words covered"])
            if row["Usable"] != "no" or not left:
                continue
            with_it = [*usable, more]
            least = max(with_it) - max(usable, default=0)
            most = min(1, sum(with_it)) - min(1, sum(usable))
            gained = int(kenya.population * least), int(kenya.population * most)
            rate = int(kenya.population * (least + most) / 2 * 1000 / left)
            counted[service, row["Language"]] = (*gained, left, rate)
    book = load_workbook(io.BytesIO(client.get("/countries/KE.xlsx").content))
    steps = list(book["Next steps"].iter_rows(min_row=2, values_only=True))
    assert steps
    for service, language, least, most, left, _, rate in steps:
        assert counted[service, language] == (least, most, left, rate)
    rates = sorted((each[-1] for each in counted.values() if each[-1]), reverse=True)
    assert [step[-1] for step in steps] == rates[: len(steps)]


def test_words_that_another_project_has_translated_are_free(client: TestClient) -> None:
    book = load_workbook(io.BytesIO(client.get("/countries/KE.xlsx").content))
    first = next(book["Next steps"].iter_rows(min_row=2, values_only=True))
    missing = [SOURCE[f"k{index}"] for index in range(6, 10)]
    words = sum(len(text.split()) for text in missing)
    assert (first[0], first[1], first[4], first[5]) == ("Farm Advice", "Swahili", words, words)
