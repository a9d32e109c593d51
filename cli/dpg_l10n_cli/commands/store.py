"""``dpg-l10n store``: look after the database."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.services import maintenance
from dpg_l10n_cli import options, output

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(
    epilog="""\b
Examples:
  dpg-l10n store check
  dpg-l10n store backup l10n.backup
  dpg-l10n store restore l10n.backup --force
  dpg-l10n store upgrade"""
)
def command() -> None:
    """Look after the store: check it, back it up, restore and upgrade it."""


@command.command("check")
@click.option("--repair-counters", is_flag=True, help="Count coverage anew where it is wrong.")
@options.store_option
@options.json_option
def check_command(repair_counters: bool, store: str | None, as_json: bool) -> int:
    """Compare counters with a full recount and look for rows that belong to nothing.

    Exit code 1 when something does not hold.
    """
    with bootstrap.open_maintenance(options.configured(store)) as opened:
        report = maintenance.check(opened, repair_counters=repair_counters)
    if as_json:
        output.print_json(report)
        return 0 if report.ok else 1
    for defect in report.defects:
        mark = "repaired" if defect.repaired else defect.code
        click.echo(f"{mark}: {defect.where}: {defect.message}")
    output.note(
        f"{report.projects:,} projects, {report.units:,} units, {report.translations:,} "
        f"translations: {'all is well' if report.ok else 'not all is well'}."
    )
    if not report.ok and any(defect.code in ("counter", "total") for defect in report.defects):
        output.note("Counters are counted anew by: dpg-l10n store check --repair-counters")
    return 0 if report.ok else 1


@command.command("backup")
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
@options.store_option
@options.json_option
def backup_command(file: Path, force: bool, store: str | None, as_json: bool) -> int:
    """Write the whole store to FILE, also while others work with it."""
    with bootstrap.open_maintenance(options.configured(store)) as opened:
        report = maintenance.backup(opened, file, force=force)
    if as_json:
        output.print_json(report)
    else:
        click.echo(f"{report.path}: {report.bytes:,} bytes")
    return 0


@command.command("restore")
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Replace all that is in the store.")
@options.store_option
@options.json_option
def restore_command(file: Path, force: bool, store: str | None, as_json: bool) -> int:
    """Put a backup in the place of the store."""
    with bootstrap.open_maintenance(options.configured(store)) as opened:
        report = maintenance.restore(opened, file, force=force)
    if as_json:
        output.print_json(report)
    else:
        click.echo(f"{report.store} is as it was in {report.path}.")
        if not report.current:
            output.note("It is of an older version. Next: dpg-l10n store upgrade")
    return 0


@command.command("upgrade")
@options.store_option
@options.json_option
def upgrade_command(store: str | None, as_json: bool) -> int:
    """Bring the tables up to date after the program was updated. Make a backup first."""
    with bootstrap.open_maintenance(options.configured(store)) as opened:
        report = maintenance.upgrade(opened)
    if as_json:
        output.print_json(report)
    elif report.before == report.after:
        click.echo(f"{report.store} is up to date: schema {report.after}.")
    else:
        click.echo(f"{report.store} has schema {report.after} now; before: {report.before}.")
    return 0
