"""``dpg-l10n init``."""

from __future__ import annotations

from tests.support.console import CONFIG, SOURCE, SWAHILI, Console
from tests.support.projects import json_bytes

_TREE = {"i18n/en.json": json_bytes(SOURCE), "i18n/sw.json": json_bytes(SWAHILI)}


def test_init_writes_what_it_found_and_the_next_command_reads_it(console: Console) -> None:
    console.write(_TREE)
    ran = console("init")
    assert ran.code == 0
    assert "i18n/{language}.json" in ran.out
    written = console.files()["dpg-l10n.toml"].decode()
    assert 'source = "i18n/en.json"' in written
    assert [row["language"] for row in console("coverage", "--json").json["languages"]] == ["sw"]


def test_init_does_not_replace_a_file_unless_it_is_told_to(console: Console) -> None:
    console.write({**_TREE, "dpg-l10n.toml": CONFIG})
    refused = console("init")
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert console.files()["dpg-l10n.toml"].decode() == CONFIG
    assert console("init", "--force").code == 0
    assert console.files()["dpg-l10n.toml"].decode() != CONFIG


def test_a_dry_run_prints_the_file_and_writes_none(console: Console) -> None:
    console.write(_TREE)
    shown = console("init", "--dry-run")
    assert console.files() == _TREE
    console("init")
    assert console.files()["dpg-l10n.toml"].decode() == shown.out


def test_init_reports_what_it_found_as_json(console: Console) -> None:
    console.write(_TREE)
    report = console("init", "--json").json
    (catalogue,) = report["catalogues"]
    assert (catalogue["format"], catalogue["source"]) == ("json", "i18n/en.json")
    assert catalogue["pattern"] == "i18n/{language}.json"
    assert [target["language"] for target in catalogue["targets"]] == ["sw"]


def test_init_starts_from_the_file_of_another_tool(console: Console) -> None:
    console.write(_TREE)
    crowdin = "files:\n  - source: /i18n/en.json\n    translation: /i18n/%two_letters_code%.json\n"
    console.write({"crowdin.yml": crowdin})
    ran = console("init", "--from", "crowdin")
    assert ran.code == 0
    assert "crowdin.yml" in ran.err
    assert "i18n/{language}.json" in console.files()["dpg-l10n.toml"].decode()


def test_a_tool_whose_file_is_not_there_is_a_usage_error(console: Console) -> None:
    console.write(_TREE)
    ran = console("init", "--from", "tx")
    assert ran.code == 2
    assert ".tx/config" in ran.err
    assert console.files() == _TREE
