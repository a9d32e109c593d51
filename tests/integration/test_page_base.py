"""What every page promises: safe headers, one language, nothing from elsewhere, small answers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support.api import pushed, running, settings_in

HTML = {"Accept": "text/html"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with pushed(tmp_path), running(settings_in(tmp_path)) as client:
        yield client


def test_the_first_page_lists_the_projects(client: TestClient) -> None:
    answer = client.get("/", headers=HTML)
    assert answer.status_code == 200
    assert "Clinic" in answer.text


def test_a_page_lets_nothing_in(client: TestClient) -> None:
    answer = client.get("/", headers=HTML)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", answer.text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", answer.text)


def test_a_page_is_not_sent_twice(client: TestClient) -> None:
    first = client.get("/", headers=HTML)
    again = client.get("/", headers={**HTML, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_language_is_chosen_and_remembered(client: TestClient) -> None:
    assert '<html lang="en" dir="ltr">' in client.get("/", headers=HTML).text
    assert '<html lang="fr" dir="ltr">' in client.get("/?lang=fr", headers=HTML).text
    assert '<html lang="fr" dir="ltr">' in client.get("/", headers=HTML).text


def test_the_stylesheet_may_be_kept_for_ever_and_is_compressed(client: TestClient) -> None:
    found = re.search(r'href="(/static/app\.[0-9a-f]{12}\.css)"', client.get("/").text)
    assert found
    answer = client.get(found[1], headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    plain = client.get(found[1], headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content


def test_an_unknown_page_is_a_page_for_people_and_a_problem_for_programs(
    client: TestClient,
) -> None:
    page = client.get("/nowhere", headers=HTML)
    assert page.status_code == 404
    assert "There is no such page." in page.text
    program = client.get("/nowhere")
    assert program.headers["content-type"] == "application/problem+json"
    api = client.get("/api/v1/nowhere", headers=HTML)
    assert api.headers["content-type"] == "application/problem+json"
    assert client.get("/static/../main.py").status_code == 404


def test_a_newcomer_gets_from_the_first_page_to_a_text_and_back(client: TestClient) -> None:
    first = client.get("/", headers=HTML).text
    assert 'href="/projects/clinic"' in first
    project = client.get("/projects/clinic", headers=HTML).text
    assert 'href="/p/clinic/sw"' in project
    text = client.get("/p/clinic/sw", headers=HTML).text
    assert 'href="/projects/clinic"' in text
    assert 'hreflang="fr"' in text


@pytest.mark.parametrize("name", ["Ganda", "Luganda", "lg"])
def test_a_language_that_nobody_began_is_begun_by_its_name(client: TestClient, name: str) -> None:
    page = client.get("/projects/clinic/begin", params={"language": name}, headers=HTML)
    assert page.url.path == "/p/clinic/lg"
    assert "Missing (2)" in page.text
    assert '<textarea id="t' in page.text


def test_a_name_that_is_no_language_is_told(client: TestClient) -> None:
    page = client.get("/projects/clinic/begin", params={"language": "Klingonese"}, headers=HTML)
    assert page.status_code == 404
    assert "no language named “Klingonese”" in page.text


def test_a_list_without_texts_says_where_there_are_some(client: TestClient) -> None:
    page = client.get("/p/clinic/sw/list?show=flag", headers=HTML).text
    assert "No text is in this list." in page
    assert 'href="/p/clinic/sw?show=missing"' in page


def test_a_fault_of_the_store_is_a_page_that_says_that_nothing_changed(
    client: TestClient, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "store.db") as database:
        database.execute("ALTER TABLE project RENAME TO elsewhere")
    page = client.get("/projects/clinic", headers=HTML)
    assert page.status_code == 500
    assert "nothing was changed" in page.text
    assert client.get("/api/v1/projects").headers["content-type"] == "application/problem+json"


def test_more_than_a_form_may_send_is_told_on_a_page(client: TestClient) -> None:
    sent = {"text": "x" * 5_000_000}
    page = client.post("/p/clinic/sw/1", data=sent, headers=HTML)
    assert page.status_code in (413, 422)
    assert "more than one form may send" in page.text
    assert "what you wrote is still there" in page.text


def test_a_refusal_is_told_in_the_language_of_the_reader(client: TestClient) -> None:
    page = client.post("/signin?lang=sw", data={"name": "x", "password": "y"}, headers=HTML)
    assert "Jina au nenosiri si sahihi." in page.text


def test_a_page_says_that_its_words_are_drafts_and_how_to_read_english(client: TestClient) -> None:
    page = client.get("/countries?lang=sw", headers=HTML).text
    assert "Tafsiri ya rasimu, haijathibitishwa na mtu." in page
    assert 'href="/countries?lang=en" lang="en"' in page
    assert "draft-remark" not in client.get("/?lang=en", headers=HTML).text
