"""``dpg-l10n coverage`` and ``check``."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from tests.support.console import BROKEN, CONFIG, SWAHILI, Console

_BUCKETS = {"total", "reviewed", "translated", "needs_work", "draft", "copied", "missing"}


def test_the_coverage_of_a_working_tree_needs_no_store_and_makes_no_file(console: Console) -> None:
    console.clinic()
    before = console.files()
    ran = console("coverage")
    assert ran.code == 0
    assert ran.out.splitlines()[2].split()[:2] == ["sw", "Swahili"]
    assert "66%" in ran.out
    assert "3 source units" in ran.out
    assert console.files() == before
    assert not console.store.parent.exists()


def test_the_report_has_the_fields_that_are_promised(console: Console) -> None:
    console.clinic()
    report = console("coverage", "--json").json
    (row,) = report["languages"]
    assert report.keys() >= {"project", "count", "languages"}
    assert row.keys() >= {"language", "coverage", "units", "words"}
    assert row["units"].keys() == row["words"].keys() == _BUCKETS
    assert (row["language"], row["units"]["total"], row["units"]["translated"]) == ("sw", 3, 2)
    assert row["coverage"] == pytest.approx(2 / 3, abs=0.001)


def test_a_store_and_a_working_tree_give_the_same_report(console: Console) -> None:
    console.clinic()
    console("push")
    assert console("coverage", "--json").out == console("coverage", "-p", "clinic", "--json").out


def test_coverage_as_csv_is_a_table_for_spreadsheets(console: Console) -> None:
    console.clinic(sw=SWAHILI, fr={})
    rows = list(csv.DictReader(io.StringIO(console("coverage", "--format", "csv").out)))
    assert [(row["language"], row["units_translated"]) for row in rows] == [
        ("fr", "0"),
        ("sw", "2"),
    ]


def test_coverage_as_markdown_is_a_table_for_pages(console: Console) -> None:
    console.clinic()
    lines = console("coverage", "--format", "markdown").out.splitlines()
    assert all(line.startswith("|") for line in lines[:3])
    assert any("66" in line for line in lines)


def test_coverage_as_junit_fails_a_language_below_its_bar(console: Console) -> None:
    console.clinic(sw=SWAHILI, fr={})
    ran = console("coverage", "--format", "junit", "--fail-under", "50")
    tree = ElementTree.fromstring(ran.out)  # noqa: S314 - made by us
    failed = [
        case.get("name") for case in tree.iter("testcase") if case.find("failure") is not None
    ]
    assert ran.code == 1
    assert failed == ["coverage of fr: 0%"]


@pytest.mark.parametrize(("least", "code"), [("66", 0), ("67", 1)])
def test_a_language_below_the_bar_ends_in_1_and_is_named(
    console: Console, least: str, code: int
) -> None:
    console.clinic()
    ran = console("coverage", "--fail-under", least)
    assert ran.code == code
    assert (f"sw has 66%, less than the {least}%" in ran.err) is bool(code)


def test_the_bars_of_the_configuration_hold_for_a_working_tree(console: Console) -> None:
    console.clinic(sw=SWAHILI, fr={"save": "Enregistrer"})
    bars = "\n[coverage]\nfail_under = { default = 60, fr = 30 }\n"
    console.write({"dpg-l10n.toml": CONFIG + bars})
    assert console("coverage").code == 0
    assert console("coverage", "--fail-under", "60").code == 1


def test_coverage_of_one_language_leaves_out_the_others(console: Console) -> None:
    console.clinic(sw=SWAHILI, fr={})
    report = console("coverage", "-l", "fr", "--json").json
    assert [row["language"] for row in report["languages"]] == ["fr"]


def test_coverage_by_catalogue_names_each(console: Console) -> None:
    console.clinic()
    assert "\napp\n" in console("coverage", "--by-catalogue").out


def test_a_file_that_cannot_be_read_is_left_out_and_told(console: Console) -> None:
    console.clinic(sw=SWAHILI, fr={})
    console.write({"i18n/fr.json": "{"})
    ran = console("coverage", "--json")
    assert ran.code == 3
    assert "left out: i18n/fr.json" in ran.err
    assert [row["language"] for row in ran.json["languages"]][-1] == "sw"


def test_a_project_without_translations_says_so(console: Console) -> None:
    console.clinic(sw={})
    (console.folder / "i18n/sw.json").unlink()
    ran = console("coverage")
    assert ran.code == 0
    assert "No translations yet" in ran.out


def test_check_names_file_line_and_key_of_an_error_and_ends_in_1(console: Console) -> None:
    console.clinic(fr=BROKEN)
    ran = console("check")
    assert ran.code == 1
    assert "i18n/fr.json" in ran.out
    assert "placeholder.changed" in ran.out
    assert "greet" in ran.out
    assert not console.store.parent.exists()


def test_the_findings_have_the_fields_that_are_promised(console: Console) -> None:
    console.clinic(fr=BROKEN)
    report = console("check", "--format", "json").json
    (found,) = [each for each in report["findings"] if each["severity"] == "error"]
    assert report.keys() >= {"findings", "checked"}
    assert found.keys() >= {"code", "severity", "path", "line", "key", "language", "message"}
    assert (found["path"], found["line"], found["key"]) == ("i18n/fr.json", 3, "greet")
    assert console("check", "--json").out == console("check", "--format", "json").out


def test_check_annotates_a_pull_request(console: Console) -> None:
    console.clinic(fr=BROKEN)
    lines = console("check", "--format", "github").out.splitlines()
    assert any(line.startswith("::error file=i18n/fr.json,line=3") for line in lines)


def test_check_writes_sarif_and_junit(console: Console) -> None:
    console.clinic(fr=BROKEN)
    assert json.loads(console("check", "--format", "sarif").out)["version"] == "2.1.0"
    junit = console("check", "--format", "junit").out
    assert ElementTree.fromstring(junit).find(".//failure") is not None  # noqa: S314 - made by us


def test_a_clean_project_ends_in_0_and_says_so(console: Console) -> None:
    console.clinic()
    ran = console("check")
    assert ran.code == 0
    assert "Nothing to correct" in ran.err


def test_a_warning_alone_ends_in_0(console: Console) -> None:
    console.clinic(sw={"save": "Hifadhi fomu "})
    ran = console("check")
    assert ran.code == 0
    assert "warning" in ran.out
    assert "edge.space" not in console("check", "--errors").out


def test_check_looks_only_at_the_paths_and_languages_that_are_named(console: Console) -> None:
    console.clinic(fr=BROKEN, sw=SWAHILI)
    assert console("check", "i18n/sw.json").code == 0
    assert console("check", "-l", "sw").code == 0
    assert console("check", "i18n").code == 1
