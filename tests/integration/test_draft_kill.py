"""Drafts of whole projects from an empty store, without a network, killed and gone on with."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.bootstrap import clock
from dpg_l10n.domain.states import Made, State
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.services.jobs import ask_draft
from dpg_l10n.store.maintenance import SqlMaintenance
from dpg_l10n.store.uow import SqlStore
from tests.support.console import CONFIG, Console
from tests.support.corpus import require_corpus
from tests.support.jobs import wait_for
from tests.support.packages import EN_ES, contents
from tests.support.projects import json_bytes
from tests.support.stores import SERVABLE

_ROOT = Path(__file__).parents[2]
_CORPUS = ("dhis2-capture-app", "cht-core", "odk-collect", "openmrs-core", "kolibri")
_PACKAGE = _ROOT.parent / "shared" / "models" / "translate-en_es-0_1.argosmodel"
_UNITS = 2300


def die(moment: str, projects: str, store: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "tests.support.dying_drafts", moment, projects,
         "-l", "es", "--store", store, "--json"],
        cwd=_ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def drafts(url: str) -> Counter[str]:
    """Return by project how many units have a draft; each was written once, by the machine or memory."""
    found: Counter[str] = Counter()
    with closing(SqlStore(url)) as store, store.read() as uow:
        origins = uow.projects.origins()
        for project in uow.projects.list():
            for catalogue in uow.catalogues.list(project.id):
                units = uow.units.load(catalogue.id)
                texts = uow.translations.load(catalogue.id, "es", units).values()
                made = [each for each in texts if origins[each.origin_id].made is not Made.IMPORT]
                assert {each.state for each in made} <= {State.DRAFT}
                assert {each.revision for each in made} <= {1}
                found[project.slug] += len(made)
    with closing(SqlMaintenance(url)) as kept:
        assert kept.check(repair=False)[1] == ()
    return found


def drafted(console: Console, project: str, store: str) -> Any:
    """Draft a project to its end and return the language's report."""
    ran = console("draft", "-p", project, "-l", "es", "--store", store, "--json")
    assert ran.code == 0, ran.err
    (row,) = ran.json["languages"]
    return row


def clinic(console: Console) -> None:
    """Write a project of many units that the demonstration model can draft, and install it."""
    (known,) = (data for name, data in contents(EN_ES).items() if name.endswith("phrases.txt"))
    phrases = [line.split("\t")[0] for line in known.decode().splitlines() if line]
    source = {f"k{number}": phrases[number % len(phrases)] for number in range(_UNITS)}
    console.write(
        {"dpg-l10n.toml": CONFIG, "i18n/en.json": json_bytes(source), "i18n/es.json": "{}"}
    )
    assert console("models", "install", EN_ES).code == 0


@pytest.mark.parametrize("name", SERVABLE)
def test_drafts_that_were_killed_go_on_where_they_stopped(
    name: str, console: Console, tmp_path: Path
) -> None:
    clinic(console)
    with SERVABLE[name](tmp_path / "whole") as url:
        assert console("push", "--store", url).code == 0
        lived = die("never", "clinic", url)
        (whole,) = json.loads(lived.stdout)["languages"]
        statements, commits = map(int, lived.stderr.split()[-2:])
        assert drafts(url)["clinic"] == whole["drafted"]
    assert whole["drafted"] > 2000
    assert commits == 3
    rng = random.Random()  # noqa: S311 - other moments each time, none of them a secret
    moments = [f"statement:{each}" for each in sorted(rng.sample(range(2, statements), 2))]
    with SERVABLE[name](tmp_path) as url:
        assert console("push", "--store", url).code == 0
        before = 0
        for moment in ("commit:1", "after:1", "commit:1", *moments):
            died = die(moment, "clinic", url).returncode
            assert died in (-signal.SIGKILL, 0)  # what is left may take fewer statements
            now = drafts(url)["clinic"]
            assert now >= before
            assert now > before or moment != "after:1"
            assert now == before or moment != "commit:1"
            before = now
        rest = drafted(console, "clinic", url)
        assert rest["drafted"] == whole["drafted"] - before
        assert drafts(url)["clinic"] == whole["drafted"]
        assert drafted(console, "clinic", url)["drafted"] == 0


