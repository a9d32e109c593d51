"""``dpg-l10n webhook``: who is told what of a project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.webhooks import EVENTS, Webhook
from dpg_l10n.services import webhooks
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import as_type, chosen


@click.group(
    epilog="""\b
Examples:
  dpg-l10n webhook add -p app https://ci.example.org/l10n --event release.made
  dpg-l10n webhook list -p app"""
)
def command() -> None:
    """Have events of a project sent to an address, signed. Without one nothing is sent."""


@command.command("list")
@options.project_option
@options.store_option
@options.server_option
@options.json_option
def list_command(project: str | None, store: str | None, server: str | None, as_json: bool) -> int:
    """Show the webhooks of a project, without their secrets."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        said = service.get(_place(options.slug_of(project)))["items"]
        found = tuple(map(_webhook, said))
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            found = webhooks.webhooks(opened, options.slug_of(project))
    if as_json:
        output.print_json([_report(each) for each in found])
        return 0
    rows = [(each.id, each.url, " ".join(each.events), each.actor, each.gone) for each in found]
    if rows:
        click.echo(output.table(("ID", "Address", "Events", "By", "Gone"), rows, left=4))
    output.note(f"{output.counted(len(found), 'webhook')}.")
    return 0


@command.command("add")
@click.argument("url")
@click.option("--event", "events", multiple=True, required=True, type=click.Choice(EVENTS),
              help="What to tell; may be given several times.")  # fmt: skip
@options.project_option
@options.store_option
@options.server_option
@options.json_option
def add_command(
    url: str, events: tuple[str, ...], project: str | None, store: str | None, server: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Send events of a project to URL, and print the secret that they are signed with, once."""
    service = chosen(server, store, Path.cwd())
    slug = options.slug_of(project)
    if service is not None:
        made = _webhook(service.post(_place(slug), {"url": url, "events": events}))
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            made = webhooks.add_webhook(
                opened, slug, url, events, config.actor, bootstrap.clock(),
                inside=config.webhooks_inside,
            )  # fmt: skip
    if as_json:
        output.print_json({**_report(made), "secret": made.secret})
        return 0
    click.echo(made.secret)
    output.note(f"Webhook {made.id}. The secret is shown this once: give it to the receiver.")
    return 0


@command.command("remove")
@click.argument("webhook_id", metavar="ID", type=click.IntRange(1))
@options.project_option
@options.store_option
@options.server_option
@options.json_option
def remove_command(
    webhook_id: int, project: str | None, store: str | None, server: str | None, as_json: bool
) -> int:
    """Take the webhook ID away."""
    service = chosen(server, store, Path.cwd())
    slug = options.slug_of(project)
    if service is not None:
        service.delete(f"{_place(slug)}/{webhook_id}")
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            webhooks.remove_webhook(opened, slug, webhook_id, config.actor, bootstrap.clock())
    if as_json:
        output.print_json({"removed": webhook_id})
    else:
        click.echo(f"Webhook {webhook_id} is told nothing any more.")
    return 0


def _place(slug: str) -> str:
    return f"/projects/{slug}/webhooks"


def _webhook(said: dict[str, Any]) -> Webhook:
    """Return a webhook of a service, which tells its secret once."""
    made: Webhook = as_type(Webhook, {"secret": "", **said})
    return made


def _report(hook: Webhook) -> dict[str, object]:
    return {
        "id": hook.id, "url": hook.url, "events": hook.events, "actor": hook.actor,
        "created": hook.created, "gone": hook.gone,
    }  # fmt: skip
