"""The console as a whole: help, messages, exit codes, what goes to which stream."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dpg_l10n_cli import output
from dpg_l10n_cli.main import COMMANDS
from tests.support.console import Console

_PROBE = """
import sys
from dpg_l10n_cli.main import run
code = run(sys.argv[1:])
heavy = {"sqlalchemy", "sqlmodel", "babel", "yaml", "fastapi", "ctranslate2"} & set(sys.modules)
print(code, sorted(heavy), file=sys.stderr)
"""


def test_help_comes_without_importing_the_store_or_the_formats() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _PROBE, "--help"], capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "0 []"
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_ends_well_and_has_examples(console: Console, name: str) -> None:
    ran = console(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "Examples:" in ran.out


def test_pull_is_another_name_of_export(console: Console) -> None:
    pull, export = console("pull", "--help").out, console("export", "--help").out
    assert pull.partition("\n")[2] == export.partition("\n")[2] != ""


def test_an_unknown_command_is_a_usage_error(console: Console) -> None:
    ran = console("translate")
    assert (ran.code, ran.out) == (2, "")
    assert "No such command 'translate'" in ran.err


def test_a_language_that_is_none_says_how_to_write_one(console: Console) -> None:
    ran = console("draft", "-p", "clinic", "-l", "!!")
    assert ran.code == 2
    assert "!!" in ran.err


def test_an_unknown_project_says_which_there_are(console: Console) -> None:
    console.clinic()
    console("push")
    ran = console("coverage", "-p", "clinik")
    assert (ran.code, ran.out) == (2, "")
    assert "clinik" in ran.err
    assert "The store has: clinic" in ran.err
    assert "[not_found]" in ran.err


@pytest.mark.parametrize("command", ["push", "coverage", "check", "init"])
def test_a_folder_without_catalogues_says_what_to_do(console: Console, command: str) -> None:
    ran = console(command)
    assert (ran.code, ran.out) == (2, "")
    assert "No catalogue was found" in ran.err
    assert "[usage.no_catalogue]" in ran.err


def test_a_command_of_a_project_outside_of_one_asks_for_its_name(console: Console) -> None:
    ran = console("draft")
    assert ran.code == 2
    assert "--project" in ran.err


@pytest.mark.parametrize("value", ["many", "0", "-1"])
def test_a_size_limit_that_is_no_number_is_a_configuration_error(
    console: Console, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    console.clinic()
    monkeypatch.setenv("DPG_L10N_MAX_FILE_MB", value)
    ran = console("push")
    assert (ran.code, ran.out) == (2, "")
    assert "DPG_L10N_MAX_FILE_MB" in ran.err
    assert "[config]" in ran.err
    assert not console.store.exists()


def test_a_store_that_is_no_database_is_refused_and_left_alone(console: Console) -> None:
    console.clinic()
    console.store.parent.mkdir(parents=True)
    console.store.write_text("a letter to my aunt, not a database " * 100)
    before = console.store.read_bytes()
    ran = console("push")
    assert (ran.code, ran.out) == (4, "")
    assert str(console.store) in ran.err
    assert "[unavailable.store]" in ran.err
    assert console.store.read_bytes() == before


@pytest.mark.parametrize("command", [("status",), ("push",), ("draft", "--memory-only")])
def test_a_store_that_was_cut_off_is_an_error_of_the_environment(
    console: Console, command: tuple[str, ...]
) -> None:
    console.clinic()
    console("push")
    whole = console.store.read_bytes()
    console.store.write_bytes(whole[: len(whole) // 2])
    ran = console(*command)
    assert (ran.code, ran.out) == (4, "")
    assert "malformed" in ran.err
    assert "[unavailable.store]" in ran.err


def test_a_store_that_cannot_be_made_is_an_error_of_the_environment(console: Console) -> None:
    console.clinic()
    ran = console("push", "--store", console.folder / "i18n/en.json/store.db")
    assert (ran.code, ran.out) == (4, "")
    assert "[unavailable.store]" in ran.err


def test_a_folder_that_cannot_be_written_is_an_error_of_the_environment(console: Console) -> None:
    console.clinic()
    console("push")
    ran = console("export", "--out", console.folder / "dpg-l10n.toml" / "out")
    assert (ran.code, ran.out) == (4, "")
    assert "dpg-l10n.toml" in ran.err
    assert "[unavailable]" in ran.err


def test_an_option_names_another_store_than_the_environment(
    console: Console, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    console.clinic()
    monkeypatch.setenv("DPG_L10N_STORE", str(tmp_path / "environment.db"))
    assert console("push", "--store", tmp_path / "option.db").code == 0
    assert (tmp_path / "option.db").exists()
    assert not (tmp_path / "environment.db").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("push",), ("coverage",), ("coverage", "-p", "clinic"), ("check",), ("status",),
        ("draft", "--memory-only"), ("export", "--out", "out"), ("init", "--dry-run"),
        ("review", "list", "-l", "sw"), ("models", "list"), ("models", "verify"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_standard_output_is_json_and_nothing_else(
    console: Console, command: tuple[str, ...]
) -> None:
    console.clinic()
    console("push")
    ran = console(*command, "--json")
    assert ran.code == 0
    assert json.loads(ran.out) is not None


def test_without_a_terminal_there_are_no_colours_and_no_progress(console: Console) -> None:
    console.clinic()
    ran = console("push")
    assert "\x1b" not in ran.out + ran.err
    assert "\r" not in ran.err


@pytest.mark.parametrize(("variable", "coloured"), [(None, True), ("1", False), ("", False)])
def test_no_color_takes_the_colours_from_a_terminal(
    monkeypatch: pytest.MonkeyPatch, variable: str | None, coloured: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    if variable is None:
        monkeypatch.delenv("NO_COLOR", raising=False)
    else:
        monkeypatch.setenv("NO_COLOR", variable)
    assert (output.style("bold", bold=True) != "bold") is coloured


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (12_345, "12,345 files")]
)
def test_numbers_agree_with_their_nouns(number: int, told: str) -> None:
    assert output.counted(number, "file") == told


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert output.counted(2, "entry", "entries") == "2 entries"


def test_an_interruption_says_that_what_was_finished_is_kept(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_self: click.Group, *_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(click.Group, "main", interrupted)
    ran = console("status")
    assert (ran.code, ran.out) == (130, "")
    assert "kept" in ran.err
