"""``dpg-l10n audit``: the log of sign-ins, roles and tokens."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from dpg_l10n import bootstrap
from dpg_l10n.services import accounts
from dpg_l10n_cli import options, output


@click.group(
    epilog="""\b
Examples:
  dpg-l10n audit verify"""
)
def command() -> None:
    """Read the audit log: each step carries a hash over itself and the one before."""


@command.command("show")
@options.store_option
@options.json_option
def show_command(store: str | None, as_json: bool) -> int:
    """Print the log, oldest first."""
    with bootstrap.open_store(options.configured(store)) as opened:
        steps = accounts.audited(opened)
    if as_json:
        output.print_json([
            {"id": s.id, "at": s.at, "actor": s.actor, "event": s.event, "subject": s.subject,
             "detail": s.detail, "hash": s.hash.hex()}
            for s in steps
        ])  # fmt: skip
        return 0
    rows = [
        (s.id, f"{datetime.fromtimestamp(s.at, UTC):%Y-%m-%d %H:%M}", s.actor, s.event, s.subject,
         s.detail)
        for s in steps
    ]  # fmt: skip
    if rows:
        click.echo(output.table(("", "When (UTC)", "Who", "What", "Of", ""), rows, left=6))
    else:
        click.echo("Nothing is in the log yet.")
    return 0


@command.command("verify")
@options.store_option
@options.json_option
def verify_command(store: str | None, as_json: bool) -> int:
    """Follow the chain of hashes; leave with 1 when a step was changed, moved or taken out."""
    with bootstrap.open_store(options.configured(store)) as opened:
        broken = accounts.verify_audit(opened)
    if as_json:
        output.print_json({"whole": broken is None, "first_broken": broken})
    elif broken is None:
        click.echo("The log is whole.")
    else:
        click.echo(f"Step {broken} is not what was written: it was changed, moved or taken out.")
    return 0 if broken is None else 1
