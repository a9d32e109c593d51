"""``dpg-l10n country``: which services the people of a country can read."""

from __future__ import annotations

from pathlib import Path

import click
from babel import Locale

from dpg_l10n import bootstrap
from dpg_l10n.domain.locales import display_name
from dpg_l10n.services.countries import country
from dpg_l10n.services.country_report import CountryReport, ProjectReach
from dpg_l10n_cli import options, output, trends
from dpg_l10n_cli.server import chosen


@click.command(
    epilog="""\b
Examples:
  dpg-l10n country KE
  dpg-l10n country ET --threshold 95 --json"""
)
@click.argument("code", metavar="CC")
@click.option(
    "--threshold", type=click.IntRange(1, 100), default=80, show_default=True, metavar="PERCENT",
    help="Share of its texts from which on a project is usable.",
)  # fmt: skip
@click.option("--trend", "over_time", is_flag=True, help="People reached over time.")
@options.store_option
@options.server_option
@options.json_option
def command(
    code: str, threshold: int, over_time: bool, store: str | None, server: str | None, as_json: bool
) -> int:
    """Show how many people of a country can use each project, and what to translate next.

    CC is the country's code of two letters. Counted are people who speak a covered language other than
    the project's source language: at least those of the most spoken one, at most those of all.
    """
    service = chosen(server, store, Path.cwd())
    if over_time:
        return trends.show_reach(code, store, service, threshold / 100, as_json=as_json)
    if service is not None:
        report = service.read(CountryReport, f"/countries/{code}", threshold=threshold / 100)
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            report = country(opened, code, threshold=threshold / 100)
    if as_json:
        output.print_json(report)
        return 0
    _show(report)
    return 0


def _show(report: CountryReport) -> None:
    name = Locale("en").territories.get(report.country, report.country)
    click.echo(f"{name}: {report.population:,} people\n")
    if report.projects:
        heads = ("Project", "In other languages", "People", "Source language", "Usable in")
        rows = [_row(one) for one in report.projects]
        click.echo(output.table(heads, rows, left=5))
        unsaid = [one.name for one in report.projects if one.used is None]
        if unsaid:
            click.echo(
                f"\nNot known to be used here: {_listed(unsaid)}. Say where a project is used with "
                "“deployments” in its dpg-l10n.toml, or with: dpg-l10n registry import"
            )
    else:
        click.echo("No project in the store is used there.")
    if report.steps:
        click.echo("\nNext best steps, by people gained per 1,000 words left:")
        for step in report.steps[:3]:
            known = step.words_from_memory
            free = f", {known:,} of them in the memory" if known else ""
            click.echo(
                f"  {display_name(step.language)} for {step.name}: "
                f"{_range(step.people_at_least, step.people_at_most)} more people, "
                f"{step.words_left:,} words left{free}"
            )
    if report.others:
        others = _listed([good.name for good in report.others])
        click.echo(f"\nUsed there too, and not in the store: {others}")
    sources = report.sources
    said = f"Unicode CLDR {sources.territories_version}"
    if sources.registry:
        said += f"; registry {sources.registry}, {sources.registry_version}"
    output.note(f"Usable from {report.threshold:.0%} of the texts on. Figures: {said}.")


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 10:,} more" * (len(names) > 10)
    return ", ".join(names[:10]) + more


def _row(one: ProjectReach) -> tuple[str, ...]:
    usable = ", ".join(map(display_name, one.usable)) or "nothing but its source language"
    source = f"{display_name(one.source_language)} {_percent(one.source_share)}"
    least, most = _percent(one.at_least), _percent(one.at_most)
    share = least if least == most else f"{least} to {most}"
    return one.name, share, _range(one.people_at_least, one.people_at_most), source, usable


def _percent(ratio: float) -> str:
    return f"{int(ratio * 100 + 1e-9)}%"


def _range(least: int, most: int) -> str:
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"
