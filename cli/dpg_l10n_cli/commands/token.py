"""``dpg-l10n token``: how machines sign in."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Permission, Scope
from dpg_l10n.ports.accounts import Secret
from dpg_l10n.services import accounts
from dpg_l10n_cli import options, output
from dpg_l10n_cli.commands.user import me


@click.group(
    epilog="""\b
Examples:
  dpg-l10n token add amina CI -p health-tracker --permission read --permission maintain
  dpg-l10n token revoke amina 3"""
)
def command() -> None:
    """Keep the tokens of machines: each may do what its account may, within limits."""


@command.command("list")
@click.argument("name")
@options.store_option
@options.json_option
def list_command(name: str, store: str | None, as_json: bool) -> int:
    """Show the tokens of NAME, without their secrets."""
    config = options.configured(store)
    with bootstrap.open_store(config) as opened:
        found = accounts.tokens(opened, me(config), name)
    if as_json:
        output.print_json([_report(secret) for secret in found])
        return 0
    rows = [(each.id, each.name, _limits(each.scope), _day(each.expires)) for each in found]
    if rows:
        click.echo(output.table(("ID", "For", "May", "Until"), rows, left=4))
    else:
        click.echo(f"{name} has no token.")
    return 0


@command.command("add")
@click.argument("name")
@click.argument("purpose", metavar="FOR")
@click.option(
    "--permission", "permissions", multiple=True, help="Only this; may be given several times.",
    type=click.Choice([each.value for each in Permission]),
)  # fmt: skip
@click.option("--project", "-p", metavar="SLUG", help="Only here. [default: everywhere]")
@click.option("--language", "-l", type=options.Language(), metavar="CODE",
              help="Only in this language. [default: in all]")  # fmt: skip
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, metavar="N",
              help="How long it is good for.")  # fmt: skip
@options.store_option
@options.json_option
def add_command(
    name: str, purpose: str, permissions: tuple[str, ...], project: str | None,
    language: str | None, days: int, store: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Make a token of the account NAME and print its secret, once. FOR says what it is for."""
    config = options.configured(store)
    held = frozenset(map(Permission, permissions)) or None
    scope = Scope(project, language, held)
    with bootstrap.open_store(config) as opened:
        clock = bootstrap.clock()
        made = accounts.add_token(opened, me(config), purpose, scope, days, clock, owner=name)
    if as_json:
        output.print_json({**_report(made.secret), "secret": made.text})
        return 0
    click.echo(made.text)
    output.note(
        f"May {_limits(made.secret.scope)}, until {_day(made.secret.expires)}. It is shown this "
        "once: keep it where machines keep secrets, as DPG_L10N_TOKEN."
    )
    return 0


@command.command("revoke")
@click.argument("name")
@click.argument("token_id", metavar="ID", type=click.IntRange(1))
@options.store_option
@options.json_option
def revoke_command(name: str, token_id: int, store: str | None, as_json: bool) -> int:
    """End the token ID of NAME at once."""
    config = options.configured(store)
    with bootstrap.open_store(config) as opened:
        accounts.revoke_token(opened, me(config), token_id, bootstrap.clock(), owner=name)
    if as_json:
        output.print_json({"revoked": token_id})
    else:
        click.echo(f"Token {token_id} is good for nothing any more.")
    return 0


def _report(secret: Secret) -> dict[str, object]:
    return {
        "id": secret.id,
        "for": secret.name,
        "project": secret.scope.project,
        "language": secret.scope.language,
        "permissions": sorted(secret.scope.permissions or ()),
        "created": secret.created,
        "expires": secret.expires,
    }


def _limits(scope: Scope) -> str:
    where = (f" in {scope.project}" if scope.project else "") + (
        f" for {scope.language}" if scope.language else ""
    )
    return ", ".join(sorted(scope.permissions or ())) + where


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
