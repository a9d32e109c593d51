"""What the HTTP API answers: projects, coverage, units page by page, decisions, history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dpg_l10n import bootstrap
from dpg_l10n.domain.message import Plural
from dpg_l10n.domain.states import State
from dpg_l10n.interchange.coverage import as_json
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.drafting import draft
from tests.support.api import (
    API,
    CLINIC,
    address,
    pushed,
    running,
    settings_in,
    with_plurals,
)
from tests.support.engines import FakeEngine
from tests.support.packages import EN_AR
from tests.support.projects import FixedClock, Workspace, json_bytes

LISTS = [
    f"{API}/projects", CLINIC, f"{CLINIC}/catalogues", f"{CLINIC}/coverage",
    f"{CLINIC}/units?language=sw", f"{API}/languages",
]  # fmt: skip


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        yield made


@pytest.fixture
def client(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


def decide(client: TestClient, address: str, revision: int, **body: Any) -> Any:
    return client.put(address, json=body, headers={"If-Match": f'"{revision}"'})


def keys(answer: Any) -> list[str]:
    return [item["key"] for item in answer.json()["items"]]


def test_projects_are_listed_as_status_reports_them(client: TestClient) -> None:
    (item,) = client.get(f"{API}/projects").json()["items"]
    assert (item["project"], item["units"], item["words"]) == ("clinic", 2, 4)
    assert item == client.get(CLINIC).json()


def test_catalogues_are_listed_with_format_and_languages(client: TestClient) -> None:
    (item,) = client.get(f"{CLINIC}/catalogues").json()["items"]
    assert item == {
        "catalogue": "app", "format": "json", "source": "i18n/en.json", "units": 2, "words": 4,
        "languages": ["sw"],
    }  # fmt: skip


def test_coverage_is_the_report_of_the_console(client: TestClient, work: Workspace) -> None:
    report = coverage(work.store, "clinic")
    answer = client.get(f"{CLINIC}/coverage").json()
    assert answer == as_json("clinic", report.count, report.languages)
    assert answer["languages"][0]["units"]["translated"] == 1


@pytest.mark.parametrize("where", [*LISTS, "history"])
def test_a_list_that_did_not_change_is_not_sent_again(
    client: TestClient, work: Workspace, where: str
) -> None:
    path = f"{address(work, 'a')}/history" if where == "history" else where
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_a_list_that_changed_is_sent_again(client: TestClient, work: Workspace) -> None:
    tag = client.get(f"{CLINIC}/coverage").headers["etag"]
    work.decide("b", "sw", text="Fungua")
    again = client.get(f"{CLINIC}/coverage", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["etag"] != tag


def test_units_have_source_text_state_and_findings(client: TestClient, work: Workspace) -> None:
    work.decide("a", "sw", text="Hifadhi")
    first, second = client.get(f"{CLINIC}/units?language=sw").json()["items"]
    assert (first["source"], first["text"]) == (
        {"text": "Save {n} files", "plural": None},
        "Hifadhi",
    )
    assert (first["state"], first["revision"], first["origin"]["made"]) == (
        "translated",
        2,
        "person",
    )
    assert first["findings"][0]["severity"] == "error"
    assert (second["state"], second["revision"], second["text"], second["origin"]) == (
        "missing", 0, None, None,
    )  # fmt: skip


def test_a_language_is_understood_in_other_spellings(client: TestClient, work: Workspace) -> None:
    work.decide("a", "pt-BR", text="Salvar {n}")
    answer = client.get(f"{CLINIC}/units?language=pt_BR").json()["items"][0]
    assert (answer["language"], answer["text"]) == ("pt-BR", "Salvar {n}")


def test_units_are_filtered_by_state(client: TestClient) -> None:
    assert keys(client.get(f"{CLINIC}/units?language=sw&state=missing")) == ["b"]
    assert keys(client.get(f"{CLINIC}/units?language=sw&state=translated")) == ["a"]


@pytest.mark.parametrize("state", ["", "&state=missing", "&catalogue=app"])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 200])
def test_pages_together_are_the_whole_list(
    client: TestClient, work: Workspace, state: str, limit: int
) -> None:
    work.files["i18n/en.json"] = json_bytes({f"k{n}": f"Text {n}" for n in range(7)})
    work.push(prune=True)
    seen: list[str] = []
    cursor = ""
    while True:
        page = client.get(f"{CLINIC}/units?language=sw&limit={limit}{state}{cursor}")
        seen += keys(page)
        if page.json()["next"] is None:
            break
        assert len(keys(page)) == limit
        cursor = f"&cursor={page.json()['next']}"
    assert seen == [f"k{n}" for n in range(7)]


def test_pages_go_on_from_one_catalogue_to_the_next(tmp_path: Path, work: Workspace) -> None:
    second = Workspace(work.store, work.spec, dict(work.files), work.clock)
    other = replace(work.spec.catalogues[0], name="web")
    second.push(replace(work.spec, catalogues=(work.spec.catalogues[0], other)))
    with running(settings_in(tmp_path)) as client:
        first = client.get(f"{CLINIC}/units?language=sw&limit=3").json()
        rest = client.get(f"{CLINIC}/units?language=sw&cursor={first['next']}").json()
    found = [(item["catalogue"], item["key"]) for item in first["items"] + rest["items"]]
    assert found == [("app", "a"), ("app", "b"), ("web", "a"), ("web", "b")]


def test_a_unit_names_its_revision_as_etag(client: TestClient, work: Workspace) -> None:
    answer = client.get(address(work, "a"))
    assert (answer.headers["etag"], answer.json()["revision"]) == ('"1"', 1)
    missing = client.get(address(work, "b"))
    assert (missing.headers["etag"], missing.json()["state"]) == ('"0"', "missing")


def test_a_text_that_lost_its_source_shows_the_source_it_was_made_for(
    client: TestClient, work: Workspace
) -> None:
    work.files["i18n/en.json"] = json_bytes({"a": "Save all {n} files", "b": "Open"})
    work.push()
    answer = client.get(address(work, "a")).json()
    assert (answer["state"], answer["text"]) == ("needs_work", "Hifadhi {n}")
    assert answer["previous_source"]["text"] == "Save {n} files"


def test_a_new_text_is_written_by_the_pseudonym_of_the_settings(
    client: TestClient, work: Workspace
) -> None:
    answer = decide(client, address(work, "b"), 0, text="Fungua", state="translated")
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert (answer.json()["text"], answer.json()["state"]) == ("Fungua", "translated")
    assert work.texts("sw")["b"] == "Fungua"
    assert work.history("b", "sw")[0].actor == "amina"


def test_a_text_is_accepted_as_it_is(client: TestClient, work: Workspace) -> None:
    assert decide(client, address(work, "a"), 1, state="reviewed").json()["state"] == "reviewed"
    assert work.texts("sw")["a"] == "Hifadhi {n}"


def test_a_rejection_keeps_text_and_reason(client: TestClient, work: Workspace) -> None:
    answer = decide(client, address(work, "a"), 1, state="needs_work", why="Too short")
    assert (answer.json()["state"], answer.json()["text"]) == ("needs_work", "Hifadhi {n}")
    assert work.history("a", "sw")[0].why == "Too short"


def test_only_a_decision_turns_a_draft_into_a_translation(
    client: TestClient, work: Workspace
) -> None:
    draft(work.store, "clinic", FakeEngine(), FixedClock())
    before = client.get(address(work, "b")).json()
    assert (before["state"], before["origin"]["made"]) == ("draft", "machine")
    after = decide(client, address(work, "b"), before["revision"], state="translated").json()
    assert (after["state"], after["origin"]["made"]) == ("translated", "person")
    assert after["text"] == before["text"]


def test_the_history_is_told_newest_first(client: TestClient, work: Workspace) -> None:
    decide(client, address(work, "a"), 1, text="Hifadhi faili {n}", state="translated")
    new, old = client.get(f"{address(work, 'a')}/history").json()["items"]
    assert (new["revision"], new["text"], new["kind"], new["actor"]) == (
        2, "Hifadhi faili {n}", "review", "amina",
    )  # fmt: skip
    assert (old["revision"], old["text"], old["kind"], old["at"]) == (
        1, "Hifadhi {n}", "push", work.clock.now(),
    )  # fmt: skip


def test_the_history_of_a_missing_text_is_empty(client: TestClient, work: Workspace) -> None:
    assert client.get(f"{address(work, 'b')}/history").json() == {"items": []}


def test_variants_of_a_gettext_unit_are_written_by_index(
    client: TestClient, work: Workspace
) -> None:
    po = with_plurals(work)
    where = address(po, "%d file")
    assert client.get(where).json()["plural_labels"] == ["0", "1"]
    words = {"1": "mafaili %d", "0": "faili %d"}
    answer = decide(client, where, 0, plural=words, state="translated")
    assert (answer.json()["plural"], answer.json()["text"]) == (words, None)
    assert po.texts("sw")["%d file"] == Plural((("0", "faili %d"), ("1", "mafaili %d")))
    assert b'msgstr[1] "mafaili %d"' in po.export()["po/sw.po"]


def test_languages_have_names_directions_and_models(
    client: TestClient, work: Workspace, tmp_path: Path
) -> None:
    bootstrap.models(settings_in(tmp_path)).install(EN_AR)
    items = {item["language"]: item for item in client.get(f"{API}/languages").json()["items"]}
    assert list(items) == ["ar", "en", "sw"]
    assert items["ar"] == {
        "language": "ar", "name": "Arabic", "own_name": "العربية", "direction": "rtl",
        "drafts_from": ["en"],
    }  # fmt: skip
    assert (items["sw"]["direction"], items["sw"]["drafts_from"]) == ("ltr", [])


def test_the_service_lives_and_is_ready(client: TestClient) -> None:
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert answer.headers["cache-control"] == "no-store"


def test_the_state_that_was_shown_is_the_state_that_is_stored(
    client: TestClient, work: Workspace
) -> None:
    decide(client, address(work, "a"), 1, state="reviewed")
    assert work.state("a", "sw") is State.REVIEWED
    report = client.get(f"{CLINIC}/coverage").json()["languages"][0]
    assert report["units"]["reviewed"] == 1


def test_a_page_has_only_the_members_that_are_asked_for(client: TestClient) -> None:
    params = {"language": "sw", "fields": "unit, text,state"}
    page = client.get(f"{CLINIC}/units", params=params).json()
    assert [[*item] for item in page["items"]] == [["unit", "text", "state"]] * 2
    bad = client.get(f"{CLINIC}/units", params={"language": "sw", "fields": "txt"})
    assert bad.json()["type"].endswith("request.fields")
