"""``dpg-l10n draft`` and ``models``."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.support.console import CONFIG, Console
from tests.support.packages import EN_AR, EN_ES, EN_FR
from tests.support.projects import json_bytes

_KNOWN = {"action.save": "Save", "action.cancel": "Cancel", "action.delete": "Delete"}


def _app(console: Console, **languages: dict[str, object]) -> None:
    console.write({"dpg-l10n.toml": CONFIG, "i18n/en.json": json_bytes(_KNOWN)})
    console.write({f"i18n/{name}.json": json_bytes(found) for name, found in languages.items()})
    assert console("push").code == 0


def test_a_draft_from_memory_takes_what_another_catalogue_says(console: Console) -> None:
    two = CONFIG + '\n[[catalogue]]\nname = "web"\nsource = "web/en.json"\n'
    two += 'target = "web/{language}.json"\n'
    console.write({
        "dpg-l10n.toml": two,
        "i18n/en.json": json_bytes({"a": "Save", "b": "Close"}), "web/en.json": json_bytes({"c": "Save"}),
        "i18n/sw.json": json_bytes({"a": "Hifadhi"}), "web/sw.json": json_bytes({}),
    })  # fmt: skip
    console("push")
    before = console("coverage", "--json").json
    ran = console("draft", "--memory-only")
    assert ran.code == 0
    assert ran.out.splitlines()[2].split()[:4] == ["sw", "Swahili", "1", "1"]
    assert "not counted" in ran.err
    after = console("coverage", "-p", "clinic", "--json").json
    assert [row["coverage"] for row in after["languages"]] == [
        row["coverage"] for row in before["languages"]
    ]
    assert after["languages"][0]["units"]["draft"] == 1


def test_a_model_drafts_what_is_missing(console: Console) -> None:
    _app(console, es={"action.save": "Guardar"})
    console("models", "install", EN_ES)
    ran = console("draft", "-l", "es", "--json")
    (row,) = ran.json["languages"]
    assert ran.json.keys() >= {"project", "languages"}
    assert row.keys() >= {
        "language", "drafted", "memory", "machine", "skipped", "rejected", "strings_per_second",
    }  # fmt: skip
    assert (row["drafted"], row["machine"], row["memory"]) == (2, 2, 0)
    listed = console("review", "list", "-l", "es", "--state", "draft", "--json").json
    assert [unit["text"] for unit in listed] == ["Cancelar", "Eliminar"]


def test_a_limit_holds_for_each_language(console: Console) -> None:
    _app(console, es={}, fr={})
    for package in (EN_ES, EN_FR):
        console("models", "install", package)
    rows = console("draft", "--limit", "1", "--json").json["languages"]
    assert [row["drafted"] for row in rows] == [1, 1]


def test_a_demonstration_model_is_called_one(console: Console) -> None:
    _app(console, es={})
    console("models", "install", EN_ES)
    assert "The model for Spanish is a demonstration" in console("draft").err


def test_one_line_names_all_languages_that_no_model_translates(console: Console) -> None:
    _app(console, sw={}, am={})
    ran = console("draft")
    assert ran.code == 0
    assert [line for line in ran.err.splitlines() if "No installed model" in line] == [
        "No installed model translates into Amharic, Swahili: drafts come from memory only. "
        "See: dpg-l10n models --help"
    ]


def test_memory_only_does_not_speak_of_models(console: Console) -> None:
    _app(console, sw={})
    assert "model" not in console("draft", "--memory-only").err


def test_an_engine_that_does_not_exist_is_a_usage_error(console: Console) -> None:
    _app(console, es={})
    ran = console("draft", "--engine", "oracle")
    assert (ran.code, ran.out) == (2, "")
    assert "oracle" in ran.err


def test_without_models_the_list_says_where_they_go_and_how(console: Console) -> None:
    ran = console("models", "list")
    assert ran.code == 0
    assert str(console.models) in ran.out
    assert "dpg-l10n models install" in ran.out


def test_an_installed_model_is_listed_with_its_checksum(console: Console) -> None:
    sha256 = hashlib.sha256(EN_FR.read_bytes()).hexdigest()
    installed = console("models", "install", EN_FR)
    assert installed.code == 0
    assert sha256 in installed.err
    listed = console("models", "list")
    assert sha256[:16] in listed.out
    assert "demonstration" in listed.out
    (row,) = console("models", "list", "--json").json
    assert (row["sha256"], row["name"]) == (sha256, "translate-en_fr")


def test_the_same_model_twice_is_refused(console: Console) -> None:
    console("models", "install", EN_FR)
    again = console("models", "install", EN_FR)
    assert again.code == 3
    assert "[package.exists]" in again.err


def test_a_checksum_that_is_not_the_expected_one_leaves_nothing(console: Console) -> None:
    ran = console("models", "install", EN_AR, "--sha256", "0" * 64)
    assert (ran.code, ran.out) == (3, "")
    assert "[package.checksum]" in ran.err
    assert console("models", "list", "--json").json == []


def test_verify_finds_a_changed_file(console: Console) -> None:
    console("models", "install", EN_FR)
    assert console("models", "verify").out == "translate-en_fr 1.0: intact\n"
    changed = next(console.models.rglob("metadata.json"))
    changed.write_text(changed.read_text() + " ")
    ran = console("models", "verify")
    assert ran.code == 1
    assert "CHANGED" in ran.out
    assert "metadata.json" in ran.out
    (row,) = console("models", "verify", "--json").json
    assert (row["intact"], row["pinned"]) == (False, True)


def test_a_removed_model_is_gone(console: Console) -> None:
    console("models", "install", EN_FR)
    ran = console("models", "remove", "translate-en_fr")
    assert ran.code == 0
    assert "Removed translate-en_fr" in ran.out
    assert console("models", "list", "--json").json == []


def test_a_model_that_is_not_installed_cannot_be_removed(console: Console) -> None:
    ran = console("models", "remove", "translate-en_sw")
    assert ran.code == 2
    assert "translate-en_sw" in ran.err


@pytest.mark.parametrize("arguments", [(), ("a.argosmodel", "--from-index", "en-es")])
def test_install_takes_exactly_one_source(console: Console, arguments: tuple[str, ...]) -> None:
    assert console("models", "install", *arguments).code == 2


def test_a_package_that_does_not_exist_is_named(console: Console, tmp_path: Path) -> None:
    ran = console("models", "install", tmp_path / "none.argosmodel")
    assert (ran.code, ran.out) == (3, "")
    assert "none.argosmodel" in ran.err
