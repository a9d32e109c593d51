"""``dpg-l10n registry``: which digital public goods are used where."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.locales import display_name
from dpg_l10n.services import registry
from dpg_l10n.services.files import read_limited
from dpg_l10n_cli import options, output

_MOST_SHOWN = 25


@click.group(
    epilog="""\b
Examples:
  dpg-l10n registry import dpgs.json
  dpg-l10n registry demand"""
)
def command() -> None:
    """Know which digital public goods are used where, from a file of their registry.

    Nothing is fetched: download the file yourself. Contact data in it is not read.
    """


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken.")
@options.store_option
@options.json_option
def import_command(file: Path, dry_run: bool, store: str | None, as_json: bool) -> int:
    """Take a registry in, in the place of the one before."""
    config = options.configured(store)
    data = read_limited(file, config.max_file_bytes, str(file))
    with bootstrap.open_store(config) as opened:
        report = registry.import_registry(
            opened, data, file.name, bootstrap.clock(), dry_run=dry_run
        )
    if as_json:
        output.print_json(report)
        return 0
    click.echo(
        f"{output.counted(report.goods, 'digital public good')}, {report.deployed:,} of them with "
        f"countries where they are used.\nSource: {report.source}, {report.version}"
    )
    if report.everywhere:
        listed = ", ".join(report.everywhere)
        click.echo(f"In no figure of a country, since they list nearly all: {listed}")
    if report.unknown:
        click.echo(f"No country that we know: {', '.join(report.unknown)}")
    if report.refused:
        click.echo(f"{output.counted(report.refused, 'record')} without a name left out.")
    return 0


@command.command("demand")
@options.store_option
@options.json_option
def demand_command(store: str | None, as_json: bool) -> int:
    """Show which official languages the goods are asked for in: what is needed, not what is there."""
    with bootstrap.open_store(options.configured(store)) as opened:
        found = registry.demand(opened)
    if as_json:
        output.print_json(found)
        return 0
    rows = [
        (display_name(each.language), each.language, each.goods, each.pairs, len(each.countries))
        for each in found[:_MOST_SHOWN]
    ]
    click.echo(output.table(("Language", "Code", "Goods", "Uses", "Countries"), rows, left=2))
    if len(found) > _MOST_SHOWN:
        click.echo(f"… and {len(found) - _MOST_SHOWN:,} more: --json has them all.")
    return 0
