"""What the HTTP API refuses, and how it says so: one problem type for each reason."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dpg_l10n.errors import DpgL10nError, InputError, StoreUnavailableError
from dpg_l10n_api.problems import response
from tests.support.api import (
    API,
    CLINIC,
    address,
    problem,
    pushed,
    running,
    settings_in,
    with_plurals,
)
from tests.support.projects import Workspace


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        yield made


@pytest.fixture
def client(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


def put(client: TestClient, where: str, body: Any, if_match: str = '"1"') -> Any:
    return client.put(where, json=body, headers={"If-Match": if_match})


@pytest.mark.parametrize("path", ["", "/catalogues", "/coverage", "/units?language=sw"])
def test_an_unknown_project_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(f"{API}/projects/other{path}")
    assert problem(answer) == (404, "not_found")
    assert answer.json()["detail"] == "There is no project named “other”."


@pytest.mark.parametrize("path", ["", "/history"])
def test_an_unknown_unit_is_not_found(client: TestClient, path: str) -> None:
    where = f"{CLINIC}/units/999/translations/sw{path}"
    assert problem(client.get(where)) == (404, "not_found")


def test_a_decision_on_an_unknown_unit_is_not_found(client: TestClient) -> None:
    where = f"{CLINIC}/units/999/translations/sw"
    assert problem(put(client, where, {"state": "reviewed"})) == (404, "not_found")


def test_a_unit_of_another_project_is_not_found(client: TestClient, work: Workspace) -> None:
    where = address(work, "a").replace("/clinic/", "/other/")
    assert problem(client.get(where)) == (404, "not_found")


def test_an_unknown_catalogue_is_not_found(client: TestClient) -> None:
    answer = client.get(f"{CLINIC}/units?language=sw&catalogue=other")
    assert problem(answer) == (404, "not_found")


def test_the_language_of_the_source_has_no_translations(
    client: TestClient, work: Workspace
) -> None:
    where = address(work, "a", "en")
    assert problem(client.get(where)) == (404, "not_found")
    assert problem(client.get(f"{CLINIC}/units?language=en")) == (404, "not_found")
    assert problem(put(client, where, {"text": "Save", "state": "translated"}, '"0"')) == (
        404, "not_found",
    )  # fmt: skip


def test_what_is_no_language_is_said_so(client: TestClient, work: Workspace) -> None:
    assert problem(client.get(f"{CLINIC}/units?language=null!")) == (422, "language")
    assert problem(client.get(address(work, "a", "app2"))) == (422, "language")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("language=sw&limit=0", "query/limit"),
        ("language=sw&limit=201", "query/limit"),
        ("language=sw&limit=x", "query/limit"),
        ("language=sw&state=done", "query/state"),
    ],
)
def test_a_parameter_that_is_not_valid_is_named(client: TestClient, query: str, place: str) -> None:
    answer = client.get(f"{CLINIC}/units?{query}")
    assert problem(answer) == (422, "request.invalid")
    assert [fault["place"] for fault in answer.json()["errors"]] == [place]


@pytest.mark.parametrize("unit", ["0", "x", str(2**63)])
def test_a_unit_is_named_by_a_number(client: TestClient, unit: str) -> None:
    answer = client.get(f"{CLINIC}/units/{unit}/translations/sw")
    assert problem(answer) == (422, "request.invalid")


@pytest.mark.parametrize(
    "found", [["app"], {"app": 1}, ["app", "0", 1], None, ["app", 0, 1, 2], "app"]
)
def test_a_cursor_of_somebody_else_is_refused(client: TestClient, found: object) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(found).encode()).decode()
    answer = client.get(f"{CLINIC}/units", params={"language": "sw", "cursor": cursor})
    assert problem(answer) == (422, "request.cursor")


@pytest.mark.parametrize("cursor", ["", "!", "x", "AAAA", "w7_", "W1tbW1tb", "é"])
def test_a_cursor_that_is_none_is_refused(client: TestClient, cursor: str) -> None:
    answer = client.get(f"{CLINIC}/units", params={"language": "sw", "cursor": cursor})
    assert problem(answer) == (422, "request.cursor")


def test_a_write_without_a_revision_is_refused(client: TestClient, work: Workspace) -> None:
    answer = client.put(address(work, "a"), json={"text": "Tunza {n}", "state": "translated"})
    assert problem(answer) == (428, "request.revision_missing")
    assert work.texts("sw")["a"] == "Hifadhi {n}"


@pytest.mark.parametrize("if_match", ["*", "1", 'W/"1"', '"1", "2"', '"-1"', '"x"', ""])
def test_a_revision_that_cannot_be_read_is_refused(
    client: TestClient, work: Workspace, if_match: str
) -> None:
    answer = put(client, address(work, "a"), {"state": "reviewed"}, if_match)
    assert problem(answer) == (422, "request.revision")


def test_a_stale_write_gets_the_current_version_and_both_texts_are_kept(
    client: TestClient, work: Workspace
) -> None:
    work.decide("a", "sw", text="Tunza {n}", actor="juma")
    answer = put(client, address(work, "a"), {"text": "Weka {n}", "state": "translated"})
    assert problem(answer) == (412, "conflict.stale")
    current = answer.json()["current"]
    assert (current["text"], current["revision"]) == ("Tunza {n}", 2)
    assert current == client.get(address(work, "a")).json()
    assert work.texts("sw")["a"] == "Tunza {n}"
    assert [each.text for each in work.suggestions("a", "sw")] == ["Weka {n}"]


def test_a_stale_write_that_is_sent_again_is_kept_once(client: TestClient, work: Workspace) -> None:
    work.decide("a", "sw", text="Tunza {n}")
    for _ in range(2):
        put(client, address(work, "a"), {"text": "Weka {n}", "state": "translated"})
    assert len(work.suggestions("a", "sw")) == 1


def test_a_stale_acceptance_does_not_speak_of_a_kept_text(
    client: TestClient, work: Workspace
) -> None:
    work.decide("a", "sw", text="Tunza {n}")
    answer = put(client, address(work, "a"), {"state": "reviewed"})
    assert problem(answer) == (412, "conflict.stale")
    assert "suggestion" not in answer.json()["detail"]
    assert work.suggestions("a", "sw") == ()


def test_a_text_with_errors_is_not_accepted(client: TestClient, work: Workspace) -> None:
    answer = put(client, address(work, "a"), {"text": "Hifadhi", "state": "reviewed"})
    assert problem(answer) == (409, "state.errors")
    assert work.texts("sw")["a"] == "Hifadhi {n}"


def test_a_text_of_risk_needs_a_second_person(client: TestClient, work: Workspace) -> None:
    work.set_risk("a", "clinical")
    answer = put(client, address(work, "a"), {"text": "Weka {n}", "state": "reviewed"})
    assert problem(answer) == (409, "state.two_people")


def test_there_is_nothing_to_accept_where_nothing_is(client: TestClient, work: Workspace) -> None:
    answer = put(client, address(work, "b"), {"state": "reviewed"}, '"0"')
    assert problem(answer) == (422, "state.empty")


def test_variants_are_no_answer_to_a_source_without_variants(
    client: TestClient, work: Workspace
) -> None:
    body = {"plural": {"one": "Fungua", "other": "Fungueni"}, "state": "translated"}
    assert problem(put(client, address(work, "b"), body, '"0"')) == (422, "state.shape")


@pytest.mark.parametrize("labels", [("one", "other"), ("0",), ("0", "1", "2")])
def test_variants_that_a_gettext_file_cannot_hold_are_refused(
    client: TestClient, work: Workspace, labels: tuple[str, ...]
) -> None:
    po = with_plurals(work)
    body = {"plural": dict.fromkeys(labels, "faili %d"), "state": "translated"}
    assert problem(put(client, address(po, "%d file"), body, '"0"')) == (422, "state.shape")
    assert "%d file" not in po.texts("sw")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "body/state"),
        ({"state": "draft"}, "body/state"),
        ({"state": "missing"}, "body/state"),
        ({"state": "translated", "text": 1}, "body/text"),
        ({"state": "translated", "text": "x" * 100_001}, "body/text"),
        ({"state": "translated", "plural": {}}, "body/plural"),
        ({"state": "translated", "plural": {"both": "x"}}, "body/plural/both/[key]"),
        ({"state": "translated", "text": "x", "plural": {"one": "x"}}, "body"),
        ({"state": "translated", "txt": "x"}, "body/txt"),
        ({"state": "needs_work"}, "body"),
        ({"state": "needs_work", "why": " "}, "body"),
        ({"state": "reviewed", "why": "x" * 2001}, "body/why"),
        ([], "body"),
    ],
)
def test_a_decision_that_is_not_valid_is_refused(
    client: TestClient, work: Workspace, body: object, place: str
) -> None:
    answer = put(client, address(work, "a"), body)
    assert problem(answer) == (422, "request.invalid")
    assert [fault["place"] for fault in answer.json()["errors"]] == [place]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b'{"state": "translated", "text": "\\ud800"}', b"[" * 100_000]
)
def test_a_body_that_is_no_json_is_refused(
    client: TestClient, work: Workspace, data: bytes
) -> None:
    headers = {"If-Match": '"1"', "Content-Type": "application/json"}
    answer = client.put(address(work, "a"), content=data, headers=headers)
    status, _ = problem(answer)
    assert status in (400, 422)
    assert work.texts("sw")["a"] == "Hifadhi {n}"


def test_what_was_sent_is_not_repeated(client: TestClient, work: Workspace) -> None:
    answer = put(client, address(work, "a"), {"state": "translated", "text": ["my-secret"]})
    assert "my-secret" not in answer.text


def test_an_unknown_address_is_a_problem_too(client: TestClient) -> None:
    assert problem(client.get(f"{API}/other")) == (404, "request.address")
    assert problem(client.get("/nowhere")) == (404, "request.address")


def test_a_method_that_is_not_allowed_names_those_that_are(client: TestClient) -> None:
    answer = client.delete(CLINIC)
    assert problem(answer) == (405, "request.method")
    assert answer.headers["allow"] == "GET, PATCH"


def test_a_fault_is_told_without_what_is_inside(tmp_path: Path) -> None:
    with running(settings_in(tmp_path)) as client:
        # an application that lost its store is a fault that no route expects
        client.app.state.store = None  # type: ignore[attr-defined]  # the client types any ASGI app
        answer = client.get(f"{API}/projects")
        assert problem(answer) == (500, "internal")
        assert "NoneType" not in answer.text
        assert problem(client.get("/readyz")) == (503, "unavailable")
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StoreUnavailableError(store="sqlite:////srv/secret.db", detail="locked"), 503),
        (DpgL10nError(detail="secret"), 500),
    ],
)
def test_what_a_fault_of_the_service_says_stays_in_its_log(
    error: DpgL10nError, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    answer = response(error)
    assert answer.status_code == status
    assert b"secret" not in bytes(answer.body)
    assert "secret" in caplog.text


def test_a_refused_input_is_named_by_its_own_code() -> None:
    answer = response(InputError(detail="Too large.", code="input.size"))
    body = json.loads(bytes(answer.body))
    assert (body["type"], body["status"]) == ("urn:dpg-l10n:problem:input.size", 422)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "query.language"),
        ({"q": "language:sw,am"}, "query.language"),
        ({"q": "language:sw colour:red"}, "query.field"),
        ({"language": "sw", "q": "state:done"}, "query.value"),
        ({"language": "sw", "q": 'source:"'}, "query.form"),
    ],
)
def test_a_query_that_cannot_be_meant_is_refused(
    client: TestClient, params: dict[str, str], code: str
) -> None:
    assert problem(client.get(f"{CLINIC}/units", params=params)) == (422, code)
