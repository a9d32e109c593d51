from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.findings import Rule, Severity
from dpg_l10n.errors import NotFoundError
from dpg_l10n.interchange.findings import REPORTS, Located, render

_LOST = Rule("placeholder.lost", Severity.ERROR, "The placeholder {placeholder} is missing.")
_INFO = Rule("plural.extra", Severity.INFO, "“{category}” is never shown.")
_FOUND = (
    Located(_LOST(placeholder="%s"), "i18n/a,b:c.po", 12, "greet\nme", "sw"),
    Located(_INFO(category="one", variant="one"), "i18n/ja.po", 0, "files", "ja"),
)


def test_json_has_the_promised_fields() -> None:
    report = json.loads(render("json", _FOUND, 7))
    assert report["checked"] == 7
    first = report["findings"][0]
    assert first == {
        "code": "placeholder.lost", "severity": "error", "path": "i18n/a,b:c.po", "line": 12,
        "key": "greet\nme", "language": "sw", "message": "The placeholder %s is missing.",
        "variant": None,
    }  # fmt: skip


def test_text_names_file_line_and_sum_and_stays_on_one_line() -> None:
    lines = render("text", _FOUND, 7).splitlines()
    assert lines[0] == "i18n/a,b:c.po"
    assert "12" in lines[1]
    assert "greet⏎me" in lines[1]
    assert lines[-1] == "7 checked: 1 error, 0 warnings, 1 info"


def test_text_shows_no_control_characters_of_keys() -> None:
    hostile = Located(_LOST(placeholder="\x1b[2J"), "a.po", 1, "\x1b]0;x\x07", "sw")
    assert "\x1b" not in render("text", (hostile,), 1)


def test_workflow_commands_are_escaped() -> None:
    first, second = render("github", _FOUND, 7).splitlines()
    assert first == (
        "::error file=i18n/a%2Cb%3Ac.po,line=12,title=placeholder.lost"
        "::greet%0Ame (sw): The placeholder %25s is missing."
    )
    assert second.startswith("::notice file=i18n/ja.po,title=plural.extra::")


def test_sarif_has_rules_levels_and_places() -> None:
    log = json.loads(render("sarif", _FOUND, 7))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["level"] for result in run["results"]] == ["error", "note"]
    first, second = (result["locations"][0]["physicalLocation"] for result in run["results"])
    assert first == {
        "artifactLocation": {"uri": "i18n/a%2Cb%3Ac.po"},
        "region": {"startLine": 12},
    }
    assert "region" not in second


def test_junit_counts_errors_as_failures_and_passes_infos() -> None:
    suites = ET.fromstring(render("junit", _FOUND, 7))  # noqa: S314 - our own output
    assert [suite.get("failures") for suite in suites] == ["1", "0"]
    failure = suites[0][0][0]
    assert (failure.tag, failure.get("type")) == ("failure", "error")


def test_junit_of_no_finding_is_one_case_that_passes() -> None:
    suites = ET.fromstring(render("junit", (), 7))  # noqa: S314 - our own output
    assert [case.get("name") for case in suites.iter("testcase")] == ["7 checked"]
    assert not list(suites.iter("failure"))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_nothing_is_a_report(name: str) -> None:
    assert isinstance(render(name, (), 0), str)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gives_well_formed_reports(key: str, value: str) -> None:
    found = (Located(_LOST(placeholder=value), key, 1, key, "sw"),)
    json.loads(render("json", found, 1))
    json.loads(render("sarif", found, 1))
    ET.fromstring(render("junit", found, 1))  # noqa: S314 - our own output
    assert len(render("github", found, 1).split("\n")) == 2
    assert len(render("text", found, 1).rstrip("\n").splitlines()[1:]) >= 1


def test_an_unknown_report_names_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match="sarif"):
        render("html", (), 0)
