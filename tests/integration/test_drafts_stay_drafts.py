"""Whatever is called, a draft counts nowhere, becomes nothing by itself, and leaves marked.

The operations are those of the OpenAPI document, the forms those of the application and the commands
those of the console: one that is added and called nowhere here fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
import pytest
from fastapi.routing import APIRoute

from dpg_l10n import bootstrap
from dpg_l10n.config import settings
from dpg_l10n.domain import query
from dpg_l10n.domain.access import Grant, Permission, Role, Scope, local
from dpg_l10n.domain.message import plain
from dpg_l10n.domain.states import State
from dpg_l10n.jobs.table import SqlJobs
from dpg_l10n.services import accounts, offline
from dpg_l10n.services.jobs import RESULT
from dpg_l10n.services.queue import Task
from dpg_l10n.store.uow import SqlStore
from dpg_l10n_api.access import SESSION_COOKIE
from dpg_l10n_api.main import create_app
from dpg_l10n_api.pages import assets, countries, day, deciding, projects, review, signing
from dpg_l10n_cli.main import cli
from tests.support.api import running, settings_in
from tests.support.console import Console
from tests.support.drafted import (
    MARK,
    SOURCES,
    copy_store,
    drafted,
    hold,
    marked_json,
    tree,
    unmarked,
    unmarked_line,
)
from tests.support.jobs import archive, work_until
from tests.support.projects import Workspace
from tests.support.terms import TERMS, with_glossary

_DOCUMENT: dict[str, Any] = create_app(settings({})).openapi()
_OPERATIONS = {
    operation["operationId"]: (method.upper(), path)
    for path, methods in _DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


@dataclass(frozen=True)
class Made:
    """A project full of drafts, made once: tests work on copies of its store."""

    work: Workspace
    file: Path
    token: str
    session: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    file = tmp_path_factory.mktemp("drafted") / "store.db"
    words, clock = "four words by heart", bootstrap.clock()
    with closing(SqlStore(f"sqlite:///{file}")) as store:
        work = drafted(store)
        hold(store)
        with_glossary(store, "words")
        _, secret = accounts.invite(store, local("boss"), "juma", (Grant(Role.OWNER),), clock)
        accounts.set_up(store, secret.text, "juma", words, clock)
        session = accounts.sign_in(store, "juma", words, clock).text
        scope = Scope(permissions=frozenset(Permission))
        token = accounts.add_token(store, local("boss"), "test", scope, 1, clock, owner="juma")
    return Made(work, file, token.text, session)


@pytest.fixture
def place(tmp_path: Path, made: Made) -> Path:
    copy_store(made.file, tmp_path / "store.db")
    return tmp_path


@pytest.fixture
def store(place: Path) -> Iterator[SqlStore]:
    with closing(SqlStore(f"sqlite:///{place}/store.db")) as opened:
        yield opened


def draft_of(store: SqlStore, key: str = "save", catalogue: str = "app") -> int:
    """Return the number of a unit with a draft."""
    with store.read() as uow:
        found = {
            each.name: each.id for each in uow.catalogues.list(uow.projects.require("clinic").id)
        }
        return next(unit.id for unit in uow.units.load(found[catalogue]) if unit.key == key)


@dataclass(frozen=True)
class Call:
    """How an operation is called."""

    body: Any = None
    params: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    statuses: tuple[int, ...] = (200, 201, 202, 204)
    content: bytes | None = None
    kind: str = ""
    decides: bool = False
    """True where a person decides on the unit of the address."""


def _upload(files: dict[str, bytes], **params: Any) -> Call:
    return Call(content=archive(files).getvalue(), kind="application/zip", params=params)


_DECISION = {"language": "sw", "revision": 1}
_NAMED = {"places": {"name": "asha"}}
_CALLS: dict[str, Callable[[Workspace, int], list[Call]]] = {
    "decide_on_translation": lambda _, unit: [
        Call({"state": "needs_work", "why": "wrong"}, places={"unit": unit + 1}),
        Call({"state": "reviewed"}, decides=True),
        Call({"state": "translated", "text": "Hifadhi"}, statuses=(412,), decides=True),
    ],
    "decide_batch": lambda _, unit: [
        Call({"items": [{**_DECISION, "unit": unit, "state": "reviewed", "revision": 0}]}),
        Call({"items": [{**_DECISION, "unit": unit, "state": "translated"}]}, decides=True),
    ],
    "accept_units": lambda *_: [
        Call({"language": "sw", "q": q}) for q in ("", "state:draft", f"source:{MARK}")
    ],
    "add_acceptance": lambda *_: [
        Call({"language": "sw"}),
        Call({"language": "sw", "q": "state:draft"}),
    ],
    "add_undo": lambda *_: [Call({"id": 1, "dry_run": dry_run}) for dry_run in (True, False)],
    "add_report": lambda *_: [
        Call({"about": "projects", "format": "csv"}),
        Call({"about": "countries", "names": ["KE"]}),
    ],
    "add_term_check": lambda *_: [Call({}), Call({"languages": ["sw"]})],
    "take_queue": lambda *_: [
        Call({"language": "sw", "task": task}) for task in ("translate", "review")
    ],
    "add_suggestion": lambda *_: [Call({"text": "Hifadhi"})],
    "dismiss_suggestion": lambda *_: [Call({}, statuses=(404,))],
    "add_comment": lambda *_: [Call({"text": "Why?"})],
    "put_mark": lambda *_: [Call({}, places={"kind": kind}) for kind in ("flag", "skip")],
    "delete_mark": lambda *_: [Call(places={"kind": "flag"})],
    "withdraw_translation": lambda *_: [Call({"why": "harmful"}, statuses=(200, 204, 409, 422))],
    "set_policy": lambda *_: [Call({"public": True, "self_review": True})],
    "add_push": lambda work, _: [
        _upload(_exported(work)),
        _upload(_exported(work), **{"as": "reviewed", "prune": True, "yes": True}),
        _upload(_exported(work), minor=True, accept_damage=True, on_conflict="file"),
        _upload({path: data for path, data in work.files.items() if "sw" not in path}),
    ],
    "add_drafts": lambda *_: [Call({}), Call({"engine": None, "languages": ["sw", "fr"]})],
    "add_export": lambda *_: (
        [
            Call({"format": kind, "include_drafts": drafts, "only": only})
            for kind in ("native", "po", "mo")
            for drafts, only in ((False, None), (True, None), (False, "translated"))
        ]
        + [Call({"release": "v1", "include_drafts": False})]
    ),
    "translate_as_libretranslate": lambda *_: [
        Call({"q": text, "source": "en", "target": "sw"}, statuses=(200, 404))
        for text in ([*SOURCES.values()], "Save it")
    ],
    "search_memory": lambda *_: [
        Call(params={"text": text, "language": "sw", "project": "clinic", "words": words})
        for text, words in (("Save it", None), (MARK, "translation"), ("Save", "source"))
    ],
    "search_as_tmserver": lambda *_: [
        Call(places={"text": "Save it", "source": "en", "target": "sw"})
    ],
    "list_units": lambda *_: [
        Call(params={"language": "sw"}),
        Call(params={"q": "language:sw state:draft"}),
    ],
    "set_up": lambda *_: [
        Call({"secret": "guess", "name": "asha", "password": "p" * 12}, statuses=(401,))
    ],
    "sign_in": lambda *_: [Call({"name": "nobody", "password": "p" * 12}, statuses=(401,))],
    "sign_out": lambda *_: [Call()],
    "begin_oidc": lambda *_: [Call(statuses=(404,))],
    "finish_oidc": lambda *_: [Call(params={"state": "x", "code": "x"}, statuses=(401, 404))],
    "change_password": lambda *_: [
        Call({"old": "p" * 12, "new": "q" * 12}, statuses=(401, 404, 422))
    ],
    "delete_me": lambda *_: [Call(statuses=(200, 401, 404, 409, 422))],
    "add_token": lambda *_: [Call({"name": "CI"}, statuses=(201, 404, 422))],
    "revoke_token": lambda *_: [Call(places={"token": 1}, statuses=(404,))],
    "invite_account": lambda *_: [Call({"name": "asha", "roles": [{"role": "owner"}]})],
    "give_role": lambda *_: [
        Call({"role": "viewer"}, places={"name": "juma"}, statuses=(200, 409))
    ],
    "take_role": lambda *_: [
        Call({"role": "viewer"}, places={"name": "juma"}, statuses=(200, 409))
    ],
    "set_account_state": lambda *_: [Call({"disabled": False}, places={"name": "juma"})],
    "show_job": lambda *_: [Call(places={"job": "0"}, statuses=(404,))],
    "cancel_job": lambda *_: [Call(places={"job": "0"}, statuses=(404,))],
    "download_job": lambda *_: [Call(places={"job": "0"}, statuses=(404,))],
    "watch_job": lambda *_: [Call(places={"job": "0"}, statuses=(404,))],
    "find_terms": lambda *_: [Call(params={"text": "Save it", "language": "sw"})],
    "import_glossary": lambda *_: [Call(content=TERMS, kind="text/csv", params={"accept": True})],
    "decide_on_concepts": lambda *_: [
        Call({"status": "accepted", "concepts": ["form"], "language": "sw"})
    ],
    "add_words": lambda *_: [Call({"concept": "form", "language": "sw", "words": ["fomu"]})],
    "add_memory_import": lambda work, _: [
        Call(
            content=_exported(work)["po/sw.po"],
            kind="text/x-gettext-translation",
            params={"filename": "sw.po", "language": "sw"},
        )
    ],
    "export_memory": lambda *_: [Call(statuses=(404,))],
    "remove_memory": lambda *_: [Call(statuses=(404,))],
    "remove_glossary": lambda *_: [Call()],
    "take_package": lambda *_: [
        Call({"format": kind, "q": q})
        for kind in ("po", "xliff", "xlsx")
        for q in ("state:draft", "state:missing", None)
    ],
    "bring_package": lambda work, _: [
        Call(content=_package(work, kind), kind="application/octet-stream")
        for kind in ("po", "xliff", "xlsx")
    ],
    "show_country": lambda *_: [Call(places={"cc": "KE"})],
    "show_release": lambda *_: [Call(places={"release": "v1"}, statuses=(404,))],
    "add_webhook": lambda *_: [Call({"url": "https://example.org", "events": ["push.stored"]})],
    "remove_webhook": lambda *_: [Call(places={"webhook": 1}, statuses=(404,))],
    "try_webhook": lambda *_: [Call(places={"webhook": 1}, statuses=(404,))],
}
"""Operations that need more than an address."""
_PLACES = {
    "project": "clinic",
    "language": "sw",
    "suggestion": 1,
    "glossary": "words",
    "memory": "back",
    "cc": "KE",
}


def _exported(work: Workspace) -> dict[str, bytes]:
    """Return the tree with all drafts in its files, as they are exported when asked for by name."""
    assert isinstance(work.store, SqlStore)
    with closing(SqlStore(work.store.url)) as store:
        return {**work.files, **replace(work, store=store).export(include_drafts=True)}


def _package(work: Workspace, kind: str) -> bytes:
    """Return an offline package of all drafts, in which nobody changed anything."""
    assert isinstance(work.store, SqlStore)
    with closing(SqlStore(work.store.url)) as store:
        asked = offline.Asked(kind, query.parse("state:draft"), Task.REVIEW, 50, 1)
        return offline.take(store, "clinic", "sw", asked, "juma", bootstrap.clock()).data


@pytest.mark.parametrize("name", sorted(_OPERATIONS))
def test_an_operation_leaves_drafts_drafts(
    name: str, place: Path, made: Made, store: SqlStore
) -> None:
    method, path = _OPERATIONS[name]
    unit = draft_of(store)
    if name not in _CALLS:
        assert method == "GET", f"say in _CALLS how {name} is called"
    config = settings_in(place)
    calls = _CALLS[name](made.work, unit) if name in _CALLS else [Call()]
    with running(config) as client:
        client.headers["Authorization"] = f"Bearer {made.token}"
        decided: set[int] = set()
        for call in calls:
            decided |= {call.places.get("unit", unit)} if call.decides else set()
            address = path.format(**{**_PLACES, "unit": unit, **call.places})
            headers = {"If-Match": '"1"'} | ({"Content-Type": call.kind} if call.kind else {})
            sent = {"content": call.content} if call.content else {"json": call.body}
            if method == "GET" or (call.body is None and call.content is None):
                sent = {}
            params = {key: said for key, said in call.params.items() if said is not None}
            answer = client.request(method, address, params=params, headers=headers, **sent)
            assert answer.status_code in call.statuses, (name, call, answer.text[:500])
            if answer.headers.get("content-type", "").startswith("application/json"):
                said = answer.json()
                assert call.decides or marked_json(said), said
                _finish(config, store, said, call, answer.status_code)
            elif answer.status_code == 200:
                told = answer.headers.get("content-disposition", 'filename="x"')
                file = told.partition('filename="')[2].strip('"')
                assert unmarked(file, answer.content, asked=False) == []
            hold(store, decided)


def _finish(config: Any, store: SqlStore, said: Any, call: Call, status: int) -> None:
    """Do the job that was asked for, and look at what it leaves."""
    if status != 202:
        return
    with closing(SqlJobs(config.jobs)) as jobs:
        done = work_until(jobs, store, said["id"])
        assert marked_json(done.report), done.report
        if done.kind == "export":
            data = b"".join(jobs.read_file(done.id, RESULT))
            assert unmarked("export.zip", data, asked=call.body["include_drafts"]) == []


def test_nothing_is_called_that_is_no_operation() -> None:
    assert set(_CALLS) <= set(_OPERATIONS)


# --- pages ---------------------------------------------------------------------------------------

_PAGES = {
    f"{method} {route.name}": route
    for module in (assets, projects, countries, signing, day, review, deciding)
    for route in module.router.routes
    if isinstance(route, APIRoute)
    for method in route.methods or ()
}
_WORD = "draft – not counted"
"""What a page that shows a draft calls it, in whatever letters."""
_UNIT = "{unit}"
_FORMS: dict[str, list[dict[str, Any]]] = {
    "POST page_set_up": [{"secret": "guess", "name": "asha", "password": "p" * 12}],
    "POST page_signed_in": [{"name": "nobody", "password": "p" * 12}],
    "POST page_sign_out": [{}],
    "POST page_password": [{"old": "p" * 12, "new": "q" * 12}],
    "POST page_add_token": [{"name": "CI"}],
    "POST page_end_token": [{}],
    "POST page_delete_account": [{"name": "nobody"}],
    "POST page_send_day": [
        {"unit": _UNIT, f"revision-{_UNIT}": "1", f"text-{_UNIT}": f"{MARK} Save it"},
        {"unit": _UNIT, f"act-{_UNIT}": "skip", f"text-{_UNIT}": f"{MARK} Save it"},
        {"unit": _UNIT, f"act-{_UNIT}": "reviewed", f"revision-{_UNIT}": "0", f"text-{_UNIT}": "x"},
        {"unit": _UNIT, f"act-{_UNIT}": "translated", f"revision-{_UNIT}": "1",
         f"text-{_UNIT}": f"{MARK} Save it", "decides": True},
    ],
    "POST page_decide": [
        *(
            {"act": act, "revision": "1", "text": f"{MARK} Save it", "why": "", "note": "A word"}
            for act in ("", "skip", "flag", "comment", "suggest", "check", "fix", "reject")
        ),
        {"insert": "{n}", "revision": "1", "text": f"{MARK} Save it"},
        {"act": "approve", "revision": "0", "text": f"{MARK} Save it"},
        {"act": "withdraw", "revision": "1", "text": f"{MARK} Save it", "why": "harmful"},
        {"act": "save", "revision": "1", "text": f"{MARK} Save it", "decides": True},
    ],
}  # fmt: skip
_PAGE_PLACES = {
    "project": "clinic",
    "language": "sw",
    "cc": "KE",
    "token": "1",
    "name": "style.css",
}


@pytest.mark.parametrize("name", sorted(_PAGES))
def test_a_page_leaves_drafts_drafts_and_calls_them_so(
    name: str, place: Path, made: Made, store: SqlStore
) -> None:
    route, unit = _PAGES[name], draft_of(store)
    method = name.partition(" ")[0]
    if method == "POST":
        assert name in _FORMS, f"say in _FORMS what {name} is sent"
    with running(settings_in(place)) as client:
        client.cookies.set(SESSION_COOKIE, made.session)
        address = route.path.replace(":path", "").format(**_PAGE_PLACES, unit=unit)
        for form in _FORMS.get(name, [{}]) if method == "POST" else [{}]:
            sent = {k.replace(_UNIT, str(unit)): str(v).replace(_UNIT, str(unit))
                    for k, v in form.items() if k != "decides"}  # fmt: skip
            answer = client.request(method, address, data=sent or None)
            assert answer.status_code < 500, (form, answer.text[:300])
            assert MARK not in answer.text or _WORD in answer.text.casefold()
            hold(store, {unit} if form.get("decides") else ())


# --- console -------------------------------------------------------------------------------------


def _leaves(command: click.Command, context: click.Context, name: str = "") -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield name
        return
    for each in command.list_commands(context):
        inner = command.get_command(context, each)
        assert inner is not None
        yield from _leaves(inner, click.Context(inner, parent=context), f"{name} {each}".strip())


_COMMANDS = sorted(_leaves(cli, click.Context(cli)))
_ELSEWHERE = {
    "serve": "its operations are called above",
    "worker": "its jobs are done above",
    "demo": "it has a store of its own; tests/e2e/test_demo.py",
}
_HERE = ("-p", "clinic", "-l", "sw")
_RUNS: dict[str, list[tuple[str, ...]]] = {
    "convert": [
        ("po/sw.po", f"out/{form}", "--to", form, "--force", "--source-language", "en", *more)
        for form in ("po", "json", "xliff1", "xliff2", "android", "csv", "arb")
        for more in ((), ("--keep-unfinished",))
    ],
    "init": [("--dry-run", "--force")],
    "check": [()],
    "coverage": [(), ("-p", "clinic")],
    "country": [("KE",)],
    "push": [(), ("--as", "reviewed"), ("--minor", "--prune", "--yes", "--accept-damage"),
             ("--on-conflict", "file")],
    "undo": [("1",), ("-p", "clinic", "1")],
    "status": [(), ("-p", "clinic")],
    "draft": [(), _HERE, (*_HERE, "--risk"), (*_HERE, "--engine", "pseudo")],
    "review accept": [(*_HERE, "app", "close", "--revision", "1")],
    "review edit": [(*_HERE, "app", "close", "--revision", "1", "--text", "Funga")],
    "review list": [_HERE, (*_HERE, "--state", "draft"), ("-p", "clinic", "language:sw")],
    "review reject": [(*_HERE, "app", "save", "--revision", "1", "--why", "wrong")],
    "review withdraw": [(*_HERE, "app", "save", "--revision", "1", "--why", "harmful")],
    "gate": [(), ("-p", "clinic"), ("-p", "clinic", "--only", "reviewed")],
    "release list": [("-p", "clinic")],
    "release show": [("-p", "clinic", "v1")],
    "webhook add": [("-p", "clinic", "https://example.org", "--event", "push.stored")],
    "webhook list": [("-p", "clinic")],
    "webhook remove": [("-p", "clinic", "1")],
    "history": [(*_HERE, "app", "save")],
    "history --revert 1": [(*_HERE, "app", "close", "--revision", "1")],
    "export": [(*_HERE, "--out", "out", *more) for more in (
        (), ("--release", "v1"), ("--include-drafts",), ("--format", "po"), ("--format", "mo", "--include-drafts"),
        ("--format", "po", "--include-drafts"), ("--only", "translated", "--include-drafts"))],
    "memory export": [("out/memory.tmx",), ("-p", "clinic", "out/memory.tmx")],
    "memory import": [("po/sw.po", "--name", "back", "--language", "sw")],
    "memory list": [()],
    "memory rebuild": [()],
    "memory remove": [("back",)],
    "memory search": [("Save it", "-l", "sw", "-p", "clinic"),
                      (MARK, "-l", "sw", "--words", "translation", "-p", "clinic")],
    "registry demand": [()],
    "registry import": [("i18n/en.json",)],
    "extract": [("i18n", "-o", "out/app.pot")],
    "publiccode sync": [("-p", "clinic"), ()],
    "pseudo": [("i18n/en.json", "out/pseudo.json")],
    "review package": [
        (*_HERE, "state:draft", "--out", f"out/work.{suffix}") for suffix in ("po", "xlf", "xlsx")
    ],
    "review return": [("-p", "clinic", "-l", "sw", "po/sw.po")],
    "glossary accept": [("-g", "words")],
    "glossary add": [("file", "faili", "-g", "words", "-l", "sw")],
    "glossary check": [_HERE],
    "glossary export": [("out/words.csv", "-g", "words")],
    "glossary import": [("--starter",)],
    "glossary list": [()],
    "glossary reject": [("-g", "words")],
    "glossary remove": [("words",)],
    "glossary search": [("file",)],
    "models evaluate": [_HERE],
    "models install": [("nothing.argosmodel",)],
    "models list": [()],
    "models remove": [("nothing",)],
    "models report": [("-p", "clinic"), ("--all",)],
    "models verify": [()],
    "bundle read": [("clinic.bundle",)],
    "bundle verify": [("clinic.bundle",)],
    "bundle write": [("-p", "clinic", "clinic.bundle")],
    "store backup": [("backup.db",)],
    "store check": [()],
    "store restore": [("backup.db",)],
    "store upgrade": [()],
    "job cancel": [("0",)],
    "job list": [()],
    "job show": [("0",)],
    "user add": [("asha",)],
    "user delete": [("asha",)],
    "user disable": [("asha",)],
    "user export": [("juma",)],
    "user grant": [("juma", "--role", "viewer", "-p", "clinic")],
    "user list": [()],
    "token add": [("juma", "CI")],
    "token list": [("juma",)],
    "token revoke": [("juma", "1")],
    "audit show": [()],
    "audit verify": [()],
}  # fmt: skip
"""The arguments of each command."""
_DECIDING = ("review accept", "review edit", "history --revert 1")
"""Commands by which a person decides on the text of “close”."""


def test_every_command_is_run() -> None:
    run = {name.partition(" --")[0] for name in _RUNS}
    assert set(_COMMANDS) == run | set(_ELSEWHERE)


@pytest.mark.parametrize("name", sorted(_RUNS))
def test_a_command_leaves_drafts_drafts_and_calls_them_so(
    name: str, place: Path, made: Made, store: SqlStore, console: Console,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("DPG_L10N_STORE", str(place / "store.db"))
    console.write(_exported(made.work))
    decided = {draft_of(store, "close")} if name in _DECIDING else set()
    for arguments in _RUNS[name]:
        before = dict(tree(console.folder))
        for more in ((), ("--json",)):
            ran = console(*name.split(), *arguments, *more)
            assert ran.code in range(6)
            assert "Traceback" not in ran.err
            assert decided or unmarked_line(ran.out) == [], arguments
            hold(store, decided)
        asked = bool({"--include-drafts", "--keep-unfinished"} & set(arguments))
        for path, data in tree(console.folder):
            if before.get(path) != data and not path.endswith(".db"):
                assert unmarked(path, data, asked=asked) == [], (arguments, path)


def test_what_a_run_must_do_is_really_done(
    made: Made, store: SqlStore, console: Console, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands above may be refused: these are not, else nothing would have been tried."""
    monkeypatch.setenv("DPG_L10N_STORE", str(place / "store.db"))
    console.write(_exported(made.work))
    for name in ("push", "draft", "export", "review list", "memory export", "history"):
        console.write({"out/x": b""})
        assert console(*name.split(), *_RUNS[name][0]).code == 0, name
    assert console("review", "accept", *_RUNS["review accept"][0]).code == 0
    with store.read() as uow:
        catalogue = uow.catalogues.list(uow.projects.require("clinic").id)[0]
        units = uow.units.load(catalogue.id)
        found = uow.translations.load(catalogue.id, "sw", units)[draft_of(store, "close")]
    assert (found.state, MARK in plain(found.text)) == (State.REVIEWED, True)
