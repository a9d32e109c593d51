"""``dpg-l10n user``: accounts and roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Grant, Principal, Role, local
from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.accounts import Account
from dpg_l10n.services import accounts
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import as_type, chosen


@click.group(
    epilog="""\b
Examples:
  dpg-l10n user add amina --role owner
  dpg-l10n user grant juma --role translator -p health-tracker -l sw"""
)
def command() -> None:
    """Keep accounts: pseudonyms that sign in to the service, and what they may do.

    No name, address or place of a person is kept. Passwords are chosen by their people, with the
    one-time secret that “user add” prints.
    """


def me(config: Any) -> Principal:
    """Return who uses this console: whoever has the store has everything in it."""
    return local(config.actor)


def _place(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add where a role holds."""
    for decorator in reversed(
        (
            click.option("--role", type=click.Choice([role.value for role in Role]),
                         default=Role.TRANSLATOR.value, show_default=True, help="What they may do."),
            click.option("--project", "-p", metavar="SLUG", help="Only here. [default: everywhere]"),
            click.option("--language", "-l", type=options.Language(), metavar="CODE",
                         help="Only in this language. [default: in all]"),
        )
    ):  # fmt: skip
        function = decorator(function)
    return function


@command.command("list")
@options.store_option
@options.server_option
@options.json_option
def list_command(store: str | None, server: str | None, as_json: bool) -> int:
    """Show every account with its roles."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        found = tuple(map(_account, service.get("/accounts")["items"]))
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            found = accounts.accounts(opened, me(config))
    if as_json:
        output.print_json([_report(account) for account in found])
        return 0
    if not found:
        click.echo("There is no account yet. Make one with: dpg-l10n user add NAME --role owner")
        return 0
    rows = [(each.name, _roles(each), "shut out" if each.disabled else "") for each in found]
    click.echo(output.table(("Name", "Roles", ""), rows, left=3))
    return 0


@command.command("add")
@click.argument("name")
@_place
@options.store_option
@options.server_option
@options.json_option
def add_command(
    name: str, role: str, project: str | None, language: str | None, store: str | None,
    server: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Make an account called NAME and print the secret with which its password is chosen."""
    service = chosen(server, store, Path.cwd())
    grant = Grant(Role(role), project, language)
    if service is not None:
        said = service.post("/accounts", {"name": name, "roles": [plain(grant)]})
        account, secret, expires = _account(said["account"]), said["secret"], said["expires"]
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            clock = bootstrap.clock()
            account, made = accounts.invite(opened, me(config), name, [grant], clock)
        secret, expires = made.text, made.secret.expires
    if as_json:
        output.print_json({**_report(account), "secret": secret})
        return 0
    until = datetime.fromtimestamp(expires, UTC)
    click.echo(secret)
    output.note(
        f"{name} is {_roles(account)}. Give them this secret: with it they choose their password at "
        f"/setup of the service. It is good once, until {until:%Y-%m-%d %H:%M} UTC."
    )
    return 0


@command.command("grant")
@click.argument("name")
@_place
@click.option("--take", is_flag=True, help="Take away what NAME is there instead.")
@options.store_option
@options.server_option
@options.json_option
def grant_command(
    name: str, role: str, project: str | None, language: str | None, take: bool,
    store: str | None, server: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Give NAME a role; it takes the place of another one in the same project and language."""
    service = chosen(server, store, Path.cwd())
    grant = Grant(Role(role), project, language)
    if service is not None:
        change = service.delete if take else service.put
        account = _account(change(f"/accounts/{name}/roles", plain(grant)))
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            clock = bootstrap.clock()
            account = accounts.set_role(opened, me(config), name, grant, clock, give=not take)
    if as_json:
        output.print_json(_report(account))
    else:
        click.echo(f"{name} is {_roles(account)}.")
    return 0


@command.command("disable")
@click.argument("name")
@click.option("--enable", is_flag=True, help="Let NAME in again.")
@options.store_option
@options.server_option
@options.json_option
def disable_command(
    name: str, enable: bool, store: str | None, server: str | None, as_json: bool
) -> int:
    """Shut NAME out at once, with every session and token."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        service.put(f"/accounts/{name}/state", {"disabled": not enable})
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            clock = bootstrap.clock()
            accounts.set_disabled(opened, me(config), name, clock, disabled=not enable)
    if as_json:
        output.print_json({"name": name, "disabled": not enable})
    else:
        click.echo(f"{name} may sign in again." if enable else f"{name} is shut out.")
    return 0


@command.command("export")
@click.argument("name")
@options.store_option
@options.json_option
def export_command(name: str, store: str | None, as_json: bool) -> int:
    """Print everything that the store keeps of NAME, as JSON."""
    config = options.configured(store)
    with bootstrap.open_store(config) as opened:
        output.print_json(accounts.export_account(opened, me(config), name))
    return 0


@command.command("delete")
@click.argument("name")
@options.store_option
@options.json_option
def delete_command(name: str, store: str | None, as_json: bool) -> int:
    """Delete the account of NAME; its work stays under another pseudonym, which is printed."""
    config = options.configured(store)
    with bootstrap.open_store(config) as opened:
        former = accounts.delete_account(opened, me(config), name, bootstrap.clock())
    if as_json:
        output.print_json({"former": former})
    else:
        click.echo(former)
    return 0


def _account(said: dict[str, Any]) -> Account:
    """Return an account of a service, which tells nothing of its password."""
    grants = as_type(tuple[Grant, ...], said["roles"])
    return Account(0, said["name"], None, said["created"], said["disabled"], grants)


def _report(account: Account) -> dict[str, Any]:
    """Return an account as ``--json`` prints it: nothing of its password."""
    return {
        "name": account.name,
        "created": account.created,
        "disabled": account.disabled,
        "roles": account.grants,
    }


def _roles(account: Account) -> str:
    said = [
        each.role.value
        + (f" in {each.project}" if each.project else "")
        + (f" for {each.language}" if each.language else "")
        for each in account.grants
    ]
    return ", ".join(said) or "without a role"
