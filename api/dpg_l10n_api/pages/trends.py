"""Lines over time on the pages of projects and countries."""

from __future__ import annotations

from dpg_l10n.services.trends import ReachTrend, Trend
from dpg_l10n_api.pages.reader import Reader


def coverage_lines(report: Trend, reader: Reader) -> list[tuple[str, tuple[float, ...]]]:
    """Return the lines of a project, the best covered language first."""
    order = sorted(report.languages, key=lambda one: (-one.coverage[-1], one.language))
    return [(reader.language_name(one.language), one.coverage) for one in order]


def reach_lines(report: ReachTrend) -> list[tuple[str, tuple[int, ...]]]:
    """Return the lines of a country: people reached at least, of the services that reach somebody."""
    return [(one.name, one.people_at_least) for one in report.projects if any(one.people_at_least)]
