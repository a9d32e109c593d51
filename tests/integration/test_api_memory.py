"""The memory over HTTP, and as other tools ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from dpg_l10n.domain.access import Principal, Scope, local
from dpg_l10n.services import accounts
from tests.integration.test_accounts import CLOCK_NOW
from tests.support.api import API, address, problem, pushed, running, settings_in
from tests.support.projects import Workspace, json_project

PATH = "Save {n} files/folders?"
LINES = "First line\nsecond line"
SIGNS = "50% of a+b & c #1; ü?"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        other = json_project(
            made.store, {"x": "Save {n} file", "y": PATH, "z": LINES, "w": SIGNS},
            languages={"sw": {"x": "Hifadhi faili", "y": "Njia", "z": "Mstari\nwa pili", "w": "Nusu"},
                                                                      "pt-BR": {"x": "Salvar"}},
        )  # fmt: skip
        other.spec = replace(other.spec, slug="other", licence="MIT")
        other.push()
        yield made


@pytest.fixture
def client(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


def test_what_is_like_a_text_is_answered(client: TestClient) -> None:
    answer = client.get(
        f"{API}/memory/search", params={"text": "Save {n} file", "language": "sw", "limit": 1}
    )
    (item,) = answer.json()["items"]
    assert (item["text"], item["similarity"], item["project"]) == ("Hifadhi faili", 1.0, "other")
    assert item["source"] == {"text": "Save {n} file", "plural": None}
    assert answer.json()["withheld"] == 0


def test_words_are_looked_for(client: TestClient) -> None:
    asked = {"text": "faili", "language": "sw", "words": "translation"}
    answer = client.get(f"{API}/memory/search", params=asked)
    assert [item["text"] for item in answer.json()["items"]] == ["Hifadhi faili"]
    asked = {"text": "save", "language": "sw", "words": "source", "project": "clinic"}
    answer = client.get(f"{API}/memory/search", params=asked)
    assert {item["text"] for item in answer.json()["items"]} == {
        "Hifadhi faili", "Hifadhi {n}", "Njia",
    }  # fmt: skip


def test_a_unit_is_told_what_the_memory_has(work: Workspace, client: TestClient) -> None:
    answer = client.get(f"{address(work, 'a')}/memory").json()
    assert [item["text"] for item in answer["items"]] == ["Hifadhi faili"]
    assert answer["items"][0]["similarity"] == pytest.approx(0.9285)


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"text": "Open", "language": "no language"}, 422, "language"),
        ({"text": "Open", "language": "sw", "project": "nowhere"}, 404, "not_found"),
        ({"text": "Open", "language": "sw", "threshold": 0}, 422, None),
        ({"text": "", "language": "sw"}, 422, None),
        ({"language": "sw"}, 422, None),
    ],
)
def test_what_cannot_be_meant_is_refused(
    client: TestClient, asked: dict[str, str], status: int, code: str | None
) -> None:
    found = problem(client.get(f"{API}/memory/search", params=asked))
    assert found[0] == status
    assert code is None or found[1] == code


def test_a_client_of_tmserver_learns_the_languages(client: TestClient) -> None:
    assert client.get("/tm/languages/").json() == {
        "sourceLanguages": ["en"], "targetLanguages": ["pt", "pt_br", "sw"],
    }  # fmt: skip


def test_a_client_of_tmserver_gets_matches(client: TestClient) -> None:
    """As Weblate asks: small letters, an underscore, every part of the address quoted."""
    answer = client.get(f"/tm/en/pt_br/unit/{quote('Save {n} files', safe='')}")
    assert answer.json() == [
        {"source": "Save {n} file", "target": "Salvar", "quality": 92, "context": "",
         "rank": pytest.approx(89.85)},
    ]  # fmt: skip
    (match,) = client.get(f"/tm/en/sw/unit/{quote(PATH, safe='')}").json()
    assert (match["source"], match["target"], match["quality"]) == (PATH, "Njia", 100)
    assert client.get("/tm/en/sw/unit/nothing%20like%20it").json() == []


def as_weblate(text: str, source: str = "en", target: str = "sw") -> str:
    """Return the address that Weblate's machinery “tmserver” asks for.

    It cuts texts to 500 characters, turns carriage returns into spaces and quotes every sign.
    """
    codes = [code.replace("-", "_").lower() for code in (source, target)]
    parts = [*codes, "unit", text[:500].replace("\r", " ")]
    return "/".join(("/tm", *(quote(part, safe="") for part in parts)))


AS_WEBLATE = {
    "Referer": "https://weblate.example.org/", "Accept": "application/json; charset=utf-8",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "target", "said"),
    [
        (PATH, "sw", ["Njia"]),
        (LINES, "sw", ["Mstari\nwa pili"]),
        (f"{LINES}\n", "sw", ["Mstari\nwa pili"]),
        (SIGNS, "sw", ["Nusu"]),
        ("Save {n} file", "pt_BR", ["Salvar"]),
        ("Save {n} file", "pt", ["Salvar"]),
        ("", "sw", []),
        (" ", "sw", []),
        ("\r\n", "sw", []),
        ("x" * 3000, "sw", []),
        ("a/../b", "sw", []),
    ],
)
def test_what_weblate_sends_is_answered_as_it_reads_it(
    client: TestClient, text: str, target: str, said: list[str]
) -> None:
    answer = client.get(as_weblate(text, target=target), headers=AS_WEBLATE)
    assert answer.status_code == 200
    found = [line for line in answer.json() if int(line["quality"]) >= 75]
    assert [line["target"] for line in found][: len(said)] == said
    assert bool(found) == bool(said)
    assert all(isinstance(line["source"], str) for line in found)


def test_weblate_asks_only_for_pairs_of_the_list(client: TestClient) -> None:
    listed = client.get("/tm/languages/", headers=AS_WEBLATE).json()
    pairs = {(s, t) for s in listed["sourceLanguages"] for t in listed["targetLanguages"]}
    assert {("en", "sw"), ("en", "pt_br"), ("en", "pt")} <= pairs


def test_a_token_may_stand_where_a_password_does(client: TestClient, work: Workspace) -> None:
    accounts.invite(work.store, local("boss"), "juma", [], CLOCK_NOW())
    token = accounts.add_token(
        work.store, Principal("juma", account_id=1), "weblate", Scope(), 1, CLOCK_NOW()
    )
    assert client.get(as_weblate(PATH)).status_code == 401
    answer = client.get(as_weblate(PATH), auth=("any", token.text))
    assert [line["target"] for line in answer.json()] == ["Njia"]


def test_a_client_of_tmserver_may_ask_for_more_or_better(client: TestClient) -> None:
    place = f"/tm/en/sw/unit/{quote('Save {n} files!')}"
    assert len(client.get(place, params={"max_candidates": 1}).json()) == 1
    assert client.get(place, params={"min_similarity": 99}).json() == []
    assert problem(client.get(place, params={"min_similarity": 0}))[0] == 422
