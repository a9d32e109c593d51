"""Glossaries over HTTP: read page by page, decided on, taken in, given out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dpg_l10n.domain.access import Grant, Principal, Role, Scope
from dpg_l10n.services import accounts
from dpg_l10n_api.main import create_app
from tests.integration.test_accounts import BOSS, CLOCK_NOW
from tests.integration.test_api_jobs import watched
from tests.support.api import API, CLINIC, address, problem, pushed, running, settings_in
from tests.support.projects import Workspace
from tests.support.terms import TERMS, with_glossary

TERMS_AT = f"{API}/glossaries/terms"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        with_glossary(made.store, "terms")
        yield made


@pytest.fixture
def client(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


def accept(client: TestClient, **more: Any) -> Any:
    return client.post(f"{TERMS_AT}/decisions", json={"status": "accepted", **more})


def signed_in(work: Workspace, *grants: Grant) -> dict[str, str]:
    """Make an account and return the headers of its token."""
    accounts.invite(work.store, BOSS, "boss2", [Grant(Role.OWNER)], CLOCK_NOW())
    account, _ = accounts.invite(work.store, BOSS, "juma", grants, CLOCK_NOW())
    who = Principal("juma", grants, account_id=account.id)
    token = accounts.add_token(work.store, who, "t", Scope(), 1, CLOCK_NOW())
    return {"Authorization": f"Bearer {token.text}"}


def test_glossaries_are_listed_with_how_much_of_them_is_accepted(client: TestClient) -> None:
    assert accept(client, concepts=["form"], language="sw").json() == {
        "status": "accepted", "concepts": 1, "terms": 3, "skipped": 0,
    }  # fmt: skip
    (item,) = client.get(f"{API}/glossaries").json()["items"]
    assert (item["glossary"], item["project"], item["licence"]) == ("terms", None, "CC0-1.0")
    assert (item["concepts"], item["accepted"]) == (2, 1)
    assert client.get(TERMS_AT).json() == item


def test_concepts_come_page_by_page(client: TestClient) -> None:
    first = client.get(f"{TERMS_AT}/concepts", params={"limit": 1}).json()
    assert [each["key"] for each in first["items"]] == ["form"]
    second = client.get(f"{TERMS_AT}/concepts", params={"limit": 1, "cursor": first["next"]}).json()
    assert [each["key"] for each in second["items"]] == ["open"]
    assert second["next"] is None
    refused = client.get(f"{TERMS_AT}/concepts", params={"cursor": "none"})
    assert problem(refused) == (422, "request.cursor")


def test_concepts_are_searched_by_word_status_and_what_waits(client: TestClient) -> None:
    def found(**asked: Any) -> list[str]:
        answer = client.get(f"{CLINIC}/concepts", params=asked)
        return [each["key"] for each in answer.json()["items"]]

    accept(client, concepts=["form"], language="sw")
    assert found(q="fomu") == ["form"]
    assert found(status="accepted") == ["form"]
    assert found(open_in="sw") == ["open"]
    assert found(q="nothing like it") == []


def test_only_the_words_of_some_languages_are_shown(client: TestClient) -> None:
    answer = client.get(f"{TERMS_AT}/concepts", params={"language": "pt_BR"}).json()
    assert [term["language"] for each in answer["items"] for term in each["terms"]] == ["en", "en"]


def test_an_empty_language_is_no_language(client: TestClient) -> None:
    for address_of in (f"{API}/glossaries/terms/concepts", f"{CLINIC}/units"):
        name = "source_language" if "concepts" in address_of else "language"
        assert client.get(address_of, params={name: ""}).status_code == 422


def test_the_terms_of_a_unit_say_their_status_and_where_they_are_from(
    client: TestClient, work: Workspace
) -> None:
    (hit,) = client.get(f"{address(work, 'b')}/terms").json()["hits"]
    assert (hit["text"], hit["status"], hit["risk"]) == ("Open", "suggested", "clinical")
    assert hit["terms"] == [{"text": "fungua", "use": "preferred", "status": "suggested"}]
    assert (hit["glossary"], hit["licence"]) == ("terms", "CC0-1.0")


def test_the_terms_of_any_text_are_found(client: TestClient) -> None:
    asked = {"text": "Two forms", "language": "sw"}
    (hit,) = client.get(f"{CLINIC}/terms", params=asked).json()["hits"]
    assert (hit["start"], hit["end"], hit["concept"]) == (4, 9, "form")


def test_an_accepted_word_is_asked_for_from_then_on(client: TestClient, work: Workspace) -> None:
    where, text = address(work, "b"), {"text": "Weka", "state": "translated"}
    first = client.put(where, json=text, headers={"If-Match": '"0"'}).json()
    assert accept(client, concepts=["open"], language="sw").status_code == 200
    second = client.put(where, json={**text, "text": "Weka!"}, headers={"If-Match": '"1"'}).json()
    assert first["findings"] == []
    assert "term.missing" in [each["code"] for each in second["findings"]]


def test_all_open_words_are_accepted_but_those_of_risk(client: TestClient) -> None:
    assert accept(client, language="sw").json() == {
        "status": "accepted", "concepts": 1, "terms": 3, "skipped": 1,
    }  # fmt: skip
    assert problem(accept(client)) == (422, "glossary.nothing")


def test_words_are_added_and_rejected(client: TestClient) -> None:
    added = {"concept": "form", "language": "sw", "words": ["karatasi"]}
    assert client.post(f"{TERMS_AT}/words", json=added).json()["terms"] == 1
    rejected = {"status": "rejected", "concepts": ["form"], "language": "sw", "words": ["fomu"]}
    assert client.post(f"{TERMS_AT}/decisions", json=rejected).json()["terms"] == 1
    (concept,) = client.get(f"{TERMS_AT}/concepts", params={"q": "karatasi"}).json()["items"]
    said = {term["text"]: term["status"] for term in concept["terms"]}
    assert (said["fomu"], said["karatasi"]) == ("rejected", "accepted")


def test_a_glossary_goes_out_as_a_file_and_comes_in_again(client: TestClient) -> None:
    accept(client, concepts=["form"], language="sw")
    for kind in ("csv", "tbx", "tbx-v2"):
        answer = client.get(f"{TERMS_AT}/file", params={"format": kind})
        name = f"terms.{kind[:3]}"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        job = client.post(f"{API}/glossaries/copy-{kind}/imports", content=answer.content)
        assert (job.status_code, job.json()["kind"], job.json()["state"]) == (
            200, "glossary", "done",
        )  # fmt: skip
        report = job.json()["report"]
        assert (report["concepts"], report["problems"]) == (2, [])
        copy = client.get(f"{API}/glossaries/copy-{kind}").json()
        assert (copy["concepts"], copy["accepted"]) == (2, 0)


def test_broken_rows_of_an_import_are_named_by_line(client: TestClient) -> None:
    data = b"term,sw,risk\na,b,\nc,d,deadly\n"
    report = client.post(f"{API}/glossaries/more/imports", content=data).json()["report"]
    assert (report["concepts"], report["left_out"]) == (1, 1)
    assert [each["line"] for each in report["problems"]] == [3]
    refused = client.post(f"{API}/glossaries/none/imports", content=b"first column,second\n1,2\n")
    assert (refused.json()["state"], refused.json()["problem"]["code"]) == (
        "failed", "format.glossary",
    )  # fmt: skip
    assert problem(client.get(f"{API}/glossaries/none"))[0] == 404


def test_a_large_glossary_comes_in_by_a_job_of_its_project(work: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"word {number},neno {number},{'x' * 40}\n" for number in range(6000))
    data = f"term,sw,definition\n{rows}".encode()
    app = create_app(settings_in(tmp_path), works=True)
    with TestClient(app, base_url="http://127.0.0.1:8321") as client:
        at = f"{API}/glossaries/large/imports"
        answer = client.post(at, content=data, params={"project": "clinic"})
        assert answer.status_code == 202
        assert answer.headers["location"] == f"/api/v1/jobs/{answer.json()['id']}"
        job = watched(client, answer.json())
        assert (job.state, job.project, job.done, job.report["concepts"]) == (
            "done", "clinic", 6000, 6000,
        )  # fmt: skip
        again = watched(client, client.post(at, content=data).json())
        assert (again.project, again.report["changed"]) == ("clinic", 0)


def test_a_glossary_of_more_than_a_request_of_another_kind_may_have_comes_in(
    client: TestClient,
) -> None:
    data = b"term,sw\n" + b"a,b\n" * 3_000_000
    assert client.post(f"{API}/glossaries/large/imports", content=data).status_code == 202


def test_nothing_is_asked_for_a_project_that_is_not_there(client: TestClient) -> None:
    asked = {"project": "nowhere"}
    refused = client.post(f"{API}/glossaries/new/imports", content=b"term,sw\n", params=asked)
    assert problem(refused) == (404, "not_found")


def test_the_same_key_is_the_same_import(client: TestClient) -> None:
    at, key = f"{API}/glossaries/once/imports", {"Idempotency-Key": "once"}
    first, second = (
        client.post(at, content=b"term,sw\na,b\n", headers=key).json() for _ in range(2)
    )
    assert first == second


def test_a_glossary_is_taken_out(client: TestClient) -> None:
    assert client.delete(TERMS_AT).json() == {"name": "terms", "entries": 2}
    assert problem(client.delete(TERMS_AT)) == (404, "not_found")


def test_everybody_who_is_signed_in_reads_the_glossary_of_all_and_few_decide(
    client: TestClient, work: Workspace
) -> None:
    headers = signed_in(work, Grant(Role.MAINTAINER, "clinic"))
    assert client.get(f"{TERMS_AT}/concepts", headers=headers).status_code == 200
    asked = {"status": "accepted", "concepts": ["form"], "language": "sw"}
    refused = client.post(f"{TERMS_AT}/decisions", json=asked, headers=headers)
    assert problem(refused) == (403, "access.forbidden")
    assert problem(client.delete(TERMS_AT, headers=headers))[0] == 403


def test_a_reviewer_of_one_language_decides_on_its_words_alone(
    client: TestClient, work: Workspace
) -> None:
    headers = signed_in(work, Grant(Role.REVIEWER, None, "sw"))
    asked = {"status": "accepted", "concepts": ["form"]}
    for language, status in (("sw", 200), ("fr", 403), (None, 403)):
        said = client.post(
            f"{TERMS_AT}/decisions", json={**asked, "language": language}, headers=headers
        )
        assert said.status_code == status, language


def test_concepts_of_risk_are_for_those_who_know_the_subject(
    client: TestClient, work: Workspace
) -> None:
    headers = signed_in(work, Grant(Role.MAINTAINER))
    asked = {"status": "accepted", "concepts": ["open"], "language": "sw"}
    words = {"concept": "open", "language": "sw", "words": ["weka wazi"]}
    for address_, body in ((f"{TERMS_AT}/decisions", asked), (f"{TERMS_AT}/words", words)):
        assert problem(client.post(address_, json=body, headers=headers))[0] == 403
    imported = client.post(
        f"{TERMS_AT}/imports", params={"accept": True}, content=TERMS, headers=headers
    )
    assert problem(imported)[0] == 403
    (_, risky) = client.get(f"{TERMS_AT}/concepts", headers=headers).json()["items"]
    assert risky["status"] == "suggested"


def test_the_glossary_of_a_project_is_not_for_others(client: TestClient, work: Workspace) -> None:
    with_glossary(work.store, "own", "clinic")
    headers = signed_in(work, Grant(Role.OWNER, "school"))
    listed = client.get(f"{API}/glossaries", headers=headers).json()["items"]
    assert [each["glossary"] for each in listed] == ["terms"]
    # nobody learns whether it is there
    statuses = {
        client.get(f"{API}/glossaries/{name}/concepts", headers=headers).status_code
        for name in ("own", "nowhere")
    }
    assert statuses == {403}
