"""Long work through the API: asked for, watched, ended, and shown to nobody else."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dpg_l10n.domain.access import Grant, Permission, Principal, Role, Scope
from dpg_l10n.interchange.plain import plain
from dpg_l10n.services import accounts
from dpg_l10n_api.logs import JsonLines
from dpg_l10n_api.main import create_app
from dpg_l10n_api.schemas.jobs import JobItem
from tests.support.api import API, CLINIC, problem, pushed, running, settings_in
from tests.support.jobs import archive
from tests.support.projects import FixedClock, Workspace, json_bytes

_FILES = {
    "dpg-l10n.toml": b'[project]\nslug = "other"\n[[catalogue]]\nname = "app"\n'
    b'source = "i18n/en.json"\ntarget = "i18n/{language}.json"\n',
    "i18n/en.json": json_bytes({"a": "Save {n} files", "b": "Open", "c": "Close"}),
    "i18n/sw.json": json_bytes({"a": "Hifadhi {n}"}),
}
_ZIP = {"Content-Type": "application/zip"}


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        yield made


@pytest.fixture
def client(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


@pytest.fixture
def serving(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    """A service that does its jobs itself."""
    app = create_app(settings_in(tmp_path), works=True)
    with TestClient(app, base_url="http://127.0.0.1:8321") as made:
        yield made


def watched(client: TestClient, job: Any) -> JobItem:
    """Return a job as its last event shows it."""
    answer = client.get(f"{API}/jobs/{job['id']}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    *_, last = [line for line in answer.text.splitlines() if line.startswith("data: ")]
    return JobItem.model_validate_json(last.removeprefix("data: "), strict=True)


def test_a_small_push_is_done_at_once(client: TestClient, work: Workspace) -> None:
    answer = client.post(f"{CLINIC}/pushes", content=archive(_FILES).read(), headers=_ZIP)
    assert answer.status_code == 200
    job = JobItem.model_validate_json(answer.content, strict=True)
    assert (job.state, job.report["project"], job.report["catalogues"][0]["added"]) == (
        "done", "clinic", 1,
    )  # fmt: skip
    assert "c" in work.units()


def test_a_push_of_parts_is_one_of_an_archive(client: TestClient, work: Workspace) -> None:
    parts = [("file", (path, data)) for path, data in _FILES.items()]
    answer = client.post(f"{CLINIC}/pushes", files=parts, params={"dry_run": True})
    assert answer.status_code == 200
    report = answer.json()["report"]
    assert (report["dry_run"], report["catalogues"][0]["added"]) == (True, 1)
    assert "c" not in work.units()


def test_the_same_key_pushes_once(client: TestClient) -> None:
    headers = _ZIP | {"Idempotency-Key": "build-7"}
    content = archive(_FILES).read()
    answers = [
        client.post(f"{CLINIC}/pushes", content=content, headers=headers).json() for _ in range(2)
    ]
    assert answers[0] == answers[1]
    parts = [("file", (path, data)) for path, data in _FILES.items()]
    key = {"Idempotency-Key": "parts-7"}
    sent = [client.post(f"{CLINIC}/pushes", files=parts, headers=key).json() for _ in range(2)]
    assert sent[0] == sent[1]


def test_a_key_is_of_one_question(client: TestClient, work: Workspace) -> None:
    key = {"Idempotency-Key": "once"}
    pushed = client.post(f"{CLINIC}/pushes", content=archive(_FILES).read(), headers=_ZIP | key)
    assert pushed.json()["state"] == "done"
    files = {**_FILES, "i18n/en.json": b'{"z": "Zoom"}'}
    refused = client.post(f"{CLINIC}/pushes", content=archive(files).read(), headers=_ZIP | key)
    assert problem(refused) == (422, "job.key")
    assert "z" not in work.units()
    client.post(f"{CLINIC}/exports", json={"languages": ["sw"]}, headers=key)
    refused = client.post(f"{CLINIC}/exports", json={"languages": ["fr"]}, headers=key)
    assert problem(refused) == (422, "job.key")


def test_what_no_archive_is_says_so(client: TestClient) -> None:
    job = client.post(f"{CLINIC}/pushes", content=b"PK no", headers=_ZIP).json()
    assert (job["state"], job["problem"]["code"]) == ("failed", "input.archive")
    answer = client.post(f"{CLINIC}/pushes", json={})
    assert problem(answer) == (422, "input.archive")


@pytest.mark.parametrize("path", ["../up.json", "/etc/x.json", "a\\b.json", ".git/config"])
def test_an_archive_writes_nowhere_else(client: TestClient, path: str) -> None:
    files = {**_FILES, path: b"{}"}
    answer = client.post(f"{CLINIC}/pushes", content=archive(files).read(), headers=_ZIP)
    assert answer.json()["problem"]["code"] == "input.archive"


def test_an_archive_that_unpacks_to_more_than_allowed_is_refused(client: TestClient) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("i18n/en.json", b" " * 50_000_000)
    answer = client.post(f"{CLINIC}/pushes", content=made.getvalue(), headers=_ZIP)
    assert answer.json()["problem"]["code"] == "input.size"


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post(f"{API}/session", content=b"x" * (9 << 20))
    assert problem(answer) == (413, "request.size")
    portions = (b"x" * (1 << 20) for _ in range(9))
    answer = client.post(f"{API}/session", content=portions)
    assert problem(answer) == (413, "request.size")


def test_an_export_is_downloaded_when_it_is_done(serving: TestClient, work: Workspace) -> None:
    asked = serving.post(f"{CLINIC}/exports", json={})
    assert asked.status_code == 202
    assert asked.headers["location"] == f"{API}/jobs/{asked.json()['id']}"
    done = watched(serving, asked.json())
    assert done.state == "done"
    answer = serving.get(f"{API}/jobs/{done.id}/file")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        assert made.read("i18n/sw.json") == work.files["i18n/sw.json"]
    assert [job["id"] for job in serving.get(f"{API}/jobs").json()["items"]] == [done.id]


def test_drafts_and_acceptance_are_jobs(serving: TestClient) -> None:
    asked = serving.post(f"{CLINIC}/drafts", json={"languages": ["sw"], "engine": None})
    assert watched(serving, asked.json()).report["languages"][0]["language"] == "sw"
    asked = serving.post(f"{CLINIC}/acceptances", json={"language": "sw"})
    assert watched(serving, asked.json()).report["skipped"] is not None


def test_a_waiting_job_is_cancelled(client: TestClient) -> None:
    job = client.post(f"{CLINIC}/exports", json={}).json()
    assert job["state"] == "queued"
    assert client.delete(f"{API}/jobs/{job['id']}").json()["state"] == "cancelled"
    answer = client.get(f"{API}/jobs/{job['id']}/file")
    assert problem(answer) == (404, "not_found")


@pytest.mark.parametrize("place", ["pushes", "drafts", "exports"])
def test_what_cannot_be_asked_for_is_a_problem(client: TestClient, place: str) -> None:
    answer = client.post(f"{API}/projects/school/{place}", json={})
    assert answer.status_code == (422 if place == "pushes" else 404)


def test_a_job_is_shown_to_who_may_read_its_project(client: TestClient, work: Workspace) -> None:
    job = client.post(f"{CLINIC}/exports", json={}).json()
    boss = Principal("system", (Grant(Role.OWNER),))
    now = FixedClock(4_000_000_000)
    headers = {}
    for name, project in (("asha", "clinic"), ("juma", "school")):
        grants = (Grant(Role.VIEWER, project),)
        account, _ = accounts.invite(work.store, boss, name, grants, now)
        who = Principal(name, grants, account_id=account.id)
        scope = Scope(permissions=frozenset(Permission))
        secret = accounts.add_token(work.store, who, "test", scope, 1, now).text
        headers[name] = {"Authorization": f"Bearer {secret}"}
    where = f"{API}/jobs/{job['id']}"
    assert client.get(where, headers=headers["asha"]).json() == job
    assert problem(client.delete(where, headers=headers["asha"])) == (403, "access.forbidden")
    for method in ("GET", "DELETE"):
        answer = client.request(method, where, headers=headers["juma"])
        assert problem(answer) == (404, "not_found")
    listed = [
        [each["id"] for each in client.get(f"{API}/jobs", headers=headers[name]).json()["items"]]
        for name in ("asha", "juma")
    ]
    assert listed == [[job["id"]], []]


def test_a_report_is_that_of_the_console(client: TestClient, work: Workspace) -> None:
    answer = client.post(
        f"{CLINIC}/pushes", content=archive(_FILES).read(), headers=_ZIP, params={"dry_run": True}
    )
    work.files["i18n/en.json"] = _FILES["i18n/en.json"]
    assert answer.json()["report"] == json.loads(json.dumps(plain(work.push(dry_run=True))))


def test_figures_name_operations_and_nobody(client: TestClient) -> None:
    client.get(f"{CLINIC}/coverage")
    client.get("/no/such/address")
    client.post(f"{CLINIC}/exports", json={})
    said = client.get("/metrics").text
    assert 'dpg_l10n_requests_total{operation="show_coverage",status="200"} 1.0' in said
    assert 'dpg_l10n_jobs{state="queued"} 1.0' in said
    assert "clinic" not in said
    assert "amina" not in said
    assert "no/such" not in said


def test_who_asks_too_often_waits(work: Workspace, tmp_path: Path) -> None:
    app = create_app(replace(settings_in(tmp_path), rate=3), is_local=False)
    with TestClient(app, base_url="http://127.0.0.1:8321") as client:
        answers = [client.get(f"{API}/projects") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


def test_a_log_line_is_json_without_who_asked(client: TestClient, caplog: Any) -> None:
    with caplog.at_level("INFO", logger="dpg_l10n_api.requests"):
        client.get(f"{CLINIC}/units?language=sw&q=secret")
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert (line["message"], line["level"]) == ("list_units 200", "info")
    assert set(line) == {"time", "level", "logger", "message", "ms"}


def test_an_upload_names_each_path_once_and_has_files(client: TestClient) -> None:
    twice = [("file", ("i18n/en.json", b"{}")), ("file", ("i18n/en.json", b"{}"))]
    for parts in (twice, [("other", ("i18n/en.json", b"{}"))]):
        answer = client.post(f"{API}/projects/clinic/pushes", files=parts)
        assert problem(answer) == (422, "input.archive")
