"""Long work: done by a worker, safe to ask for twice, shown while it goes on."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dpg_l10n.bootstrap import clock
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.ports.jobs import Job, JobState, NewJob
from dpg_l10n.services.export import ExportOptions
from dpg_l10n.services.ingest import PushOptions
from dpg_l10n.services.jobs import RESULT, ask_accept, ask_draft, ask_export, ask_push, ask_undo
from dpg_l10n.store.uow import SqlStore
from tests.support import postgresql
from tests.support.jobs import archive, work_until
from tests.support.projects import Workspace, json_bytes, json_project

_FILES = {
    "dpg-l10n.toml": b'[project]\nslug = "other"\n[[catalogue]]\nname = "app"\n'
    b'source = "i18n/en.json"\ntarget = "i18n/{language}.json"\n',
    "i18n/en.json": json_bytes({"a": "Save {n} files", "b": "Open"}),
    "i18n/sw.json": json_bytes({"a": "Hifadhi {n}"}),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db", f"sqlite:///{tmp_path}/store.db.jobs"
        return
    with postgresql.server().database() as url:
        yield url, url


@pytest.fixture
def store(urls: tuple[str, str]) -> Iterator[SqlStore]:
    opened = SqlStore(urls[0])
    yield opened
    opened.close()


@pytest.fixture
def jobs(urls: tuple[str, str]) -> Iterator[SqlJobs]:
    opened = SqlJobs(urls[1])
    yield opened
    opened.close()


@pytest.fixture
def work(store: SqlStore) -> Workspace:
    made = json_project(store, {"a": "Save {n} files", "b": "Open"}, sw={"a": "Hifadhi {n}"})
    made.push()
    return made


def test_a_push_of_an_archive_is_a_push(jobs: SqlJobs, store: SqlStore) -> None:
    asked = ask_push(jobs, "clinic", archive(_FILES), PushOptions("amina"), clock())
    assert asked.state is JobState.QUEUED
    done = work_until(jobs, store, asked.id)
    assert (done.state, done.problem) == (JobState.DONE, None)
    assert done.report["project"] == "clinic"
    (catalogue,) = done.report["catalogues"]
    assert (catalogue["units"], catalogue["languages"]["sw"]["translated"]) == (2, 1)


def test_an_export_leaves_an_archive_with_the_bytes_that_were_pushed(
    jobs: SqlJobs, store: SqlStore, work: Workspace
) -> None:
    asked = ask_export(jobs, store, "clinic", "amina", clock(), ExportOptions())
    done = work_until(jobs, store, asked.id)
    assert done.state is JobState.DONE
    with zipfile.ZipFile(io.BytesIO(b"".join(jobs.read_file(asked.id, RESULT)))) as made:
        assert {name: made.read(name) for name in made.namelist()} == {
            "i18n/sw.json": work.files["i18n/sw.json"]
        }


def test_drafts_from_memory_and_acceptance_are_jobs_too(
    jobs: SqlJobs, store: SqlStore, work: Workspace
) -> None:
    asked = ask_draft(
        jobs, store, "clinic", "amina", clock(), languages=["sw"], engine=None, limit=None
    )
    done = work_until(jobs, store, asked.id)
    (row,) = done.report["languages"]
    assert (row["language"], row["drafted"], row["skipped"]) == ("sw", 0, 1)
    asked = ask_accept(jobs, store, "clinic", "juma", clock(), "sw", "")
    done = work_until(jobs, store, asked.id)
    assert done.report["accepted"] == 1


def test_a_push_is_taken_back_by_a_job(jobs: SqlJobs, store: SqlStore, work: Workspace) -> None:
    before = work.texts("sw")
    work.files["i18n/sw.json"] = json_bytes({"a": "Tunza {n}", "b": "Fungua"})
    number = work.push().id
    trial = ask_undo(jobs, store, "clinic", "juma", clock(), number, dry_run=True)
    assert work_until(jobs, store, trial.id).report["id"] == 0
    assert work.texts("sw")["b"] == "Fungua"
    done = work_until(jobs, store, ask_undo(jobs, store, "clinic", "juma", clock(), number).id)
    assert (done.state, done.report["push"], work.texts("sw")) == (JobState.DONE, number, before)
    other = ask_undo(jobs, store, "clinic", "juma", clock(), done.report["id"])
    problem = work_until(jobs, store, other.id).problem
    assert problem is not None
    assert (problem["code"], problem["exit_code"]) == ("undo.kind", 2)


def test_the_same_key_of_the_same_person_is_the_same_job(jobs: SqlJobs) -> None:
    def ask(actor: str) -> Job:
        new = NewJob("export", "clinic", actor, {}, "build-7")
        return jobs.enqueue(new, 100, {"a": io.BytesIO(b"x")})[0]

    assert ask("amina").id == ask("amina").id
    assert ask("amina").id != ask("juma").id


def test_a_refused_archive_ends_its_job_with_what_the_console_says(
    jobs: SqlJobs, store: SqlStore
) -> None:
    asked = ask_push(jobs, "clinic", io.BytesIO(b"no archive"), PushOptions(), clock())
    done = work_until(jobs, store, asked.id)
    assert done.state is JobState.FAILED
    assert done.problem is not None
    assert (done.problem["code"], done.problem["exit_code"]) == ("input.archive", 3)


def test_a_cancelled_job_is_not_begun(jobs: SqlJobs, store: SqlStore, work: Workspace) -> None:
    first = ask_export(jobs, store, "clinic", "amina", clock(), ExportOptions())
    cancelled = jobs.cancel(first.id, 100)
    assert cancelled is not None
    assert cancelled.state is JobState.CANCELLED
    second = ask_export(jobs, store, "clinic", "amina", clock(), ExportOptions())
    work_until(jobs, store, second.id)
    assert work_until(jobs, store, first.id).state is JobState.CANCELLED
    assert not [*jobs.read_file(first.id, RESULT)]


def test_what_ended_long_ago_is_forgotten_with_its_files(jobs: SqlJobs) -> None:
    new = NewJob("export", "clinic", "amina", {})
    old, waiting = (jobs.enqueue(new, 100, {"a": io.BytesIO(b"x")})[0].id for _ in range(2))
    jobs.cancel(old, 100)
    assert [*jobs.forget(before=200)] == [old]
    assert jobs.status(old) is None
    assert not [*jobs.read_file(old, "a")]
    assert jobs.status(waiting) is not None


def test_a_large_file_comes_back_whole(jobs: SqlJobs) -> None:
    data = json.dumps([*range(400_000)]).encode()
    job, _ = jobs.enqueue(NewJob("push", "p", "amina", {}), 1, {"a": io.BytesIO(data)})
    portions = [*jobs.read_file(job.id, "a")]
    assert b"".join(portions) == data
    assert len(portions) > 1
