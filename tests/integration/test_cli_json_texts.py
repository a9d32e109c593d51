"""A Laravel project that has translations and no file of its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.console import Console, console_in

FRENCH = """\
{
    "Log in": "Connexion",
    "Hello, :name!": "Bonjour, :name !"
}
"""
SWAHILI = '{\n    "Log in": "Ingia",\n    "Register a birth": "Sajili uzazi"\n}\n'


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    console = console_in(tmp_path, monkeypatch, capsys)
    console.write({"lang/fr.json": FRENCH, "lang/sw.json": SWAHILI})
    return console


def test_init_says_that_the_keys_are_the_source(console: Console) -> None:
    ran = console("init")
    assert ran.code == 0
    assert "no file has all of them in en: the keys were taken as the source" in ran.err
    written = (console.folder / "dpg-l10n.toml").read_text()
    assert 'format = "json-texts"\ntarget = "lang/{language}.json"' in written
    assert "source = " not in written
    covered = console("coverage", "--format", "json").json["languages"]
    assert {each["language"]: each["units"]["translated"] for each in covered} == {"fr": 2, "sw": 2}
    assert {each["units"]["total"] for each in covered} == {3}


def test_texts_are_pushed_edited_and_given_back(console: Console) -> None:
    console("init")
    assert console("push").code == 0
    report = console("export", "--out", "out", "--json").json
    assert all(each["unchanged"] for each in report["files"])
    edit = ("review", "edit", "-l", "sw", "--revision", "0", "--text", "Habari, :name!")
    assert console(*edit, "app", "Hello, :name!").code == 0
    console("export", "--out", "out")
    files = console.files()
    assert files["out/lang/fr.json"] == FRENCH.encode()
    added = SWAHILI.replace('"Ingia",\n', '"Ingia",\n    "Hello, :name!": "Habari, :name!",\n')
    assert files["out/lang/sw.json"].decode() == added


def test_a_new_language_has_what_is_translated(console: Console) -> None:
    console("init")
    console("push")
    console("review", "edit", "-l", "am", "--revision", "0", "--text", "ግባ", "app", "Log in")
    console("export", "--out", "out", "-l", "am")
    assert console.files()["out/lang/am.json"].decode() == '{\n    "Log in": "ግባ"\n}\n'


def test_a_lost_placeholder_is_found(console: Console) -> None:
    console.write({"lang/fr.json": FRENCH.replace("Bonjour, :name", "Bonjour, :nom")})
    console("init")
    ran = console("check", "--format", "json")
    assert {each["key"] for each in ran.json["findings"] if each["severity"] == "error"} == {
        "Hello, :name!"
    }
