"""``dpg-l10n release``: what was released, and which harmful texts went out with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.message import texts
from dpg_l10n.domain.release import Release, ReleasedFile, WithdrawnText
from dpg_l10n.services.releases import ReleaseView, releases, show_release
from dpg_l10n_cli import options, output
from dpg_l10n_cli.served_units import text_of
from dpg_l10n_cli.server import as_type, chosen


@click.group(
    epilog="""\b
Examples:
  dpg-l10n export --out . --release v1.4.0
  dpg-l10n release list -p app
  dpg-l10n release show -p app v1.4.0"""
)
def command() -> None:
    """See named exports. “dpg-l10n export --release NAME” makes one."""


@command.command("list")
@options.project_option
@options.store_option
@options.server_option
@options.json_option
def list_command(project: str | None, store: str | None, server: str | None, as_json: bool) -> int:
    """List the releases of a project, the newest first."""
    service = chosen(server, store, Path.cwd())
    slug = options.slug_of(project)
    if service is not None:
        found = as_type(tuple[Release, ...], service.get(f"/projects/{slug}/releases")["items"])
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            found = releases(opened, slug)
    if as_json:
        output.print_json([plain_release(each) for each in found])
        return 0
    heads = ("Release", "Made", "By", "Format", "Only", "Languages")
    rows = [
        (each.name, _when(each.at), each.actor, each.format, each.only, " ".join(each.languages))
        for each in found
    ]
    if rows:
        click.echo(output.table(heads, rows, left=6))
    output.note(f"{output.counted(len(found), 'release')}.")
    return 0


@command.command("show")
@options.project_option
@options.store_option
@options.server_option
@options.json_option
@click.argument("name")
def show_command(
    project: str | None, store: str | None, server: str | None, as_json: bool, name: str
) -> int:
    """Show what the release NAME held, and which texts of it were withdrawn since."""
    service = chosen(server, store, Path.cwd())
    slug = options.slug_of(project)
    if service is not None:
        view = _view(service.get(f"/projects/{slug}/releases/{name}"))
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            view = show_release(opened, slug, name)
    if as_json:
        output.print_json({**plain_release(view.release), "files": view.files,
                           "withdrawn": [_withdrawn(each) for each in view.withdrawn]})  # fmt: skip
    else:
        _show(view)
    return 0


def _view(said: dict[str, Any]) -> ReleaseView:
    """Return a release of a service."""
    files = as_type(tuple[ReleasedFile, ...], said.pop("files"))
    withdrawn = [
        WithdrawnText(
            each["catalogue"], each["key"], each["language"], text_of(each) or "", each["at"],
            each["actor"], each["why"],
        )
        for each in said.pop("withdrawn")
    ]  # fmt: skip
    return ReleaseView(as_type(Release, said), files, tuple(withdrawn))


def plain_release(release: Release) -> dict[str, Any]:
    """Return a release as ``--json`` prints it."""
    return {
        "name": release.name, "at": release.at, "actor": release.actor, "format": release.format,
        "only": release.only, "languages": release.languages,
    }  # fmt: skip


def affected(found: Sequence[Release]) -> str:
    """Return which releases a harmful text went out with, in one sentence."""
    if not found:
        return "No release held this text."
    names = ", ".join(each.name for each in found)
    held = output.counted(len(found), "release")
    return f"{held} held this text: {names}. Call them back, or release again without it."


def _withdrawn(text: WithdrawnText) -> dict[str, Any]:
    names = ("catalogue", "key", "language", "text", "at", "actor", "why")
    return {name: getattr(text, name) for name in names}


def _show(view: ReleaseView) -> None:
    release = view.release
    head = f"{release.name}  {_when(release.at)}  {release.actor}"
    click.echo(output.style(head, bold=True))
    heads = ("File", "Language", "Units", "Bytes", "SHA-256")
    rows = [(f.path, f.language, f.units, f.bytes, f.sha256[:16]) for f in view.files]
    click.echo(output.table(heads, rows, left=2))
    for each in view.withdrawn:
        said = " / ".join(texts(each.text)).replace("\n", "⏎")
        click.echo(
            f"withdrawn  {each.catalogue}/{each.key} {each.language}: {said}  "
            f"({_when(each.at)}, {each.actor}: {each.why})"
        )
    output.note(f"{output.counted(len(view.withdrawn), 'text')} of it withdrawn since.")


def _when(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
