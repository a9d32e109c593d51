"""What a browser may be tricked into, and the HTTP API refuses: foreign hosts, foreign origins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support.api import CLINIC, address, problem, pushed, running, settings_in
from tests.support.projects import Workspace


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        yield made


@pytest.fixture
def client(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


def put(client: TestClient, work: Workspace, headers: dict[str, str]) -> Any:
    body = {"text": "Weka {n}", "state": "translated"}
    return client.put(address(work, "a"), json=body, headers={"If-Match": '"1"', **headers})


@pytest.mark.parametrize(
    "host", ["example.org", "example.org:8321", "localhost.example.org", "127.0.0.1@x", "", "[::1"]
)
@pytest.mark.parametrize("path", ["/healthz", CLINIC])
def test_a_request_for_another_host_is_refused(client: TestClient, host: str, path: str) -> None:
    assert problem(client.get(path, headers={"Host": host})) == (421, "request.host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8321", "127.0.0.1:80", "[::1]:8321"])
def test_this_machine_may_be_called_by_its_usual_names(client: TestClient, host: str) -> None:
    assert client.get(CLINIC, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "http://localhost:8321"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_origin_changes_nothing(
    client: TestClient, work: Workspace, headers: dict[str, str]
) -> None:
    assert problem(put(client, work, headers)) == (403, "request.origin")
    assert work.texts("sw")["a"] == "Hifadhi {n}"


def test_a_page_of_our_own_origin_may_write(client: TestClient, work: Workspace) -> None:
    headers = {"Origin": "http://127.0.0.1:8321", "Sec-Fetch-Site": "same-origin"}
    assert put(client, work, headers).status_code == 200
    assert work.texts("sw")["a"] == "Weka {n}"


def test_what_is_no_page_may_write(client: TestClient, work: Workspace) -> None:
    assert put(client, work, {}).status_code == 200


def test_answers_are_never_taken_for_pages(client: TestClient) -> None:
    for path in (CLINIC, f"{CLINIC}/other"):
        assert client.get(path).headers["x-content-type-options"] == "nosniff"
