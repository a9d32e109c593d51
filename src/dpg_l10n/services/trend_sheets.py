"""Lines over time of projects and countries as tables for spreadsheets."""

from __future__ import annotations

from dpg_l10n.i18n import N_
from dpg_l10n.interchange.country_tables import Table, Value
from dpg_l10n.services.trends import ReachTrend, Trend
from dpg_l10n.services.words import Words

_HEADS = (
    N_("Day"), N_("Language"), N_("Code"), N_("Coverage"), N_("All texts"), N_("Reviewed"),
    N_("Translated"), N_("Needs work"), N_("Machine drafts"), N_("Copies"), N_("Missing"),
    N_("All words"), N_("Words covered"),
)  # fmt: skip
_REACH = (N_("Day"), N_("Service"), N_("Project"), N_("At least, people"), N_("At most, people"))


def coverage_table(report: Trend, words: Words) -> Table:
    """Return what is covered, a row for each day and language."""
    rows: list[list[Value]] = [
        [
            day, words.language_name(one.language), one.language, one.coverage[at], units.total,
            units.reviewed, units.translated, units.needs_work, units.draft, units.copied,
            units.missing, one.words[at].total, one.words[at].covered(report.count),
        ]
        for one in report.languages
        for at, (day, units) in enumerate(zip(report.days, one.units, strict=True))
    ]  # fmt: skip
    heads = [words.say(head) for head in _HEADS]
    return Table(words.say(N_("Over time")), heads, rows, frozenset({3}))


def reach_table(report: ReachTrend, words: Words) -> Table:
    """Return whom each service reached, a row for each day and service."""
    rows: list[list[Value]] = [
        [day, one.name, one.project, one.people_at_least[at], one.people_at_most[at]]
        for one in report.projects
        for at, day in enumerate(report.days)
    ]
    return Table(words.say(N_("Over time")), [words.say(head) for head in _REACH], rows)
