"""Reports as jobs: the figures of the pages, of what who asks may see, and safe to be cut off."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dpg_l10n.domain.access import Grant, Permission, Principal, Role, Scope
from dpg_l10n.domain.terms import TermStatus
from dpg_l10n.interchange.plain import plain
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.ports import Store
from dpg_l10n.ports.jobs import Jobs, JobState
from dpg_l10n.services import accounts, glossaries
from dpg_l10n.services.jobs import RESULT, About, ReportOptions, ask_report, ask_terms
from dpg_l10n.store.uow import SqlStore
from dpg_l10n_api.main import create_app
from tests.integration.test_api_jobs import watched
from tests.support import countries
from tests.support.api import API, problem, settings_in
from tests.support.jobs import work_until
from tests.support.projects import FixedClock, json_project
from tests.support.terms import with_glossary

CLOCK = FixedClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with closing(SqlStore(f"sqlite:///{tmp_path}/store.db")) as made:
        yield made


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[SqlJobs]:
    with closing(SqlJobs(f"sqlite:///{tmp_path}/store.db.jobs")) as made:
        yield made


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    countries.fill(store)
    return store


@pytest.fixture
def serving(filled: SqlStore, tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(settings_in(tmp_path), works=True)
    with TestClient(app, base_url="http://127.0.0.1:8321") as made:
        yield made


def archived(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def made(jobs: Jobs, job_id: str) -> dict[str, bytes]:
    return archived(b"".join(jobs.read_file(job_id, RESULT)))


def asked(client: TestClient, **body: Any) -> dict[str, bytes]:
    """Ask for a report and return its files, after seeing that its report tells of them."""
    answer = client.post(f"{API}/reports", json=body)
    assert answer.status_code == 202
    done = watched(client, answer.json())
    assert (done.state, done.problem) == (JobState.DONE, None)
    answer = client.get(f"{API}/jobs/{done.id}/file")
    assert 'filename="dpg-l10n-report.zip"' in answer.headers["content-disposition"]
    found = archived(answer.content)
    told = {each["path"]: each["bytes"] for each in done.report["files"]}
    assert told == {path: len(data) for path, data in found.items()}
    return found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "sw"])
def test_a_report_on_countries_has_the_bytes_of_their_pages(
    serving: TestClient, kind: str, language: str
) -> None:
    found = asked(
        serving, about="countries", names=["ke", "ET", "KE"], format=kind, threshold=0.6,
        language=language,
    )  # fmt: skip
    assert sorted(found) == [f"dpg-l10n-ET.{kind}", f"dpg-l10n-KE.{kind}"]
    for code in ("KE", "ET"):
        page = serving.get(f"/countries/{code}.{kind}?threshold=60&lang={language}").content
        assert found[f"dpg-l10n-{code}.{kind}"] == page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_report_on_projects_has_the_bytes_of_their_pages(serving: TestClient, kind: str) -> None:
    found = asked(serving, about="projects", format=kind)
    assert len(found) == 3
    for slug in ("health", "farm", "civil"):
        page = serving.get(f"/projects/{slug}/trend.{kind}").content
        assert found[f"dpg-l10n-{slug}-trend.{kind}"] == page


def test_a_report_on_the_world_is_the_same_each_time(filled: SqlStore, jobs: SqlJobs) -> None:
    options = ReportOptions(About.COUNTRIES, kind="csv")
    asked = ask_report(jobs, filled, "amina", CLOCK, options)
    done = work_until(jobs, filled, asked.id, 120)
    assert done.state is JobState.DONE
    assert done.done == done.whole == len(done.report["files"]) > 200
    again = ask_report(jobs, filled, "amina", CLOCK, options)
    assert again.id != asked.id
    assert made(jobs, work_until(jobs, filled, again.id, 120).id) == made(jobs, asked.id)


def test_a_report_is_of_what_who_asks_may_see(filled: SqlStore, jobs: SqlJobs) -> None:
    options = ReportOptions(About.COUNTRIES, ("KE",), "csv")
    found = {}
    for who, slugs in (("amina", {"health", "farm", "civil"}), ("juma", {"farm"})):
        job = ask_report(
            jobs, filled, who, CLOCK, options,
            lambda one, slugs=slugs: one.slug in slugs,  # type: ignore[misc]
        )  # fmt: skip
        (found[who],) = made(jobs, work_until(jobs, filled, job.id).id).values()
    assert b"Health Tracker" in found["amina"]
    assert b"Health Tracker" not in found["juma"]
    assert b"Farm Advice" in found["juma"]


def test_the_same_key_is_the_same_report_although_a_project_came_meanwhile(
    filled: SqlStore, jobs: SqlJobs
) -> None:
    options = ReportOptions(About.PROJECTS)
    first = ask_report(jobs, filled, "amina", CLOCK, options, key="june")
    countries.add(filled, "late", "Late", sw=1)
    assert ask_report(jobs, filled, "amina", CLOCK, options, key="june").id == first.id
    assert len(made(jobs, work_until(jobs, filled, first.id).id)) == 3


def test_a_cancelled_report_leaves_no_file(serving: TestClient) -> None:
    job = serving.post(f"{API}/reports", json={"about": "countries"}).json()
    serving.delete(f"{API}/jobs/{job['id']}")
    assert watched(serving, job).state is JobState.CANCELLED
    assert problem(serving.get(f"{API}/jobs/{job['id']}/file")) == (404, "not_found")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"about": "countries", "names": ["QQ"]}, (404, "not_found")),
        ({"about": "projects", "names": ["nowhere"]}, (404, "not_found")),
        ({"about": "planets"}, (422, "request.invalid")),
        ({"about": "countries", "format": "svg"}, (422, "request.invalid")),
        ({"about": "countries", "threshold": 0}, (422, "request.invalid")),
    ],
)
def test_what_nobody_can_report_on_is_refused(
    serving: TestClient, body: dict[str, Any], wanted: tuple[int, str]
) -> None:
    assert problem(serving.post(f"{API}/reports", json=body)) == wanted


def test_who_reads_one_project_gets_no_figure_of_another(
    serving: TestClient, filled: Store
) -> None:
    boss = Principal("system", (Grant(Role.OWNER),))
    now = FixedClock(4_000_000_000)
    grants = (Grant(Role.VIEWER, "farm"),)
    account, _ = accounts.invite(filled, boss, "asha", grants, now)
    who = Principal("asha", grants, account_id=account.id)
    secret = accounts.add_token(filled, who, "t", Scope(permissions=frozenset(Permission)), 1, now)
    serving.headers["Authorization"] = f"Bearer {secret.text}"
    assert list(asked(serving, about="projects")) == ["dpg-l10n-farm-trend.xlsx"]
    refused = serving.post(f"{API}/reports", json={"about": "projects", "names": ["health"]})
    assert problem(refused) == (404, "not_found")
    refused = serving.post(f"{API}/projects/health/term-checks", json={})
    assert problem(refused)[0] in (403, 404)


def test_a_check_against_the_glossary_finds_what_the_console_finds(
    store: SqlStore, jobs: SqlJobs
) -> None:
    texts = {"a": "The form", "b": "Open the form"}
    work = json_project(
        store, texts, languages={"sw": {"a": "Hati", "b": "Fungua fomu"}, "fr": {"a": "Le papier"}}
    )
    work.push()
    with_glossary(store, "terms", "clinic")
    glossaries.decide(
        store, CLOCK, "terms", ("form",), TermStatus.ACCEPTED, language="sw", actor="amina"
    )
    job = ask_terms(jobs, store, "clinic", "amina", CLOCK, [])
    done = work_until(jobs, store, job.id)
    said = plain(glossaries.report(store, "clinic"))
    assert said["findings"]
    assert {each["language"] for each in said["findings"]} == {"sw"}
    assert done.report["checked"] == said["checked"] == 3
    assert sorted(done.report["findings"], key=str) == sorted(said["findings"], key=str)
    assert (done.done, done.whole) == (2, 2)
    job = ask_terms(jobs, store, "clinic", "amina", CLOCK, ["fr"])
    assert work_until(jobs, store, job.id).report == plain(
        glossaries.report(store, "clinic", ("fr",))
    )
