"""``dpg-l10n coverage``: how much of a project people can read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.coverage import LanguageCoverage
from dpg_l10n.domain.locales import display_name
from dpg_l10n.domain.project import ProjectSpec
from dpg_l10n.interchange import coverage as interchange
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.reports import CoverageReport
from dpg_l10n_cli import options, output, trends
from dpg_l10n_cli.server import Server, chosen

FORMATS = ("table", "json", "csv", "markdown", "junit")


@click.command(
    epilog="""\b
Examples:
  dpg-l10n coverage                     the repository you are in, without a store
  dpg-l10n coverage --fail-under 80     exit 1 when a language has less
  dpg-l10n coverage -p health-tracker   what the store has"""
)
@options.directory_argument
@click.option("--project", "-p", metavar="SLUG", help="Read the store instead of a directory.")
@options.store_option
@options.server_option
@options.language_option
@click.option("--fail-under", type=click.IntRange(0, 100), metavar="PERCENT",
              help="Exit 1 when a language has less (0 to 100).")  # fmt: skip
@click.option("--trend", "over_time", is_flag=True,
              help="With --project: coverage over time, as table, csv or json.")  # fmt: skip
@click.option("--by-catalogue", is_flag=True, help="One table per catalogue as well.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
    help="How the report is written.",
)  # fmt: skip
@options.json_option
def command(
    directory: Path,
    project: str | None,
    store: str | None,
    server: str | None,
    languages: tuple[str, ...],
    fail_under: int | None,
    over_time: bool,
    by_catalogue: bool,
    form: str,
    as_json: bool,
) -> int:
    """Show coverage per language: of DIRECTORY, or of a project in the store.

    Counted are translated and reviewed units (or only reviewed ones, where the project says so).
    Drafts, texts that need work and copies of the source are shown and never counted. Percents are
    rounded down: 100% means all.
    """
    if over_time:
        asked = chosen(server, store, directory)
        return trends.show_coverage(project, store, asked, languages, "json" if as_json else form)
    bars: dict[str, int] = {}
    refused = 0
    service = chosen(server, store, directory) if project else None
    if project and service is not None:
        report = from_server(service, project, languages)
    elif project:
        with bootstrap.open_store(options.configured(store)) as opened:
            report = coverage(opened, project, languages)
    else:
        spec = options.require_catalogues(options.load_spec(directory), directory)
        report, refused = of_tree(directory, spec, languages)
        bars = dict(spec.fail_under)
    if fail_under is not None:
        bars = {"default": fail_under}
    low = below(report, bars)
    print_report(report, "json" if as_json else form, bars, by_catalogue=by_catalogue)
    for row, bar in low:
        percent = row.percent(report.count)
        output.note(f"{row.language} has {percent}%, less than the {bar}% asked for.")
    return 3 if refused else 1 if low else 0


def from_server(server: Server, project: str, languages: tuple[str, ...] = ()) -> CoverageReport:
    """Return the coverage of a project that a service has."""
    report: CoverageReport = server.read(CoverageReport, f"/projects/{project}/coverage")
    wanted = [row for row in report.languages if not languages or row.language in languages]
    return replace(report, languages=tuple(wanted))


def of_tree(
    directory: Path, spec: ProjectSpec, languages: tuple[str, ...]
) -> tuple[CoverageReport, int]:
    """Return the coverage of a working tree and how many of its files were refused.

    The tree goes through a push into a store in memory: the figures are those of a push.
    """
    config = replace(options.configured(None), store="sqlite:///:memory:")
    read = options.reader(directory, config)
    with bootstrap.open_store(config) as opened:
        asked = PushOptions(keep_going=True, accept_damage=True)
        pushed = push(opened, spec, read, bootstrap.clock(), asked)
        for refusal in pushed.refused:
            output.note(f"left out: {refusal.message}  [{refusal.code}]")
        return coverage(opened, spec.slug, languages), len(pushed.refused)


def below(report: CoverageReport, bars: dict[str, int]) -> list[tuple[LanguageCoverage, int]]:
    """Return the languages under their bar, with the bar in percent."""
    found = []
    for row in report.languages:
        bar = bars.get(row.language, bars.get("default"))
        if bar is not None and row.percent(report.count) < bar:
            found.append((row, bar))
    return found


def print_report(
    report: CoverageReport, form: str, bars: dict[str, int], *, by_catalogue: bool = False
) -> None:
    """Print a coverage report in one of the formats."""
    if form == "json":
        output.print_json(interchange.as_json(report.project, report.count, report.languages))
    elif form == "csv":
        text = interchange.as_csv(report.project, report.count, report.languages)
        click.echo(text, nl=False)
    elif form == "markdown":
        click.echo(interchange.as_markdown(report.count, report.languages))
    elif form == "junit":
        rows = report.languages
        click.echo(interchange.as_junit(report.project, report.count, rows, bars))
    else:
        show(report, by_catalogue=by_catalogue)


def show(report: CoverageReport, *, by_catalogue: bool = False) -> None:
    """Print a coverage report for a person."""
    if not report.languages:
        click.echo("No translations yet: the source is the only language.")
        return
    click.echo(_table(report, report.languages))
    units = report.languages[0].units.total
    what = "reviewed" if report.count == "reviewed" else "translated or reviewed"
    whole = output.counted(units, "source unit")
    click.echo(f"{whole}. Counted: {what}. Legend: █ counted  ░ draft (not counted)")
    if by_catalogue:
        for name, rows in report.catalogues.items():
            click.echo(f"\n{output.style(name, bold=True)}")
            click.echo(_table(report, rows))


def _table(report: CoverageReport, rows: tuple[LanguageCoverage, ...]) -> str:
    heads = (
        "Language", "", "", "Covered", "Reviewed", "Translated", "Needs work", "Draft", "Copied",
        "Missing",
    )  # fmt: skip
    cells = []
    for row in sorted(rows, key=lambda row: (-row.ratio(report.count), row.language)):
        units = row.units
        drafted = units.draft / units.total if units.total else 0.0
        drawn = output.bar([(row.ratio(report.count), "█", "green"), (drafted, "░", "yellow")])
        cells.append((
            row.language, display_name(row.language), drawn, f"{row.percent(report.count)}%",
            units.reviewed, units.translated, units.needs_work, units.draft, units.copied,
            units.missing,
        ))  # fmt: skip
    return output.table(heads, cells, left=3)
