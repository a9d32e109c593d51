"""Many people and pushes at once: nobody is turned away, nothing is lost, counters stay true."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from dpg_l10n.domain.states import State
from dpg_l10n.errors import StaleRevisionError
from dpg_l10n.store.maintenance import SqlMaintenance
from dpg_l10n.store.uow import SqlStore
from tests.support.api import running, settings_in
from tests.support.edits import addresses, check, edit
from tests.support.projects import Workspace, json_bytes, json_project
from tests.support.stores import SERVABLE

_PEOPLE = 20
_DECISIONS = 6
_KEYS = [f"k{number}" for number in range(8)]


@pytest.fixture(params=SERVABLE)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with SERVABLE[request.param](tmp_path) as found:
        yield found


def defects(url: str) -> tuple[object, ...]:
    with closing(SqlMaintenance(url)) as store:
        return store.check(repair=False)[1]


def at_once(*jobs: Callable[[], object]) -> None:
    """Run jobs in threads that start together; raise what one of them raised."""
    together = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        together.wait()
        job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for future in [pool.submit(run, job) for job in jobs]:
            future.result()


def project(store: SqlStore, slug: str, texts: dict[str, str]) -> Workspace:
    """Return a project with files of its own."""
    made = json_project(store, texts, sw={key: f"sw {key}" for key in texts})
    return replace(made, spec=replace(made.spec, slug=slug))


def test_twenty_translators_lose_no_decision(url: str) -> None:
    with closing(SqlStore(url)) as store:
        workspace = json_project(store, {key: f"Text {key}" for key in _KEYS}, sw={})
        workspace.push()
        done: list[tuple[str, str]] = []
        stale: list[str] = []

        def translate(person: int) -> None:
            rng = random.Random(person)  # noqa: S311 - which unit comes next is no secret
            for turn in range(_DECISIONS):
                key, text = rng.choice(_KEYS), f"person {person} turn {turn}"
                try:
                    workspace.decide(key, "sw", text=text, actor=f"person{person}")
                except StaleRevisionError:
                    stale.append(text)
                else:
                    done.append((key, text))

        at_once(*(partial(translate, person) for person in range(_PEOPLE)))
        units = workspace.units()
        with store.read() as uow:
            histories = {key: uow.translations.history(units[key], "sw") for key in _KEYS}
        kept = [(key, revision.text) for key, all_ in histories.items() for revision in all_]
        assert sorted(kept) == sorted(done)
        assert len(done) + len(stale) == _PEOPLE * _DECISIONS
        for revisions in histories.values():
            numbers = [each.revision for each in revisions]
            assert numbers == list(range(len(numbers), 0, -1))
    assert defects(url) == ()


def test_of_two_who_saw_the_same_revision_one_is_told(url: str) -> None:
    with closing(SqlStore(url)) as store:
        workspace = json_project(store, {"a": "Text"}, sw={"a": "Maandishi"})
        workspace.push()
        outcomes: list[str] = []

        def decide(text: str) -> None:
            try:
                workspace.decide("a", "sw", State.TRANSLATED, text=text, revision=1)
                outcomes.append("kept")
            except StaleRevisionError:
                outcomes.append("stale")

        at_once(lambda: decide("one"), lambda: decide("two"))
        assert sorted(outcomes) == ["kept", "stale"]


def test_a_push_beside_decisions_loses_neither(url: str) -> None:
    with closing(SqlStore(url)) as store:
        texts = {f"k{number}": f"Text {number}" for number in range(60)}
        workspace = json_project(store, texts, sw={})
        workspace.push()
        done: list[tuple[str, str]] = []

        def translate() -> None:
            for key in texts:
                try:
                    workspace.decide(key, "sw", text=f"sw {key}")
                except StaleRevisionError:
                    continue
                done.append((key, f"sw {key}"))

        def push() -> None:
            for version in range(3):
                changed = {key: f"{text} v{version}" for key, text in texts.items()}
                replace(
                    workspace, files={**workspace.files, "i18n/en.json": json_bytes(changed)}
                ).push()

        at_once(translate, push)
        units = workspace.units()
        with store.read() as uow:
            for key, text in done:
                said = [each.text for each in uow.translations.history(units[key], "sw")]
                assert text in said
    assert defects(url) == ()


def test_first_pushes_of_projects_that_share_texts_and_languages_all_get_in(url: str) -> None:
    with closing(SqlStore(url)) as store:
        shared = [f"Text {number}" for number in range(80)]
        projects = []
        for number in range(6):
            order = random.Random(number).sample(shared, 80)  # noqa: S311 - no secret
            texts = {f"k{at}": text for at, text in enumerate(order)}
            projects.append(project(store, f"p{number}", texts))
        at_once(*(each.push for each in projects))
        with store.read() as uow:
            assert [each.slug for each in uow.projects.list()] == [f"p{n}" for n in range(6)]
    assert defects(url) == ()


def test_the_same_new_project_pushed_twice_at_once_is_one_project(url: str) -> None:
    with closing(SqlStore(url)) as store:
        pushed = [project(store, "clinic", {"a": "Text", "b": "Other"}) for _ in range(4)]
        at_once(*(each.push for each in pushed))
        assert len(pushed[0].units()) == 2
        with store.read() as uow:
            assert len(uow.projects.list()) == 1
    assert defects(url) == ()


def test_stores_that_are_opened_together_are_made_once(tmp_path: Path) -> None:
    path = f"sqlite:///{tmp_path / 'store.db'}"
    at_once(*[lambda: SqlStore(path).close()] * 6)
    with closing(SqlStore(path)) as store, store.read() as uow:
        assert uow.projects.list() == ()


def test_edits_over_http_are_written_or_kept_beside(tmp_path: Path) -> None:
    """A share of ``python -m tests.support.edits``, which makes 10,000 on both databases."""
    with closing(SqlStore(settings_in(tmp_path).store)) as store:
        where = addresses(store, 4)
    with running(settings_in(tmp_path)) as client:

        def ask(method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
            answer = client.request(method, path, json=body, headers=headers)
            return answer.status_code, answer.json()

        made = edit(lambda: ask, where, clients=6, edits=120)
        assert check(ask, made)[200] > 0
