"""Figures of countries and projects as files: what pages hand out and reports hold, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dpg_l10n.domain.records import Project
from dpg_l10n.interchange.country_tables import as_csv, as_xlsx
from dpg_l10n.ports import Clock, Store
from dpg_l10n.services.country_report import CountryReport
from dpg_l10n.services.country_sheets import matrix, tables
from dpg_l10n.services.trend_sheets import coverage_table, reach_table
from dpg_l10n.services.trends import reach_trend, trend
from dpg_l10n.services.words import Words

KINDS = ("csv", "xlsx")


def country_file(
    store: Store, report: CountryReport, kind: str, words: Words, clock: Clock,
    visible: Callable[[Project], bool] = lambda _project: True,
) -> bytes:  # fmt: skip
    """Return a country as a file: as CSV the matrix, as a workbook also the other pictures and lines.

    Args:
        store: Has the lines over time.
        report: The country.
        kind: One of :data:`KINDS`.
        words: Language of heads and names. Only a workbook of a country has a place to say that they
            are drafts: in other files they are those that people confirmed.
        clock: Gives the time.
        visible: As it was for the report.
    """
    if kind == "csv":
        return as_csv(matrix(report, replace(words, drafts=False)))
    *pictures, sources = tables(report, words)
    lines = reach_trend(
        store, report.country, clock, threshold=report.threshold, visible=visible
    )  # fmt: skip
    sheets = [*pictures, reach_table(lines, words), sources]
    return as_xlsx(sheets, right_to_left=words.direction == "rtl")


def project_file(store: Store, slug: str, kind: str, words: Words, clock: Clock) -> bytes:
    """Return the coverage of a project over time as a file, see :func:`country_file`.

    Raises:
        NotFoundError: There is no such project.
    """
    table = coverage_table(trend(store, slug, clock), replace(words, drafts=False))
    if kind == "csv":
        return as_csv(table)
    return as_xlsx([table], right_to_left=words.direction == "rtl")
