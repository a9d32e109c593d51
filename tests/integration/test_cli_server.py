"""The console against a service says and does what it does with a store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dpg_l10n.config import MIB
from dpg_l10n.errors import UsageError
from dpg_l10n_cli.main import run
from dpg_l10n_cli.server import Server
from tests.integration.test_serve import address, console
from tests.support.projects import json_bytes
from tests.support.zips import zipped

_MAIN = "from dpg_l10n_cli.main import main; main()"
_PATH = os.pathsep.join(os.path.abspath(place) for place in sys.path if place)  # noqa: PTH100 - no links followed


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    (folder / "i18n").mkdir(parents=True)
    texts = {f"k{number}": f"Text {number}" for number in range(30)}
    (folder / "i18n/en.json").write_bytes(json_bytes(texts))
    (folder / "i18n/sw.json").write_bytes(json_bytes({"k1": "Neno"}))
    return folder


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with console("serve", "--port", "0", "--json", "--store", str(tmp_path / "s.db")) as process:
        try:
            yield address(process)
        finally:
            process.terminate()
            process.wait(60)


def ask(tree: Path, *arguments: str, token: str = "") -> tuple[int, Any]:
    """Run the console in a process of its own, where sockets are open."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _MAIN, *arguments, "--json"],
        cwd=tree, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "DPG_L10N_TOKEN": token, "PYTHONPATH": _PATH},
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


def test_reports_are_those_of_a_store(tree: Path, url: str, tmp_path: Path) -> None:
    here = ("--store", str(tmp_path / "here.db"))
    there = ("--server", url)
    said = [ask(tree, "push", *place) for place in (here, there)]
    assert said[0] == said[1]
    assert said[0][0] == 0
    for command in (
        ("coverage", "-p", "tree"), ("status", "-p", "tree"), ("draft", "--memory-only"),
    ):  # fmt: skip
        local, remote = (ask(tree, *command, *place) for place in (here, there))
        if command[0] == "status":
            for found in (local[1], remote[1]):
                found.pop("last_push")
        assert local == remote, command
    outs = [tmp_path / name for name in ("here", "there")]
    said = [
        ask(tree, "pull", "--out", str(out), *place)
        for out, place in zip(outs, (here, there), strict=True)
    ]
    assert said[0] == said[1]
    assert (outs[1] / "i18n/sw.json").read_bytes() == (tree / "i18n/sw.json").read_bytes()
    code, jobs = ask(tree, "job", "list", *there)
    assert code == 0
    assert {job["kind"] for job in jobs} == {"push", "draft", "export"}
    assert ask(tree, "job", "show", jobs[0]["id"], *there)[1]["state"] == "done"


def test_texts_are_decided_on_at_a_service_as_in_a_store(
    tree: Path, url: str, tmp_path: Path
) -> None:
    texts = {"save": "Save it", "files": {"one": "{count} file", "other": "{count} files"}}
    (tree / "i18n/en.json").write_bytes(json_bytes(texts))
    (tree / "i18n/sw.json").write_bytes(json_bytes({"save": "Hifadhi"}))
    (tree / "po").mkdir()
    (tree / "po/app.pot").write_text('msgctxt "menu"\nmsgid "Open it"\nmsgstr ""\n')
    here, there = ("--store", str(tmp_path / "here.db")), ("--server", url)
    for place in (here, there):
        assert ask(tree, "push", *place)[0] == 0
    variants = ("--variant", "one=Faili {count}", "--variant", "other=Faili {count}")
    review = ("-l", "sw", "--revision")
    for command in (
        ("edit", *review, "0", *variants, "app", "files"),
        ("edit", *review, "0", "--variant", "one=Faili", "app", "files"),
        ("edit", *review, "0", "--text", "Faili", "app", "files"),
        ("edit", *review, "0", "--text", "Fungua", "app-po", "menu\x04Open it"),
        ("edit", *review, "0", "--text", "Weka", "app", "save"),  # stale
        ("edit", *review, "0", "--text", "Weka", "app", "saved"),
        ("accept", *review, "1", "--as", "translated", "app", "save"),
        ("reject", *review, "1", "--why", "tone", "app", "files"),
        ("list", "-l", "sw"),
        ("list", "-l", "sw", "--limit", "1", "--state", "needs_work"),
    ):
        local, remote = (ask(tree, "review", *command, *place) for place in (here, there))
        assert local == remote, command
    listed = ask(tree, "review", "list", "-l", "sw", *there)[1]
    assert [(each["key"], each["state"], each["suggestions"]) for each in listed] == [
        ("save", "translated", ["Weka"]),
        ("files", "needs_work", []),
        ("menu\x04Open it", "translated", []),
    ]


def test_an_archive_goes_to_a_service_and_comes_back_whole(
    tree: Path, url: str, tmp_path: Path
) -> None:
    folder = tree / "i18n"
    data = zipped({each.name: each.read_bytes() for each in sorted(folder.iterdir())})
    for each in folder.iterdir():
        each.unlink()
    (tree / "i18n.zip").write_bytes(data)
    code, said = ask(tree, "push", "--server", url)
    assert (code, said["catalogues"][0]["units"]) == (0, 30)
    code, said = ask(tree, "pull", "--out", str(tmp_path / "out"), "--server", url)
    assert (code, [each["path"] for each in said["files"]]) == (0, ["i18n.zip/sw.json"])
    assert (tmp_path / "out/i18n.zip").read_bytes() == data


def test_exit_codes_are_those_of_a_store(tree: Path, url: str) -> None:
    there = ("--server", url)
    code, said = ask(tree, "status", *there, token="guessed")
    assert (code, "[access.sign_in]" in said) == (4, True)
    code, said = ask(tree, "coverage", "-p", "nowhere", *there)
    assert (code, "[not_found]" in said) == (2, True)
    (tree / "i18n/sw.json").write_bytes(b'{"k1": ')
    code, said = ask(tree, "push", *there)
    assert (code, [refusal["path"] for refusal in said["refused"]]) == (3, ["i18n/sw.json"])
    (tree / "i18n/sw.json").write_bytes(b"{}" + b" " * 70 * MIB)
    code, said = ask(tree, "push", *there)
    assert (code, "[input.size]" in said) == (3, True)


def test_a_service_that_is_not_there_is_said_so(tree: Path) -> None:
    code, said = ask(tree, "status", "--server", "http://127.0.0.1:9")
    assert (code, "[unavailable]" in said) == (4, True)


def test_a_token_goes_over_no_network_in_the_clear() -> None:
    with pytest.raises(UsageError, match="https"):
        Server("http://l10n.example.org", "secret")
    Server("http://[::1]:8321", "secret")


@pytest.mark.parametrize("url", ["l10n.example.org", "ftp://l10n.example.org", "https://"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        Server(url)


def test_a_store_and_a_server_are_one_too_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--store", "s.db", "--server", "https://l10n.example.org"]) == 2
    assert "either a store or a server" in capsys.readouterr().err
