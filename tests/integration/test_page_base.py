"""What every page promises: safe headers, one language, nothing from elsewhere, small answers."""

from __future__ import annotations

import re
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
