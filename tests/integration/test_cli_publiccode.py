"""``dpg-l10n publiccode sync``: the languages that people can use, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dpg_l10n_cli.main import run

HEAD = "publiccodeYmlVersion: '0.4'\nname: Farm Advice\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    files = {
        "en.json": {"a": "Open the file", "b": "Close the file"},
        "sw.json": {"a": "Fungua faili", "b": "Funga faili"},
        "am.json": {"a": "ፋይሉን ክፈት"},
    }
    (tmp_path / "i18n").mkdir()
    for name, texts in files.items():
        (tmp_path / "i18n" / name).write_text(json.dumps(texts), encoding="utf-8")
    return tmp_path


def test_languages_at_the_bar_are_listed_and_the_rest_stays(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tree / "publiccode.yml"
    path.write_text(
        HEAD + "localisation:\n  localisationReady: true\n  availableLanguages:\n  - en # ours\n"
    )
    assert run(["publiccode", "sync", str(tree), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["languages"], report["added"], report["changed"]) == (["en", "sw"], ["sw"], True)
    assert path.read_text().endswith("  - en # ours\n  - sw\n")
    assert run(["publiccode", "sync", str(tree), "--fail-under", "50", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == ["am"]


def test_a_listed_language_below_the_bar_stays_until_it_may_go(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tree / "publiccode.yml"
    text = HEAD + "localisation:\n  localisationReady: true\n  availableLanguages: [en, am, sw]\n"
    path.write_text(text)
    assert run(["publiccode", "sync", str(tree)]) == 1
    assert "am" in capsys.readouterr().err
    assert path.read_text() == text
    assert run(["publiccode", "sync", str(tree), "--allow-remove", "--dry-run"]) == 0
    assert path.read_text() == text
    assert run(["publiccode", "sync", str(tree), "--allow-remove"]) == 0
    assert path.read_text() == text.replace("[en, am, sw]", "[en, sw]")


def test_nothing_is_written_where_a_file_cannot_be_read(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tree / "publiccode.yml"
    path.write_text(HEAD)
    (tree / "i18n" / "sw.json").write_text('{"a": "Fungua', encoding="utf-8")
    assert run(["publiccode", "sync", str(tree)]) == 3
    assert "Nothing was written" in capsys.readouterr().err
    assert path.read_text() == HEAD


def test_a_repository_without_the_file_is_told_so(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["publiccode", "sync", str(tree)]) == 2
    assert "publiccode.yml" in capsys.readouterr().err
