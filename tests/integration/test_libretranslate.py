"""The protocol of LibreTranslate: people's texts first, then marked drafts, never a broken one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Grant, Role, Scope, local
from dpg_l10n.domain.states import State
from dpg_l10n.services import accounts
from tests.integration.test_serve import address, console
from tests.support.api import problem, pushed, running, settings_in
from tests.support.packages import EN_ES
from tests.support.projects import FixedClock, Workspace, json_project


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        made.spec = replace(made.spec, licence="GPL-3.0-only")
        made.push()
        other = json_project(
            made.store, {"x": "Open", "y": "Search", "z": "Delete {n} files", "w": "Search"},
            languages={"sw": {"x": "Fungua", "y": "Tafuta", "z": "Futa faili", "w": "Saka"}},
        )  # fmt: skip
        other.spec = replace(other.spec, slug="other", licence="MIT")
        other.push()
        other.decide("w", "sw", State.REVIEWED)
        bootstrap.models(settings_in(tmp_path)).install(EN_ES)
        yield made


@pytest.fixture
def client(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


def translate(client: TestClient, q: str | list[str], target: str = "sw", **more: Any) -> Any:
    answer = client.post("/translate", json={"q": q, "source": "en", "target": target, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_text_that_people_translated_is_theirs(client: TestClient) -> None:
    answer = translate(client, "Open")
    assert answer["translatedText"] == "Fungua"
    assert answer["origin"]["state"] == "translated"
    assert answer["origin"]["made_by"] == "memory of other"
    assert answer["origin"]["detail"]["licence"] == "MIT"


def test_a_reviewed_text_goes_before_others_which_are_alternatives(client: TestClient) -> None:
    answer = translate(client, "Search", alternatives=3)
    assert (answer["translatedText"], answer["alternatives"]) == ("Saka", ["Tafuta"])
    assert answer["origin"]["state"] == "reviewed"
    assert translate(client, "Search")["alternatives"] == []


def test_a_persons_text_that_lost_a_placeholder_is_not_given(client: TestClient) -> None:
    answer = client.post(
        "/translate", json={"q": "Delete {n} files", "source": "en", "target": "sw"}
    )
    assert problem(answer) == (404, "not_found")


def test_a_draft_is_marked_with_what_made_it(client: TestClient) -> None:
    answer = translate(client, "Delete {n}?", "es")
    assert answer["translatedText"] == "¿Eliminar {n}?"
    assert answer["origin"]["state"] == "draft"
    assert answer["origin"]["made_by"] == "argos translate-en_es 1.0"
    assert answer["origin"]["detail"]["demonstration"] == "yes"
    assert len(answer["origin"]["detail"]["sha256"]) == 64


def test_a_text_without_a_safe_draft_comes_back_as_it_is_and_says_why(client: TestClient) -> None:
    answer = translate(client, ["Save", "The quick brown fox"], "es")
    assert answer["translatedText"][1] == "The quick brown fox"
    drafted, missing = answer["origin"]
    assert (drafted["state"], missing["state"], missing["reason"]) == ("draft", "missing", "empty")


def test_an_array_is_answered_with_an_array_in_its_order(client: TestClient) -> None:
    answer = translate(client, ["Search", "Nobody said this", "Open", "Search"])
    assert answer["translatedText"] == ["Saka", "Nobody said this", "Fungua", "Saka"]
    assert [each["state"] for each in answer["origin"]] == [
        "reviewed", "missing", "translated", "reviewed",
    ]  # fmt: skip
    assert answer["origin"][1]["reason"] == "no model"
    assert translate(client, [])["translatedText"] == []


def test_a_language_that_neither_model_nor_memory_has_is_refused(client: TestClient) -> None:
    answer = client.post("/translate", json={"q": "Open", "source": "en", "target": "am"})
    assert problem(answer) == (404, "not_found")
    assert answer.json()["error"] == answer.json()["detail"]
    assert "en to am" in answer.json()["error"]


def test_what_html_marks_as_untranslated_stays(client: TestClient) -> None:
    said = '<b>Save</b> <span translate="no">Save</span>'
    answer = translate(client, said, "es", format="html")["translatedText"]
    assert answer.startswith("<b>")
    assert answer.endswith('<span translate="no">Save</span>')
    assert answer.count("Save") == 1


_REFUSED: list[tuple[Any, int]] = [
    ({"q": "Open", "source": "auto", "target": "sw"}, 422),
    ({"q": "Open", "source": "en", "target": "no language"}, 422),
    ({"q": "Open", "source": "en"}, 422),
    ({"q": 5, "source": "en", "target": "sw"}, 422),
    ({"q": "\ud800", "source": "en", "target": "sw"}, 422),
    ({"q": "Open", "source": "en", "target": "sw", "format": "rtf"}, 422),
    ({"q": ["a"] * 1001, "source": "en", "target": "sw"}, 422),
    ({"q": ["a" * 60_000] * 2, "source": "en", "target": "sw"}, 413),
    ([], 422),
]


def test_a_refusal_says_why_where_clients_look(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    for body, status in _REFUSED:
        answer = client.post("/translate", content=json.dumps(body), headers=headers)
        assert problem(answer)[0] == status
        assert answer.json()["error"] == answer.json()["detail"]


def test_a_body_that_is_no_json_is_refused(client: TestClient) -> None:
    answer = client.post("/translate", content=b"{", headers={"Content-Type": "application/json"})
    assert problem(answer) == (422, "request.invalid")


def test_the_languages_are_those_of_models_and_memory(client: TestClient) -> None:
    assert client.get("/languages").json() == [
        {"code": "en", "name": "English", "targets": ["es", "sw"]}
    ]


def test_a_token_is_sent_among_the_fields(client: TestClient, work: Workspace) -> None:
    token = _token(work, Grant(Role.VIEWER, "other"))
    body = {"q": ["Open", "Search"], "source": "en", "target": "sw"}
    assert client.post("/translate", json=body).status_code == 401
    assert client.post("/translate", json=body).json()["error"]
    assert client.post("/translate", json={**body, "api_key": "guess"}).status_code == 401
    assert client.post("/translate", json={**body, "api_key": token}).status_code == 200
    answer = client.post("/translate", data={**body, "api_key": token})
    assert answer.json()["translatedText"] == ["Fungua", "Saka"]


def test_licences_decide_what_is_answered_to_whom(client: TestClient, work: Workspace) -> None:
    body = {"q": ["Save {n} files", "Open"], "source": "en", "target": "sw"}
    for project, answered in ((None, "Save {n} files"), ("clinic", "Hifadhi {n}")):
        token = _token(work, Grant(Role.VIEWER), Scope(project))
        found = client.post("/translate", json={**body, "api_key": token}).json()
        assert found["translatedText"] == [answered, "Fungua"]


def _token(work: Workspace, grant: Grant, scope: Scope | None = None) -> str:
    boss, clock = local("boss"), bootstrap.clock()
    with work.store.read() as uow:
        number = len(list(uow.accounts.list()))
    account, _ = accounts.invite(work.store, boss, f"machine-{number}", (grant,), FixedClock())
    made = accounts.add_token(
        work.store, boss, "test", scope or Scope(), 1, clock, owner=account.name
    )
    return made.text


_ASK = """
import json, sys
from urllib.error import HTTPError
from libretranslatepy import LibreTranslateAPI
client = LibreTranslateAPI(sys.argv[1])
said = {"languages": client.languages(), "memory": client.translate("Open", "en", "sw"),
        "draft": client.translate("Delete {n}?", "en", "es")}
try:
    client.translate("Open", "en", "am")
except HTTPError as error:
    said["error"] = json.loads(error.read())["error"]
print(json.dumps(said))
"""


def test_the_client_of_libretranslate_is_served(
    work: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(settings_in(tmp_path).models))
    store = str(tmp_path / "store.db")
    with console("serve", "--port", "0", "--json", "--store", store) as process:
        try:
            url = address(process).removesuffix("/api/v1")
            ran = subprocess.run(  # noqa: S603 - our own words; sockets are closed in this process
                [sys.executable, "-c", _ASK, url], capture_output=True, text=True, check=True
            )
        finally:
            process.kill()
    said = json.loads(ran.stdout)
    assert said["languages"] == [{"code": "en", "name": "English", "targets": ["es", "sw"]}]
    assert said["memory"] == "Fungua"
    assert said["draft"] == "¿Eliminar {n}?"
    assert "en to am" in said["error"]
