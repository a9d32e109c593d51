"""Coverage reports in the formats that people and programs read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from dpg_l10n.domain.coverage import CountPolicy, Counts, LanguageCoverage
from dpg_l10n.domain.locales import display_name

BUCKETS = ("reviewed", "translated", "needs_work", "draft", "copied", "missing")


def _counts(counts: Counts) -> dict[str, int]:
    return {"total": counts.total, **{name: getattr(counts, name) for name in BUCKETS}}


def as_json(
    project: str, policy: CountPolicy, rows: tuple[LanguageCoverage, ...]
) -> dict[str, Any]:
    """Return the report as JSON types; ``coverage`` is 0.0 to 1.0, rounded down to 4 digits."""
    return {
        "project": project,
        "count": policy.value,
        "languages": [
            {
                "language": row.language,
                "coverage": int(row.ratio(policy) * 10_000) / 10_000,
                "units": _counts(row.units),
                "words": _counts(row.words),
            }
            for row in rows
        ],
    }


def as_csv(project: str, policy: CountPolicy, rows: tuple[LanguageCoverage, ...]) -> str:
    """Return one line per language; every figure can be recomputed from the line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    heads = [f"{what}_{name}" for what in ("units", "words") for name in ("total", *BUCKETS)]
    writer.writerow(["project", "language", "count", "percent", *heads])
    for row in rows:
        figures = [*_counts(row.units).values(), *_counts(row.words).values()]
        writer.writerow([project, row.language, policy.value, row.percent(policy), *figures])
    return text.getvalue()


def as_markdown(policy: CountPolicy, rows: tuple[LanguageCoverage, ...]) -> str:
    """Return a Markdown table."""
    lines = [
        "| Language | Covered | Reviewed | Translated | Needs work | Draft | Copied | Missing |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        figures = " | ".join(str(getattr(row.units, name)) for name in BUCKETS)
        name = f"{display_name(row.language)} ({row.language})"
        lines.append(f"| {name} | {row.percent(policy)}% | {figures} |")
    return "\n".join(lines)


def as_junit(
    project: str,
    policy: CountPolicy,
    rows: tuple[LanguageCoverage, ...],
    bars: Mapping[str, int],
) -> str:
    """Return a JUnit report with a test per language.

    Args:
        project: Name of the suite.
        policy: What counts.
        rows: The languages.
        bars: Least percent by language, ``default`` for the others; a language without one passes.
    """
    cases = []
    failures = 0
    for row in rows:
        percent = row.percent(policy)
        bar = bars.get(row.language, bars.get("default"))
        name = quoteattr(f"coverage of {row.language}: {percent}%")
        if bar is not None and percent < bar:
            failures += 1
            why = quoteattr(f"{percent}% is less than the {bar}% asked for")
            cases.append(f"  <testcase classname={quoteattr(project)} name={name}>")
            cases.append(f"    <failure message={why}/>\n  </testcase>")
        else:
            cases.append(f"  <testcase classname={quoteattr(project)} name={name}/>")
    suite = f'<testsuite name={quoteattr(project)} tests="{len(rows)}" failures="{failures}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', suite, *cases, "</testsuite>"])
