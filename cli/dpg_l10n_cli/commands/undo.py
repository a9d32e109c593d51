"""``dpg-l10n undo``: take a push back."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.services.reports import UndoReport
from dpg_l10n.services.undo import undo
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import as_type, chosen

_SHOWN = 10


@click.command(
    epilog="""\b
Examples:
  dpg-l10n undo -p health-tracker 12 --dry-run  what would go back
  dpg-l10n undo -p health-tracker 12            push 12 never happened, and history says so"""
)
@options.project_option
@click.argument("push_id", metavar="ID", type=click.IntRange(1))
@click.option("--dry-run", is_flag=True, help="Report what would go back and store nothing.")
@options.store_option
@options.server_option
@options.json_option
def command(
    project: str | None, push_id: int, dry_run: bool, store: str | None, server: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Take back the push of this ID; “push” prints it.

    Texts, states and sources that the push wrote are again what they were, as new revisions. What
    somebody changed after the push stays, and is listed.
    """
    config = options.configured(store)
    slug = options.slug_of(project)
    service = chosen(server, store, Path.cwd())
    if service is not None:
        job = service.ask(f"/projects/{slug}/undos", {"id": push_id, "dry_run": dry_run})
        report: UndoReport = as_type(UndoReport, job["report"])
    else:
        with bootstrap.open_store(config) as opened:
            clock = bootstrap.clock()
            report = undo(opened, slug, push_id, clock, actor=config.actor, dry_run=dry_run)
    if as_json:
        output.print_json(report)
    else:
        show(report)
    return 0


def show(report: UndoReport) -> None:
    """Print what went back for a person."""
    heads = ("Catalogue", "Taken out", "Brought back", "Sources", "Texts", "Languages")
    rows = [
        (c.catalogue, c.taken_out, c.brought_back, c.sources, sum(c.languages.values()),
         len(c.languages))
        for c in report.catalogues
    ]  # fmt: skip
    if rows:
        click.echo(output.table(heads, rows))
    elif not report.kept:
        output.note(f"Nothing of push {report.push} is left to undo.")
        return
    if report.kept:
        output.note(f"\nChanged after push {report.push}, so they stay:")
        for kept in report.kept[:_SHOWN]:
            key = kept.key.replace("\x04", " | ")
            output.note(f"  {kept.catalogue}  {kept.language}  {key}")
        if len(report.kept) > _SHOWN:
            output.note(f"  and {len(report.kept) - _SHOWN:,} more: --json")
    sources = sum(len(catalogue.kept_sources) for catalogue in report.catalogues)
    if sources:
        output.note(f"A later push changed {sources:,} of the sources too; those stay.")
    if report.id:
        output.note(f"Push {report.push} of {report.project} is undone (step {report.id}).")
    else:
        output.note("Nothing was stored. (dry run)")
