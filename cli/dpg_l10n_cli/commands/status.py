"""``dpg-l10n status``: what the store knows of a project."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.services.coverage import projects, status
from dpg_l10n.services.reports import StatusReport
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import Server, as_type, chosen


@click.command(
    epilog="""\b
Examples:
  dpg-l10n status                    every project in the store
  dpg-l10n status -p health-tracker  one of them"""
)
@click.option("--project", "-p", metavar="SLUG", help="One project. [default: list all]")
@options.store_option
@options.server_option
@options.json_option
def command(project: str | None, store: str | None, server: str | None, as_json: bool) -> int:
    """Show what the store knows: its projects, or one of them."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        found = _from_server(service, project)
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            found = [status(opened, project)] if project else [*projects(opened)]
    if as_json:
        output.print_json(found[0] if project else found)
        return 0
    if not found:
        click.echo("The store is empty. Take a repository in with: dpg-l10n push DIR")
        return 0
    heads = ("Project", "Source", "Last push", "Catalogues", "Units", "Words", "Errors", "Warnings")
    rows = [
        (
            one.project, one.source_language, _day(one.last_push), len(one.catalogues), one.units,
            one.words, one.findings["error"], one.findings["warning"],
        )
        for one in found
    ]  # fmt: skip
    click.echo(output.table(heads, rows, left=3))
    if project:
        parts = [
            (c.catalogue, c.format, c.source or "(none)", c.units, c.words, len(c.languages))
            for c in found[0].catalogues
        ]
        titles = ("Catalogue", "Format", "Source file", "Units", "Words", "Languages")
        click.echo("\n" + output.table(titles, parts, left=3))
    return 0


def _from_server(server: Server, project: str | None) -> list[StatusReport]:
    said = [server.get(f"/projects/{project}")] if project else server.get("/projects")["items"]
    found: list[StatusReport] = as_type(list[StatusReport], said)
    return found


def _day(at: int | None) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC") if at else "never"
