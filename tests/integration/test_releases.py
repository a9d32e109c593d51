"""The gate, the releases that passed it, and which of them held a harmful text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n import bootstrap
from dpg_l10n.domain.states import State
from dpg_l10n.errors import ConflictError, GateError, NotFoundError, UsageError
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.ports import Store
from dpg_l10n.services import conversation, gates, releases
from dpg_l10n.services.conversation import Subject
from dpg_l10n.services.drafting import draft
from dpg_l10n.services.export import ExportOptions
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.jobs import tasks
from dpg_l10n.services.jobs.archive import RESULT
from dpg_l10n.services.jobs.ask import ask_export, find_job
from dpg_l10n.services.releases import NewRelease
from dpg_l10n.store.uow import SqlStore
from tests.support.api import CLINIC, address, problem, pushed, running, settings_in
from tests.support.engines import FakeEngine
from tests.support.projects import (
    FixedClock,
    Workspace,
    json_bytes,
    json_project,
    message,
    po_project,
)
from tests.support.stores import STORES

CLOCK = FixedClock()
SOURCE = {"dose": "Take {n} tablets", "open": "Open", "save": "Save"}


@pytest.fixture(params=["sqlite memory", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with STORES[request.param](tmp_path) as url, closing(SqlStore(url)) as opened:
        yield opened


@pytest.fixture
def work(store: Store) -> Workspace:
    made = json_project(
        store, SOURCE, sw={"dose": "Meza {n}", "open": "Fungua"}, am={"open": "ክፈት"}
    )
    made.push()
    return made


def make(work: Workspace, name: str, **options: Any) -> dict[str, bytes]:
    """Make a release and return its files."""
    written: dict[str, bytes] = {}
    asked = ExportOptions(**options)
    new = NewRelease(name, "amina")
    releases.release(work.store, "clinic", new, written.__setitem__, asked, work.clock)
    return written


def withdraw(work: Workspace, key: str, language: str = "sw") -> list[str]:
    """Withdraw the current text and return the names of the releases that held it."""
    subject = Subject("clinic", work.units()[key].id, language, "juma")
    current = work.translation(key, language)
    assert current is not None
    done = conversation.withdraw(work.store, subject, current.revision, "harmful", CLOCK)
    return [each.name for each in done.releases]


def failed(work: Workspace, *languages: str, only: Only | None = None) -> list[tuple[str, str]]:
    """Return what speaks against a release: condition and language."""
    report = gates.gate(work.store, "clinic", languages, only)
    assert report.passed is not bool(report.failed)
    return [(each.code, each.language) for each in report.failed]


def push_asking(work: Workspace, **asked: Any) -> None:
    work.spec = replace(work.spec, **asked)
    work.push()


def test_a_project_that_asks_for_nothing_may_be_released(work: Workspace) -> None:
    assert failed(work) == []


def test_a_language_below_its_bar_shuts_the_gate(work: Workspace) -> None:
    push_asking(work, fail_under={"default": 60, "am": 40, "fr": 1})
    assert failed(work) == [("coverage", "am"), ("coverage", "fr")]
    assert failed(work, "sw") == []


def test_drafts_do_not_open_the_gate(work: Workspace) -> None:
    push_asking(work, fail_under={"sw": 100})
    draft(work.store, "clinic", FakeEngine(), work.clock)
    assert work.state("save", "sw") is State.DRAFT
    assert failed(work, "sw") == [("coverage", "sw")]


def test_a_text_with_an_error_shuts_the_gate_unless_the_project_bears_it(work: Workspace) -> None:
    work.decide("dose", "sw", text="Meza {m}")
    assert failed(work) == [("errors", "sw")]
    (found,) = gates.gate(work.store, "clinic").failed
    assert releases.sentence(found) == "sw: 1 text with errors: app/dose."
    push_asking(work, gate_errors=1)
    assert failed(work) == []


def test_a_text_of_risk_has_to_be_reviewed(work: Workspace) -> None:
    work.set_risk("dose", "clinical")
    assert failed(work) == [("risk", "sw")]
    assert failed(work, only=Only.REVIEWED) == []
    work.decide("dose", "sw", State.REVIEWED, actor="asha")
    assert failed(work) == []


def test_a_withdrawn_text_of_the_pushed_files_shuts_the_gate_until_they_are_written_anew(
    work: Workspace,
) -> None:
    withdraw(work, "open")
    assert failed(work) == [("withdrawn", "sw")]
    work.files.update(work.export())
    work.push()
    assert failed(work) == []


def test_a_text_that_was_accepted_after_all_does_not_shut_the_gate(work: Workspace) -> None:
    withdraw(work, "open")
    work.decide("open", "sw", State.REVIEWED, actor="asha")
    assert failed(work) == []


def test_the_gate_of_a_tree_is_that_of_its_files(store: Store, work: Workspace) -> None:
    spec = replace(work.spec, fail_under={"sw": 90})
    files = {**work.files, "i18n/am.json": b"{"}
    with closing(SqlStore("sqlite://")) as empty:
        report = gates.gate_tree(empty, spec, files.__getitem__, CLOCK)
    assert [(each.code, each.language) for each in report.failed] == [
        ("refused", ""), ("coverage", "sw"),
    ]  # fmt: skip
    assert releases.sentence(report.failed[0]) == "1 file refused: i18n/am.json."


def test_a_release_is_an_export_that_is_remembered(work: Workspace) -> None:
    assert make(work, "v1.0") == work.export()
    (found,) = releases.releases(work.store, "clinic")
    assert (found.name, found.actor, found.languages) == ("v1.0", "amina", ("am", "sw"))
    view = releases.show_release(work.store, "clinic", "v1.0")
    assert [(f.path, f.units, f.bytes) for f in view.files] == [
        ("i18n/am.json", 1, len(work.files["i18n/am.json"])),
        ("i18n/sw.json", 2, len(work.files["i18n/sw.json"])),
    ]  # fmt: skip


def test_a_release_stays_what_it_was(work: Workspace) -> None:
    make(work, "v1.0")
    with pytest.raises(ConflictError) as caught:
        make(work, "v1.0")
    assert caught.value.error_code == "release.exists"


def test_a_shut_gate_writes_nothing_and_remembers_nothing(work: Workspace) -> None:
    push_asking(work, fail_under={"sw": 90})
    written: dict[str, bytes] = {}
    with pytest.raises(GateError, match="sw: 66% covered, 90% asked for"):
        releases.release(
            work.store, "clinic", NewRelease("v1", "amina"), written.__setitem__, ExportOptions(),
            CLOCK,
        )  # fmt: skip
    assert written == {}
    assert releases.releases(work.store, "clinic") == ()
    assert make(work, "v1", languages=("am",))


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("", {}, "release.name"),
        ("a b", {}, "release.name"),
        ("../x", {}, "release.name"),
        ("v1", {"include_drafts": True}, "release.drafts"),
        ("v1", {"format": "tmx"}, "release.format"),
    ],
)
def test_what_is_no_release_is_refused(
    work: Workspace, name: str, options: dict[str, Any], code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        make(work, name, **options)
    assert caught.value.error_code == code


def test_a_withdrawn_text_names_exactly_the_releases_that_held_it(work: Workspace) -> None:
    make(work, "v1")
    make(work, "v2-am", languages=("am",))
    work.decide("open", "sw", text="Fungulia")
    make(work, "v3")
    work.decide("open", "sw", text="Fungua")
    make(work, "v4", only=Only.REVIEWED)
    make(work, "v5", format="po")
    work.decide("open", "sw", State.REVIEWED, actor="asha")
    make(work, "v6", only=Only.REVIEWED)
    assert withdraw(work, "open") == ["v6", "v5", "v1"]
    make(work, "v7")
    for name, count in (("v1", 1), ("v3", 0), ("v4", 0), ("v7", 0)):
        view = releases.show_release(work.store, "clinic", name)
        assert [(each.key, each.text) for each in view.withdrawn] == [("open", "Fungua")] * count


def test_a_withdrawn_text_of_a_unit_that_is_gone_is_still_told_of(work: Workspace) -> None:
    make(work, "v1")
    withdraw(work, "open")
    work.files["i18n/en.json"] = json_bytes({"dose": "Take {n} tablets", "save": "Save"})
    work.push(prune=True)
    view = releases.show_release(work.store, "clinic", "v1")
    assert [each.key for each in view.withdrawn] == ["open"]


def test_a_fuzzy_text_is_held_by_the_po_file_and_not_by_the_compiled_one(store: Store) -> None:
    work = po_project(store, message("Open"), sw=[message("Open", "Fungua", "#, fuzzy")])
    work.push()
    make(work, "po")
    make(work, "mo", format="mo")
    assert work.state("Open", "sw") is State.NEEDS_WORK
    assert withdraw(work, "Open") == ["po"]


def test_a_release_that_is_not_there_names_those_that_are(work: Workspace) -> None:
    make(work, "v1")
    with pytest.raises(NotFoundError, match="There are: v1"):
        releases.show_release(work.store, "clinic", "v2")


def test_a_release_whose_worker_died_is_made_once_and_its_archive_is_that_of_the_record(
    work: Workspace, tmp_path: Path
) -> None:
    with (
        closing(SqlJobs(f"sqlite:///{tmp_path / 'jobs.db'}")) as jobs,
        bootstrap.job_tools(settings_in(tmp_path), work.store) as tools,
    ):
        job = ask_export(jobs, work.store, "clinic", "amina", CLOCK, ExportOptions(), release="v1")
        task = tasks(tools)["export"]
        first = task(jobs, job, None)
        # nobody wrote down that the step was done, and the texts went on
        work.decide("open", "sw", text="Fungulia")
        again = task(jobs, find_job(jobs, job.id), None)
        assert again == first
        kept = b"".join(jobs.read_file(job.id, RESULT))
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert b"Fungua" in archive.read("i18n/sw.json")
    assert [each.name for each in releases.releases(work.store, "clinic")] == ["v1"]


def test_the_api_shows_gate_and_releases_and_answers_a_withdrawal_with_them(
    tmp_path: Path,
) -> None:
    with pushed(tmp_path) as work, running(settings_in(tmp_path)) as client:
        assert client.get(f"{CLINIC}/gate").json()["passed"] is True
        make(work, "v1")
        assert [each["name"] for each in client.get(f"{CLINIC}/releases").json()["items"]] == ["v1"]
        where = address(work, "a")
        body, seen = {"why": "harmful"}, {"If-Match": '"1"'}
        answer = client.post(f"{where}/withdraw", json=body, headers=seen).json()
        assert ([each["name"] for each in answer["releases"]], answer["state"]) == (
            ["v1"], "needs_work",
        )  # fmt: skip
        shown = client.get(f"{CLINIC}/releases/v1").json()
        assert shown["withdrawn"][0]["text"] == "Hifadhi {n}"
        found = client.get(f"{CLINIC}/gate", params={"language": "sw"}).json()
        assert [each["code"] for each in found["conditions"] if not each["passed"]] == ["withdrawn"]
        assert problem(client.get(f"{CLINIC}/releases/v9")) == (404, "not_found")
        bad = client.post(f"{CLINIC}/exports", json={"release": "a b"})
        assert problem(bad) == (422, "release.name")


def test_the_review_page_names_the_releases_that_held_a_withdrawn_text(tmp_path: Path) -> None:
    with pushed(tmp_path) as work, running(settings_in(tmp_path)) as client:
        make(work, "v1.0")
        unit = work.units()["a"].id
        said = {"act": "withdraw", "why": "harmful", "revision": "1", "text": "Hifadhi {n}"}
        page = client.post(f"/p/clinic/sw/{unit}", data=said)
        assert page.status_code == 200
        assert '<bdi dir="ltr">v1.0</bdi>' in page.text
