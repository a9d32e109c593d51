"""Webhooks: signed, tried again, and never sent to where nobody outside may reach."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dpg_l10n import bootstrap
from dpg_l10n.config import settings
from dpg_l10n.delivery import Sender
from dpg_l10n.domain.webhooks import EVENTS, PAUSES_S, Webhook, signature
from dpg_l10n.errors import ConfigError, ConflictError, NotFoundError, UnavailableError, UsageError
from dpg_l10n.jobs.opening import METADATA
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.ports import Store
from dpg_l10n.ports.jobs import Job, JobState, NewJob
from dpg_l10n.services import webhooks
from dpg_l10n.services.export import ExportOptions
from dpg_l10n.services.ingest import PushOptions
from dpg_l10n.services.jobs import Tools, ask_export, ask_push, tasks
from dpg_l10n.store.uow import SqlStore
from tests.support import postgresql
from tests.support.api import API, CLINIC, address, problem, pushed, running, settings_in
from tests.support.console import Console
from tests.support.jobs import archive, wait_for, work_until, working
from tests.support.projects import FixedClock, Workspace, json_bytes, json_project
from tests.support.receivers import Receiver, receiving

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
CLOCK = FixedClock()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db"
        return
    with postgresql.server().database() as made:
        yield made


@pytest.fixture
def work(url: str) -> Iterator[Workspace]:
    with closing(SqlStore(url)) as store:
        made = json_project(store, {"a": "Save", "b": "Open"}, sw={"a": "Hifadhi", "b": "Fungua"})
        made.push()
        yield made


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[SqlJobs]:
    with closing(SqlJobs(f"sqlite:///{tmp_path}/jobs.db")) as opened:
        yield opened


@pytest.fixture
def tools(work: Workspace, tmp_path: Path) -> Iterator[Tools]:
    config = replace(settings_in(tmp_path), webhooks_inside=True)
    with bootstrap.job_tools(config, work.store) as made:
        yield replace(made, clock=CLOCK)


def hooked(store: Store, url: str, *events: str) -> Webhook:
    return webhooks.add_webhook(store, "clinic", url, events or EVENTS, "amina", CLOCK, inside=True)


def waiting(jobs: SqlJobs) -> list[Job]:
    """Return the messages on their way, oldest first."""
    found = [each for each in jobs.list(None, 99) if each.kind == "webhook"]
    return [each for each in reversed(found) if each.state is JobState.QUEUED]


def events(jobs: SqlJobs) -> list[str]:
    return sorted(each.arguments["event"] for each in waiting(jobs))


def send(tools: Tools, jobs: SqlJobs, job: Job) -> Any:
    """Do the job of a message as a worker does, and return its report."""
    turn = tasks(tools)["webhook"](jobs, job, None)
    jobs.end(job.id, JobState.DONE, CLOCK.now(), report=turn.report)
    return turn.report


def announce(work: Workspace, jobs: SqlJobs, key: str = "") -> tuple[Job, ...]:
    data = {"project": "clinic"}
    return webhooks.announce(work.store, jobs, "clinic", "release.made", data, CLOCK, key)


def test_a_message_is_signed_and_says_what_happened(
    work: Workspace, jobs: SqlJobs, tools: Tools, receiver: Receiver
) -> None:
    hook = hooked(work.store, receiver.url, "release.made")
    (job,) = announce(work, jobs)
    report = send(tools, jobs, job)
    assert (report["status"], report["fault"], report["next"]) == (204, "", None)
    ((headers, body),) = receiver.got
    said = json.loads(body)
    assert (said["type"], said["timestamp"], said["data"]) == (
        "release.made", "2026-01-01T12:00:00Z", {"project": "clinic"},
    )  # fmt: skip
    assert headers["webhook-id"] == job.arguments["message"]
    assert headers["webhook-timestamp"] == str(CLOCK.at)
    wanted = signature(hook.secret, headers["webhook-id"], CLOCK.at, body)
    assert headers["webhook-signature"] == wanted
    assert headers["host"] == receiver.url.split("/")[2]


def test_a_message_that_is_not_taken_is_tried_again_later_under_the_same_number(
    work: Workspace, jobs: SqlJobs, tools: Tools, receiver: Receiver
) -> None:
    hooked(work.store, receiver.url)
    receiver.statuses = [500] * (len(PAUSES_S) + 1)
    announce(work, jobs)
    for pause in PAUSES_S:
        (job,) = waiting(jobs)
        assert send(tools, jobs, job)["next"] == CLOCK.at + pause
        (again,) = waiting(jobs)
        assert again.id not in jobs.waiting(CLOCK.at + pause - 1)
        assert again.id in jobs.waiting(CLOCK.at + pause)
    assert send(tools, jobs, again)["next"] is None
    assert waiting(jobs) == []
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len(receiver.got) == len(PAUSES_S) + 1


def test_a_try_whose_worker_died_asks_for_one_more_and_no_two(
    work: Workspace, jobs: SqlJobs, tools: Tools, receiver: Receiver
) -> None:
    hooked(work.store, receiver.url)
    receiver.statuses = [503, 503]
    (job,) = announce(work, jobs)
    for _ in range(2):
        tasks(tools)["webhook"](jobs, job, None)
    assert len(waiting(jobs)) == 2  # the one that was cut off, and one more


def test_the_same_event_is_told_once(work: Workspace, jobs: SqlJobs, receiver: Receiver) -> None:
    hooked(work.store, receiver.url)
    assert announce(work, jobs, "v1")[0].id == announce(work, jobs, "v1")[0].id
    assert announce(work, jobs, "v2")[0].id != announce(work, jobs, "v1")[0].id


def test_a_redirect_is_not_followed(
    work: Workspace, jobs: SqlJobs, tools: Tools, receiver: Receiver
) -> None:
    hooked(work.store, receiver.url)
    receiver.statuses = [302]
    announce(work, jobs)
    report = send(tools, jobs, waiting(jobs)[0])
    assert (report["status"], report["fault"]) == (302, "not taken")
    assert len(receiver.got) == 1


def test_a_receiver_that_is_gone_for_good_is_told_nothing_more(
    work: Workspace, jobs: SqlJobs, tools: Tools, receiver: Receiver
) -> None:
    hooked(work.store, receiver.url)
    receiver.statuses = [410]
    first, second = announce(work, jobs)[0], announce(work, jobs)[0]
    assert send(tools, jobs, first)["next"] is None
    assert send(tools, jobs, second)["fault"] == "the webhook is gone"
    assert announce(work, jobs) == ()
    assert [each.gone for each in webhooks.webhooks(work.store, "clinic")] == [True]


def test_what_is_on_its_way_to_a_removed_webhook_is_not_sent(
    work: Workspace, jobs: SqlJobs, tools: Tools, receiver: Receiver
) -> None:
    hook = hooked(work.store, receiver.url)
    (job,) = announce(work, jobs)
    webhooks.remove_webhook(work.store, "clinic", hook.id, "amina", CLOCK)
    assert send(tools, jobs, job)["status"] is None
    assert receiver.got == []
    with pytest.raises(NotFoundError):
        webhooks.remove_webhook(work.store, "clinic", hook.id, "amina", CLOCK)


def test_without_a_webhook_nothing_is_asked_of_anybody(
    work: Workspace, jobs: SqlJobs, tools: Tools, receiver: Receiver
) -> None:
    work.decide("a", "sw", text="Hifadhia")
    job = ask_export(jobs, work.store, "clinic", "amina", CLOCK, ExportOptions(), release="v1")
    tasks(tools)["export"](jobs, job, None)
    assert waiting(jobs) == []


def test_a_project_hears_only_of_itself_and_what_it_asked_for(
    work: Workspace, jobs: SqlJobs, receiver: Receiver
) -> None:
    hooked(work.store, receiver.url, "push.stored")
    replace(work, spec=replace(work.spec, slug="school")).push()
    assert announce(work, jobs) == ()
    assert webhooks.announce(work.store, jobs, "school", "push.stored", {}, CLOCK) == ()
    assert webhooks.announce(work.store, jobs, "nowhere", "push.stored", {}, CLOCK) == ()


def test_a_push_is_told_with_the_languages_that_fell_below_their_bar(
    work: Workspace, jobs: SqlJobs, tools: Tools, receiver: Receiver
) -> None:
    hooked(work.store, receiver.url)
    config = b'[project]\nslug = "clinic"\n[[catalogue]]\nname = "app"\nsource = "i18n/en.json"\n'
    config += b'target = "i18n/{language}.json"\n[coverage]\nfail_under = 90\n'
    files = {**work.files, "dpg-l10n.toml": config,
             "i18n/en.json": json_bytes({"a": "Save", "b": "Open", "c": "Close"})}  # fmt: skip
    options = PushOptions("amina")
    job = ask_push(jobs, "clinic", archive(files), options, CLOCK, tools=tools)
    assert job.state is JobState.DONE
    assert events(jobs) == ["coverage.below", "job.ended", "push.stored"]
    (low,) = [each for each in waiting(jobs) if each.arguments["event"] == "coverage.below"]
    assert json.loads(low.arguments["body"])["data"]["languages"] == [
        {"language": "sw", "coverage": 66, "asked": 90}
    ]
    files["i18n/en.json"] = json_bytes({"a": "Save", "b": "Open", "c": "Close", "d": "Go"})
    ask_push(jobs, "clinic", archive(files), options, CLOCK, tools=tools)
    assert events(jobs).count("coverage.below") == 1
    ask_push(jobs, "clinic", archive(files), replace(options, dry_run=True), CLOCK, tools=tools)
    assert events(jobs).count("push.stored") == 2


def test_a_job_that_failed_is_told_with_its_problem(
    work: Workspace, jobs: SqlJobs, tools: Tools, receiver: Receiver
) -> None:
    hooked(work.store, receiver.url, "job.ended")
    files = {**work.files, "i18n/en.json": b"{"}
    ask_push(jobs, "clinic", archive({"x": b""}), PushOptions("amina"), CLOCK, tools=tools)
    (told,) = waiting(jobs)
    said = json.loads(told.arguments["body"])["data"]
    assert (said["kind"], said["state"], said["problem"]) == (
        "push", "failed", "usage.no_catalogue",
    )  # fmt: skip
    assert files


def test_a_worker_delivers_what_is_due(
    work: Workspace, url: str, tmp_path: Path, receiver: Receiver
) -> None:
    place = url if url.startswith("postgresql") else f"sqlite:///{tmp_path}/w.jobs"
    hook = hooked(work.store, receiver.url)
    with closing(SqlJobs(place)) as opened:
        job = webhooks.try_webhook(
            work.store, opened, "clinic", hook.id, "amina", bootstrap.clock()
        )
        later = NewJob(
            "webhook", "clinic", "amina", job.arguments, "later", bootstrap.clock().now() + 9_999
        )
        opened.enqueue(later, 1)
        assert isinstance(work.store, SqlStore)
        done = work_until(opened, work.store, job.id, inside=True)
        assert (done.state, done.report["status"]) == (JobState.DONE, 204)
        assert len(waiting(opened)) == 1
    ((_, body),) = receiver.got
    assert json.loads(body)["type"] == "webhook.test"


def test_a_receiver_that_never_answers_holds_up_nobody_else(
    work: Workspace, url: str, tmp_path: Path, receiver: Receiver
) -> None:
    place = url if url.startswith("postgresql") else f"sqlite:///{tmp_path}/w.jobs"
    assert isinstance(work.store, SqlStore)
    with receiving() as silent, closing(SqlJobs(place)) as opened:
        silent.answering.clear()
        hooked(work.store, silent.url, "release.made")
        unheard = [announce(work, opened)[0].id for _ in range(12)]
        hooked(work.store, receiver.url, "release.made")
        told = announce(work, opened)
        asked = ask_export(
            opened, work.store, "clinic", "amina", bootstrap.clock(), ExportOptions()
        )
        with working(opened, work.store, inside=True):
            try:
                assert wait_for(opened, asked.id).state is JobState.DONE
                assert wait_for(opened, told[1].id).report["status"] == 204
                states = [found.state for each in unheard if (found := opened.status(each))]
                assert states.count(JobState.RUNNING) <= 1
                assert states.count(JobState.QUEUED) > len(unheard) / 2
            finally:
                silent.answering.set()
            for each in unheard:
                assert wait_for(opened, each).state is JobState.DONE


HEADERS = {"Content-Type": "application/json"}


def names(*addresses: str) -> Any:
    """Return a resolver that knows one answer."""

    def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("93.184.216.34", "127.0.0.1"), ("::1",), ("169.254.169.254",)]
)
def test_a_name_that_stands_for_an_address_of_the_inside_is_sent_nothing(
    addresses: tuple[str, ...],
) -> None:
    with pytest.raises(UsageError) as caught:
        Sender(names=names(*addresses))("https://example.org/", HEADERS, b"{}")
    assert caught.value.error_code == "webhook.address"


def test_the_connection_goes_to_the_address_that_was_looked_at(receiver: Receiver) -> None:
    asked: list[str] = []

    def once(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    port = receiver.server_port
    # the name itself stands for nothing: whoever resolved it a second time would fail
    status = Sender(inside=True, names=once)(f"http://hook.invalid:{port}/x", HEADERS, b"{}")
    assert (status, asked) == (204, ["hook.invalid"])
    assert receiver.got[0][0]["host"] == f"hook.invalid:{port}"


def test_a_private_address_is_refused_unless_the_operator_allows_it(receiver: Receiver) -> None:
    secure = receiver.url.replace("http:", "https:")
    for url in (receiver.url, secure):
        with pytest.raises(UsageError):
            Sender()(url, HEADERS, b"{}")
    assert receiver.got == []
    assert Sender(inside=True)(receiver.url, HEADERS, b"{}") == 204


def test_a_receiver_without_a_certificate_is_not_spoken_to(receiver: Receiver) -> None:
    with pytest.raises(UnavailableError) as caught:
        Sender(inside=True)(receiver.url.replace("http:", "https:"), HEADERS, b"{}")
    assert caught.value.error_code == "unavailable.webhook"


def test_a_receiver_that_does_not_answer_is_not_there() -> None:
    with pytest.raises(UnavailableError):
        Sender(inside=True, names=names())("http://hook.invalid/", HEADERS, b"{}")
    with pytest.raises(UnavailableError):
        Sender(inside=True)("http://127.0.0.1:9/", HEADERS, b"{}")


def test_a_receiver_that_answers_byte_by_byte_is_left(receiver: Receiver) -> None:
    receiver.statuses = [-1]
    with pytest.raises(UnavailableError):
        Sender(inside=True, whole_s=0.2)(receiver.url, HEADERS, b"{}")


def test_a_message_that_is_too_long_is_not_sent(receiver: Receiver) -> None:
    with pytest.raises(UsageError):
        Sender(inside=True)(receiver.url, HEADERS, bytes(300 * 1024))
    assert receiver.got == []


def test_the_api_makes_lists_tries_and_removes_webhooks(tmp_path: Path) -> None:
    with pushed(tmp_path) as work, running(settings_in(tmp_path)) as client:
        asked = {"url": "https://ci.example.org/l10n", "events": ["text.withdrawn"]}
        made = client.post(f"{CLINIC}/webhooks", json=asked)
        assert made.status_code == 201
        assert made.json()["secret"].startswith("whsec_")
        (listed,) = client.get(f"{CLINIC}/webhooks").json()["items"]
        assert "secret" not in listed
        inside = client.post(f"{CLINIC}/webhooks", json={**asked, "url": "https://127.0.0.1/"})
        assert problem(inside) == (422, "webhook.url")
        assert client.post(f"{CLINIC}/webhooks", json={**asked, "events": ["x"]}).status_code == 422
        tried = client.post(f"{CLINIC}/webhooks/{listed['id']}/test")
        assert (tried.status_code, tried.json()["kind"]) == (202, "webhook")
        client.post(
            f"{address(work, 'a')}/withdraw", json={"why": "x"}, headers={"If-Match": '"1"'}
        )
        page = {"act": "withdraw", "why": "x", "revision": "2", "text": "Hifadhi {n}"}
        client.post(f"/p/clinic/sw/{work.units()['a'].id}", data=page)
        found = client.get(f"{API}/jobs").json()["items"]
        assert [each["kind"] for each in found] == ["webhook"] * 3
        gone = client.delete(f"{CLINIC}/webhooks/{listed['id']}")
        assert gone.json() == {"removed": listed["id"]}
        assert problem(client.delete(f"{CLINIC}/webhooks/{listed['id']}")) == (404, "not_found")


def test_a_project_has_so_many_webhooks_and_no_more(work: Workspace) -> None:
    for _ in range(webhooks.MOST):
        hooked(work.store, "http://127.0.0.1/")
    with pytest.raises(ConflictError):
        hooked(work.store, "http://127.0.0.1/")


def test_an_event_that_there_is_not_is_refused(work: Workspace) -> None:
    with pytest.raises(UsageError, match=r"“push.started” is none of them"):
        hooked(work.store, "http://127.0.0.1/", "push.started")


def test_the_console_makes_webhooks_and_tells_them_what_it_does(console: Console) -> None:
    console.clinic()
    console("push")
    assert not console.store.with_name("store.db.jobs").exists()
    url = "https://ci.example.org/l10n"
    made = console("webhook", "add", url, *(f"--event={each}" for each in EVENTS), "--json")
    assert made.json["secret"].startswith("whsec_")
    assert console("webhook", "add", url, "--event", "push.stored").out.startswith("whsec_")
    assert console("webhook", "list", "--json").json[0]["url"] == url
    assert url in console("webhook", "list").out
    assert console("webhook", "remove", "2").code == 0
    assert console("webhook", "remove", "2", "--json").code == 2
    console.clinic(sw={"save": "Hifadhia"})
    console("push", "--accept-damage")
    console("export", "--out", "build", "--release", "v1")
    console("review", "withdraw", "-l", "sw", "--revision", "2", "--why", "x", "app", "save")
    with closing(SqlJobs(f"sqlite:///{console.store}.jobs")) as jobs:
        assert events(jobs) == ["push.stored", "release.made", "text.withdrawn"]


def test_jobs_of_an_older_program_are_opened(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.jobs"
    engine = sa.create_engine(url)
    METADATA.create_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE job DROP COLUMN due")
        connection.exec_driver_sql("ALTER TABLE job DROP COLUMN lane")
    engine.dispose()
    for _ in range(2):
        with closing(SqlJobs(url)) as jobs:
            jobs.enqueue(NewJob("export", "clinic", "amina", {}), 1)
    assert len(jobs.waiting(2)) == 2


def test_the_switch_for_the_inside_is_on_or_off() -> None:
    assert settings({"DPG_L10N_WEBHOOKS_INSIDE": "1"}).webhooks_inside
    assert not settings({}).webhooks_inside
    with pytest.raises(ConfigError):
        settings({"DPG_L10N_WEBHOOKS_INSIDE": "yes"})