@pytest.mark.parametrize("name", SERVABLE)
def test_five_real_projects_are_drafted_although_the_run_was_killed(
    name: str, console: Console, tmp_path: Path
) -> None:
    root = require_corpus()
    package = Path(os.environ.get("DPG_L10N_MODEL", _PACKAGE))
    if not package.is_file():
        pytest.skip("no English-Spanish model on this machine (DPG_L10N_MODEL)")
    assert console("models", "install", package).code == 0
    with SERVABLE[name](tmp_path) as url:
        for project in _CORPUS:
            pushed = console(
                "push", root / project, "-p", project, "--accept-damage", "--store", url
            )
            assert pushed.code in (0, 1), pushed.err
        assert drafts(url).total() == 0
        assert die("commit:5", ",".join(_CORPUS), url).returncode == -signal.SIGKILL
        before = drafts(url)
        assert before["openmrs-core"] > 0
        assert before["kolibri"] == 0
        for project in _CORPUS:
            row = drafted(console, project, url)
            missing = row["drafted"] + row["skipped"] + len(row["rejected"])
            assert before[project] + row["drafted"] >= 0.9 * (before[project] + missing)
            assert drafts(url)[project] == before[project] + row["drafted"]


@pytest.mark.parametrize("name", SERVABLE)
def test_five_real_projects_are_drafted_by_jobs_whose_worker_was_killed(
    name: str, console: Console, tmp_path: Path
) -> None:
    root = require_corpus()
    package = Path(os.environ.get("DPG_L10N_MODEL", _PACKAGE))
    if not package.is_file():
        pytest.skip("no English-Spanish model on this machine (DPG_L10N_MODEL)")
    assert console("models", "install", package).code == 0
    with SERVABLE[name](tmp_path) as url:
        for project in _CORPUS:
            assert console(
                "push", root / project, "-p", project, "--accept-damage", "--store", url
            ).code in (0, 1)
        jobs_url = f"{url}.jobs" if url.startswith("sqlite") else url
        command = [sys.executable, "-m", "tests.support.jobs", url, jobs_url]
        with closing(SqlStore(url)) as store, closing(SqlJobs(jobs_url)) as jobs:
            asked = [
                ask_draft(
                    jobs, store, project, "amina", clock(), languages=["es"], engine="argos",
                    limit=None,
                )
                for project in _CORPUS
            ]  # fmt: skip
            died = subprocess.run([*command, "12", "real"], cwd=_ROOT, check=False)  # noqa: S603 - ours
            assert died.returncode == -signal.SIGKILL
            before = drafts(url)
            assert before.total() > 500
            with subprocess.Popen([*command, "never", "real"], cwd=_ROOT) as worker:  # noqa: S603
                try:
                    done = [wait_for(jobs, job.id, 600) for job in asked]
                finally:
                    worker.kill()
        reported = {job.project: job.report["languages"][0] for job in done}
        found = drafts(url)  # each is the first revision of its text: none was done twice
    sys.stdout.write(
        f"{name}: {before.total()} drafts before the kill, {found.total()} at the end\n"
    )
    for project, row in reported.items():
        sys.stdout.write(f"  {project}: {found[project]} drafts, {len(row['rejected'])} refused\n")
        # what was drafted in the step that nobody wrote down is in the store, and not in the report
        assert row["drafted"] <= found[project] <= row["drafted"] + 100
        assert found[project] >= 0.9 * (found[project] + row["skipped"] + len(row["rejected"]))


def test_the_run_can_reach_no_other_machine() -> None:
    code = (
        "import socket; from tools.draft_projects import refuse_sockets; refuse_sockets(); "
        "socket.create_connection(('192.0.2.1', 80))"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "PermissionError: socket.getaddrinfo to 192.0.2.1 was refused" in ran.stderr
