"""Reports of findings: for people, programs, code hosts and test runners."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

import dpg_l10n
from dpg_l10n.domain.findings import Finding, Severity
from dpg_l10n.errors import NotFoundError


class Located(NamedTuple):
    """A finding and the place it was made in."""

    finding: Finding
    path: str
    """POSIX path of the file, relative to the folder that was checked."""
    line: int
    """1-based, 0 where it is not known."""
    key: str
    language: str
    """BCP 47 tag of the target."""


def to_json(found: Sequence[Located], checked: int) -> str:
    """Return the report as JSON: ``{"findings": […], "checked": n}``."""
    rows = [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "path": path,
            "line": line,
            "key": key,
            "language": language,
            "message": finding.message,
            "variant": finding.variant,
        }
        for finding, path, line, key, language in found
    ]
    return json.dumps({"findings": rows, "checked": checked}, ensure_ascii=False, indent=2) + "\n"


def to_text(found: Sequence[Located], checked: int) -> str:
    """Return the report for a terminal: one line per finding below its file, and the sum."""
    lines: list[str] = []
    for path, group in groupby(found, key=lambda located: located.path):
        lines.append(path)
        for finding, _, line, key, language in group:
            variant = f" [{finding.variant}]" if finding.variant else ""
            lines.append(
                f"  {line or '-':>5}  {finding.severity.value:<7}  {finding.code:<20}  {language}  "
                f"{_one_line(key)}{variant}: {_one_line(finding.message)}"
            )
    words = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}
    counts = ((_count(found, severity), words[severity]) for severity in Severity)
    sums = [f"{count} {word.removesuffix('s') if count == 1 else word}" for count, word in counts]
    lines.append(f"{checked} checked: {', '.join(sums)}")
    return "\n".join(lines) + "\n"


def to_github(found: Sequence[Located], checked: int) -> str:
    """Return GitHub workflow commands, which annotate the lines of a change.

    Args:
        found: Findings.
        checked: Number of messages checked; annotations have no place for it.
    """
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    lines: list[str] = []
    for finding, path, line, key, language in found:
        place = [f"file={_property(path)}"]
        if line:
            place.append(f"line={line}")
        place.append(f"title={_property(finding.code)}")
        message = _data(f"{key} ({language}): {finding.message}")
        lines.append(f"::{words[finding.severity]} {','.join(place)}::{message}\n")
    return "".join(lines)


def to_sarif(found: Sequence[Located], checked: int) -> str:
    """Return a SARIF 2.1.0 log, as code scanning services read it.

    Args:
        found: Findings.
        checked: Number of messages checked.
    """
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    rules = {
        finding.code: {
            "id": finding.code,
            "shortDescription": {"text": finding.message_template},
        }
        for finding, *_ in found
    }
    order = {code: index for index, code in enumerate(sorted(rules))}
    results: list[dict[str, Any]] = []
    for finding, path, line, key, language in found:
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path)}}
        if line:
            physical["region"] = {"startLine": line}
        results.append({
            "ruleId": finding.code,
            "ruleIndex": order[finding.code],
            "level": levels[finding.severity],
            "message": {"text": f"{key} ({language}): {finding.message}"},
            "locations": [{
                "physicalLocation": physical,
                "logicalLocations": [{"fullyQualifiedName": key}],
            }],
        })  # fmt: skip
    driver = {
        "name": "dpg-l10n",
        "version": dpg_l10n.__version__,
        "rules": [rules[code] for code in sorted(rules)],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "properties": {"checked": checked},
            "results": results,
        }],
    }  # fmt: skip
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def to_junit(found: Sequence[Located], checked: int) -> str:
    """Return JUnit XML: a test case per finding, and one that passes where there is none.

    Errors and warnings are failures; an info is written as output of a case that passes.
    """
    suites = ET.Element("testsuites", name="dpg-l10n")
    by_path: dict[str, list[Located]] = {}
    for located in found:
        by_path.setdefault(located.path, []).append(located)
    for path, group in by_path.items():
        failures = len(group) - _count(group, Severity.INFO)
        suite = ET.SubElement(
            suites, "testsuite", name=_xml(path), tests=str(len(group)), failures=str(failures)
        )
        for finding, _, line, key, language in group:
            case = ET.SubElement(
                suite, "testcase", name=_xml(f"{key} ({language}): {finding.code}"),
                classname=_xml(path), file=_xml(path), line=str(line),
            )  # fmt: skip
            kind = "system-out" if finding.severity is Severity.INFO else "failure"
            child = ET.SubElement(case, kind)
            child.text = _xml(f"{path}:{line}: {finding.message}")
            if kind == "failure":
                child.set("type", finding.severity.value)
                child.set("message", _xml(finding.message))
    if not found:
        suite = ET.SubElement(suites, "testsuite", name="check", tests="1", failures="0")
        ET.SubElement(suite, "testcase", name=f"{checked} checked", classname="check")
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=False) + "\n"


REPORTS: Mapping[str, Callable[[Sequence[Located], int], str]] = {
    "text": to_text,
    "json": to_json,
    "github": to_github,
    "sarif": to_sarif,
    "junit": to_junit,
}
"""Reports by the name that ``--format`` takes."""


def render(name: str, found: Sequence[Located], checked: int) -> str:
    """Return a report by its name.

    Args:
        name: One of :data:`REPORTS`.
        found: Findings, in the order they are to be told; those of one file together.
        checked: Number of messages checked.

    Raises:
        NotFoundError: There is no report of this name.
    """
    report = REPORTS.get(name)
    if report is None:
        known = ", ".join(REPORTS)
        raise NotFoundError(kind="report", name=name, hint=f"Known: {known}.")
    return report(found, checked)


def _count(found: Sequence[Located], severity: Severity) -> int:
    return sum(located.finding.severity is severity for located in found)


def _one_line(text: str) -> str:
    """Return a text without line breaks and control characters, which would change the terminal."""
    return "".join(
        character if character.isprintable() or character == "\u00a0" else "\ufffd"
        for character in text.replace("\x04", " | ").replace("\n", "⏎")
    )


def _data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _xml(text: str) -> str:
    """Replace characters that XML cannot hold."""
    return "".join(
        character
        if character in "\t\n\r" or " " <= character <= "\ud7ff" or "\ue000" <= character <= "\ufffd"
        or character >= "\U00010000"
        else "\ufffd"
        for character in text
    )  # fmt: skip
