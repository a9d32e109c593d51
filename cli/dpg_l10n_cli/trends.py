"""Figures over time, as ``coverage --trend`` and ``country --trend`` print them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.locales import display_name
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services.trends import ReachTrend, Trend, reach_trend, trend
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import Server

_LINE = "▁▂▃▄▅▆▇█"
_FORMS = ("table", "csv", "json")


def show_coverage(
    project: str | None, store: str | None, server: Server | None, languages: tuple[str, ...],
    form: str,
) -> int:  # fmt: skip
    """Print the coverage of a project over time.

    Raises:
        UsageError: ``usage.trend``: in a form that has no place for it.
    """
    if form not in _FORMS:
        raise UsageError(
            N_("What changed over time is printed as {known}."),
            code="usage.trend", known=", ".join(_FORMS),
        )  # fmt: skip
    slug = options.slug_of(project)
    if server is not None:
        report: Trend = server.read(Trend, f"/projects/{slug}/trend")
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            report = trend(opened, slug, bootstrap.clock())
    wanted = [one for one in report.languages if not languages or one.language in languages]
    if form == "json":
        output.print_json(Trend(report.project, report.count, report.days, tuple(wanted)))
        return 0
    if form == "csv":
        click.echo(_csv(Trend(report.project, report.count, report.days, tuple(wanted))), nl=False)
        return 0
    rows = [
        (one.language, display_name(one.language), _line(one.coverage),
         *(f"{_percent(one.coverage[at])}%" for at in _ends(report.days)))
        for one in sorted(wanted, key=lambda one: (-one.coverage[-1], one.language))
    ]  # fmt: skip
    _table(("Language", "", ""), rows, report.days, left=3)
    return 0


def show_reach(
    code: str, store: str | None, server: Server | None, threshold: float, *, as_json: bool
) -> int:
    """Print how many people of a country each project reached over time."""
    if server is not None:
        report: ReachTrend = server.read(
            ReachTrend, f"/countries/{code}/trend", threshold=threshold
        )
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            report = reach_trend(opened, code, bootstrap.clock(), threshold=threshold)
    if as_json:
        output.print_json(report)
        return 0
    most = max((n for one in report.projects for n in one.people_at_least), default=0)
    rows = [
        (one.name, _line([n / most if most else 0.0 for n in one.people_at_least]),
         *(one.people_at_least[at] for at in _ends(report.days)))
        for one in report.projects
    ]  # fmt: skip
    _table(("People at least", ""), rows, report.days, left=2)
    return 0


def _table(
    heads: tuple[str, ...], rows: Sequence[tuple[object, ...]], days: tuple[str, ...], *, left: int
) -> None:
    if not rows or not days:
        click.echo("Nothing was translated yet.")
        return
    ends = [days[at] for at in _ends(days)]
    click.echo(output.table((*heads, *ends), rows, left=left))


def _ends(days: tuple[str, ...]) -> tuple[int, ...]:
    """Return the places of the first and the last day; of one day its own."""
    return (0, len(days) - 1) if len(days) > 1 else (0,) * len(days)


def _line(shares: list[float] | tuple[float, ...]) -> str:
    return "".join(_LINE[min(int(share * len(_LINE)), len(_LINE) - 1)] for share in shares)


def _percent(ratio: float) -> int:
    return int(ratio * 100 + 1e-9)


def _csv(report: Trend) -> str:
    """Return a row for each day and language; every figure can be recomputed from the row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    buckets: list[str] = []
    for one in report.languages:
        for day, units, words in zip(report.days, one.units, one.words, strict=True):
            if not buckets:
                buckets = [*asdict(units)]
                heads = [f"{what}_{name}" for what in ("units", "words") for name in buckets]
                writer.writerow(["project", "language", "count", "day", *heads])
            figures = [*asdict(units).values(), *asdict(words).values()]
            writer.writerow([report.project, one.language, report.count.value, day, *figures])
    return text.getvalue()
