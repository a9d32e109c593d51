"""``kill -9`` of a worker: the next one goes on where it was, nothing is doubled, nothing lost."""

from __future__ import annotations

import hashlib
import io
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from dpg_l10n.bootstrap import clock
from dpg_l10n.domain.states import State
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.ports.jobs import Job, JobState
from dpg_l10n.services.ingest import PushOptions
from dpg_l10n.services.jobs import (
    RESULT,
    About,
    ReportOptions,
    ask_draft,
    ask_push,
    ask_report,
    ask_undo,
)
from dpg_l10n.store.uow import SqlStore
from tests.support import postgresql
from tests.support.jobs import archive, wait_for
from tests.support.projects import json_bytes, json_project

_ROOT = Path(__file__).parents[2]
_UNITS = 350
_TEXTS = {f"k{number}": f"Text {number}" for number in range(_UNITS)}
_WITHIN_S = 30
"""After the start of the next worker."""


@contextmanager
def sqlite(folder: Path) -> Iterator[tuple[str, str]]:
    yield f"sqlite:///{folder}/store.db", f"sqlite:///{folder}/store.db.jobs"


@contextmanager
def server(_folder: Path) -> Iterator[tuple[str, str]]:
    with postgresql.server().database() as url:
        yield url, url


@pytest.fixture(params=[sqlite, server], ids=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    with request.param(tmp_path) as made:
        yield made


def worker(urls: tuple[str, str], moment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "tests.support.jobs", *urls, moment], cwd=_ROOT
    )


def killed_and_done(urls: tuple[str, str], jobs: SqlJobs, asked: Job, moment: str) -> Job:
    """Let a worker die at a moment of a job and the next one finish it."""
    with worker(urls, moment) as first:
        assert first.wait(60) == -signal.SIGKILL
    cut_off = jobs.status(asked.id)
    assert cut_off is not None
    assert cut_off.state is JobState.RUNNING
    begun = time.monotonic()
    with worker(urls, "never") as second:
        try:
            done = wait_for(jobs, asked.id, _WITHIN_S)
            took = time.monotonic() - begun
            store = urls[0].partition(":")[0]
            sys.stdout.write(f"{asked.kind} on {store}: done {took:.1f} s after the restart\n")
            second.send_signal(signal.SIGTERM)
            assert second.wait(60) == 0
        finally:
            second.kill()
    assert (done.state, done.problem) == (JobState.DONE, None)
    return done


@pytest.mark.parametrize("moment", ["3", "after"])
def test_drafts_go_on(urls: tuple[str, str], moment: str) -> None:
    with closing(SqlStore(urls[0])) as store, closing(SqlJobs(urls[1])) as jobs:
        work = json_project(store, _TEXTS, sw={"k0": "Neno"})
        work.push()
        asked = ask_draft(
            jobs, store, "clinic", "amina", clock(), languages=["sw"], engine="fake", limit=None
        )
        done = killed_and_done(urls, jobs, asked, moment)
        found = work.translations("sw")
        assert len(found) == _UNITS
        assert found.pop("k0").state is State.TRANSLATED
        assert {each.state for each in found.values()} == {State.DRAFT}
        assert {each.revision for each in found.values()} == {1}
        assert (done.done, done.whole) == (_UNITS - 1, _UNITS - 1)


@pytest.mark.parametrize("moment", ["1", "after"])
def test_a_push_is_done_once_and_its_report_is_whole(urls: tuple[str, str], moment: str) -> None:
    files = {
        "dpg-l10n.toml": b'[project]\nslug = "clinic"\n[[catalogue]]\nname = "app"\n'
        b'source = "en.json"\ntarget = "{language}.json"\n',
        "en.json": json_bytes(_TEXTS),
        "sw.json": json_bytes({key: f"Neno {key}" for key in _TEXTS}),
    }
    with closing(SqlStore(urls[0])) as store, closing(SqlJobs(urls[1])) as jobs:
        asked = ask_push(jobs, "clinic", archive(files), PushOptions("amina"), clock())
        done = killed_and_done(urls, jobs, asked, moment)
        (catalogue,) = done.report["catalogues"]
        assert catalogue["added"] == catalogue["languages"]["sw"]["written"] == _UNITS
        with store.read() as uow:
            project = uow.projects.require("clinic")
            last = uow.projects.last_action(project.id, "push")
            assert last is not None
            assert last[0] == done.report["id"]
            assert uow.past.action(project.id, last[0] - 1) is None


@pytest.mark.parametrize("moment", ["1", "after"])
def test_a_push_is_taken_back_once(urls: tuple[str, str], moment: str) -> None:
    with closing(SqlStore(urls[0])) as store, closing(SqlJobs(urls[1])) as jobs:
        work = json_project(store, _TEXTS, sw={"k0": "Neno"})
        work.push()
        work.files["i18n/sw.json"] = json_bytes({key: f"Neno {key}" for key in _TEXTS})
        asked = ask_undo(jobs, store, "clinic", "juma", clock(), work.push().id)
        done = killed_and_done(urls, jobs, asked, moment)
        (catalogue,) = done.report["catalogues"]
        assert catalogue["languages"] == {"sw": _UNITS}
        assert work.texts("sw") == {"k0": "Neno"}
        assert {each.revision for each in work.translations("sw").values()} == {3}


def test_a_report_goes_on(urls: tuple[str, str]) -> None:
    with closing(SqlStore(urls[0])) as store, closing(SqlJobs(urls[1])) as jobs:
        json_project(store, _TEXTS, sw={"k0": "Neno"}).push()
        asked = ask_report(
            jobs, store, "amina", clock(), ReportOptions(About.COUNTRIES, kind="csv")
        )
        done = killed_and_done(urls, jobs, asked, "after")
        assert done.done == done.whole == len(done.report["files"]) > 200
        with zipfile.ZipFile(io.BytesIO(b"".join(jobs.read_file(asked.id, RESULT)))) as made:
            told = {each["path"]: each["sha256"] for each in done.report["files"]}
            found = {name: hashlib.sha256(made.read(name)).hexdigest() for name in made.namelist()}
        assert found == told


def test_the_jobs_of_a_dead_worker_go_to_one_that_lives(tmp_path: Path) -> None:
    with server(tmp_path) as urls, closing(SqlStore(urls[0])) as store:
        with closing(SqlJobs(urls[1])) as jobs:
            work = json_project(store, _TEXTS, sw={})
            work.push()
            asked = ask_draft(
                jobs, store, "clinic", "amina", clock(), languages=["sw"], engine="fake", limit=None
            )
            # whichever of the two gets the job: the other one is alive when it is taken up
            with worker(urls, "2") as dying, worker(urls, "never") as living:
                try:
                    done = wait_for(jobs, asked.id, 60)
                finally:
                    living.kill()
                    dying.kill()
        assert done.state is JobState.DONE
        assert {each.revision for each in work.translations("sw").values()} == {1}
        assert len(work.translations("sw")) == _UNITS
