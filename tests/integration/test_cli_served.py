"""Every command that takes ``--server`` says of a service what it says of a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_serve import address
from tests.integration.test_serve import console as started
from tests.support.console import Console, Ran
from tests.support.projects import json_bytes
from tests.support.terms import TERMS

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
_VOLATILE = {"at", "until", "secret", "created", "last_push", "id", "sha256"}
"""What differs between two runs, in time or by chance."""
_TMX = (
    b'<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t"'
    b' adminlang="en" srclang="en" datatype="plaintext"/><body><tu><tuv xml:lang="en"><seg>Wash your'
    b' hands</seg></tuv><tuv xml:lang="sw"><seg>Nawa mikono</seg></tuv></tu></body></tmx>'
)
_CODE = "publiccodeYmlVersion: '0'\nname: App\nlocalisation:\n  availableLanguages:\n    - en\n"


def steady(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: steady(said[name]) for name in said if name not in _VOLATILE}
    return [steady(each) for each in said] if isinstance(said, list) else said


class Both:
    """Runs each command on a store and at a service, and sees that they say the same."""

    def __init__(self, console: Console, url: str) -> None:
        self._console = console
        self.places = (("--store", "here.db"), ("--server", url))

    def __call__(self, *arguments: str, code: int = 0) -> Any:
        """Return what they say, as JSON; where both fail, the code of the error."""
        here, there = (self._console(*arguments, *place, "--json") for place in self.places)
        assert (here.code, there.code) == (code, code), (here, there)
        if not here.out:
            assert _fault(here) == _fault(there)
            return _fault(here)
        assert steady(here.json) == steady(there.json)
        return there.json

    def shown(self, *arguments: str) -> str:
        """Return what a person is shown, the same in both places."""
        here, there = (self._console(*arguments, *place) for place in self.places)
        assert (here.code, here.out, here.err) == (there.code, there.out, there.err)
        return here.out


def _fault(ran: Ran) -> str:
    return ran.err.rstrip().rpartition("[")[2].rstrip("]")


@pytest.fixture
def both(console: Console, tmp_path: Path) -> Iterator[Both]:
    console.clinic()
    console.write({"terms.csv": TERMS, "care.tmx": _TMX, "publiccode.yml": _CODE})
    with serving(tmp_path) as url:
        made = Both(console, url)
        made("push")
        yield made


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    store = str(folder / "there.db")
    with started("serve", "--port", "0", "--json", "--store", store) as process:
        try:
            yield address(process)
        finally:
            process.terminate()
            process.wait(60)


def test_a_day_of_a_reviewer(both: Both) -> None:
    assert len(both("review", "list", "-l", "sw")) == 3
    assert len(both("review", "list", "-l", "sw", "--limit", "2", "state:translated")) == 2
    edit = ("review", "edit", "-l", "sw", "app", "open", "--text")
    assert both(*edit, "Fungua faili", "--revision", "0")["state"] == "translated"
    assert both(*edit, "Fungua", "--revision", "0", code=5) == "conflict.stale"
    both("review", "accept", "-l", "sw", "--revision", "1", "app", "open")
    both("review", "reject", "-l", "sw", "--revision", "1", "--why", "stiff", "app", "save")
    told = both(
        "review", "withdraw", "-l", "sw", "--revision", "1", "--why", "rude", "app", "greet"
    )
    assert (told["state"], told["releases"]) == ("needs_work", [])
    withdraw = ("review", "withdraw", "-l", "sw", "--revision", "9", "--why", "rude", "app")
    assert both(*withdraw, "greet", code=5) == "conflict.stale"
    assert both(*withdraw, "nothing", code=2) == "not_found"
    assert "suggested by" in both.shown("review", "list", "-l", "sw")


def test_work_without_a_line(both: Both, console: Console) -> None:
    packed = both("review", "package", "-l", "sw", "--out", "work.po", "state:missing")
    assert (packed["units"], packed["left_out"]) == (1, [])
    file = console.folder / "work.po"
    file.write_bytes(file.read_bytes().replace(b'msgstr ""', b'msgstr "Fungua faili"').replace(
        b'msgstr "Fungua faili"', b'msgstr ""', 1))  # fmt: skip
    assert both("review", "return", "work.po")["written"] == 1
    assert both("review", "return", "work.po")["known"] == 1
    assert both("review", "return", "work.po", "-l", "fr", code=3)["refused"]
    console.write({"no.po": "hello"})
    assert both("review", "return", "no.po", code=3) == "offline.format"


def test_figures(both: Both) -> None:
    for command in (
        ("coverage", "-p", "clinic", "--trend"), ("country", "KE"), ("country", "KE", "--trend"),
        ("publiccode", "sync", "-p", "clinic", "--fail-under", "60", "--dry-run"),
    ):  # fmt: skip
        both(*command)
        both.shown(*command)
    assert both("country", "QQ", code=2) == "not_found"
    assert both("coverage", "-p", "nowhere", "--trend", code=2) == "not_found"


def test_words(both: Both, console: Console) -> None:
    assert both("glossary", "import", "terms.csv", "--licence", "CC0-1.0")["concepts"] == 2
    assert len(both("glossary", "list")) == 1
    assert len(both("glossary", "search", "form")["concepts"]) == 1
    assert both("glossary", "search", "absent", code=1)["concepts"] == []
    accept = ("glossary", "accept", "-g", "terms", "-l", "sw")
    assert both(*accept, "form")["terms"] > 0
    assert both(*accept, "--all")["skipped"] == 1
    both("glossary", "add", "-g", "terms", "-l", "sw", "form", "fomu ya afya")
    both("glossary", "reject", "-g", "terms", "open")
    both("review", "edit", "-l", "sw", "--revision", "1", "--text", "Hifadhi hati", "app", "save")
    found = both("glossary", "check", "-p", "clinic", code=1)
    assert [each["key"] for each in found["findings"]] == ["save", "save"]
    files = []
    for place in ("csv", "tbx"):
        both("glossary", "export", f"out.{place}", "-g", "terms")
        files.append((console.folder / f"out.{place}").read_bytes())
    assert all(files)
    assert len(both("glossary", "import", "--starter")) > 1
    assert both("glossary", "remove", "terms")["concepts"] == 2
    assert both("glossary", "remove", "terms", code=2) == "not_found"


def test_memories(both: Both, console: Console) -> None:
    assert both("memory", "import", "care.tmx", "--licence", "CC0-1.0")["entries"] == 1
    assert len(both("memory", "list")) == 1
    (hit,) = both("memory", "search", "Wash your hands", "-l", "sw")["hits"]
    assert hit["text"] == "Nawa mikono"
    assert both("memory", "search", "hands", "--words", "source", "-l", "sw")["hits"]
    assert both("memory", "search", "Something else", "-l", "sw", code=1)["hits"] == []
    for more in (("--memory", "care.tmx"), ("-p", "clinic"), ()):
        both("memory", "export", "out.tmx", *more)
        assert (console.folder / "out.tmx").read_bytes().startswith(b"<?xml")
    assert both("memory", "remove", "care.tmx")["entries"] == 1
    assert both("memory", "remove", "care.tmx", code=2) == "not_found"


def test_releases_and_who_is_told(both: Both) -> None:
    both("export", "--out", "out", "--release", "v1")
    assert [each["name"] for each in both("release", "list")] == ["v1"]
    both("review", "withdraw", "-l", "sw", "--revision", "1", "--why", "rude", "app", "greet")
    (harmful,) = both("release", "show", "v1")["withdrawn"]
    assert harmful["key"] == "greet"
    assert both("release", "show", "v2", code=2) == "not_found"
    event = ("--event", "release.made")
    made = both("webhook", "add", "https://ci.example.org/l10n", *event)
    assert made["secret"].startswith("whsec_")
    assert both("webhook", "add", "https://127.0.0.1/", *event, code=2) == "webhook.url"
    (listed,) = both("webhook", "list")
    assert "secret" not in listed
    both("webhook", "remove", str(listed["id"]))
    assert both("webhook", "remove", str(listed["id"]), code=2) == "not_found"


def test_a_push_is_taken_back(both: Both, console: Console) -> None:
    console.write({"i18n/sw.json": json_bytes({"save": "Tunza fomu", "open": "Fungua faili"})})
    here, there = (console("push", *place, "--json").json["id"] for place in both.places)
    assert here == there
    number = str(here)
    assert both("undo", number, "--dry-run")["catalogues"]
    assert both("review", "list", "-l", "sw", "state:translated", "key:open")
    assert both("undo", number)["push"] == here
    assert both("review", "list", "-l", "sw", "state:translated", "key:open") == []
    assert both("undo", "999", code=2) == "not_found"


def test_accounts(both: Both, console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    there = ("--store", str(console.folder.parent / "there.db"))
    for place in (("--store", "here.db"), there):
        console("user", "add", "boss", "--role", "owner", *place)
    may = ("--permission", "administer")
    token = console("token", "add", "boss", "CI", *may, *there, "--json").json["secret"]
    monkeypatch.setenv("DPG_L10N_TOKEN", token)
    assert both("user", "add", "juma", "-p", "clinic", "-l", "sw")["roles"][0]["language"] == "sw"
    assert both("user", "add", "juma", code=5) == "account.exists"
    assert len(both("user", "grant", "juma", "--role", "viewer")["roles"]) == 2
    assert len(both("user", "grant", "juma", "--role", "viewer", "--take")["roles"]) == 1
    assert both("user", "disable", "juma")["disabled"]
    assert [(each["name"], each["disabled"]) for each in both("user", "list")] == [
        ("boss", False), ("juma", True),
    ]  # fmt: skip
    assert both("user", "disable", "nobody", code=2) == "not_found"


def test_a_service_gives_away_what_licences_allow(both: Both, console: Console) -> None:
    ran = console("memory", "export", "out.tmx", "--every-licence", *both.places[1])
    assert (ran.code, (console.folder / "out.tmx").exists()) == (2, False)
    ran = console("glossary", "export", "out.csv", *both.places[1])
    assert (ran.code, "--glossary NAME" in ran.err) == (2, True)
