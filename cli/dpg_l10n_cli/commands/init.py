"""``dpg-l10n init``: write ``dpg-l10n.toml`` for a repository."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from dpg_l10n.domain.project import CatalogueSpec, Problem, ProjectSpec
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services.discovery import discover
from dpg_l10n.services.foreign_config import TOOLS, import_config
from dpg_l10n.services.projectfile import FILENAME, write
from dpg_l10n_cli import options, output


@click.command(
    epilog="""\b
Examples:
  dpg-l10n init                 look at this repository and write dpg-l10n.toml
  dpg-l10n init --dry-run       print the file and write nothing
  dpg-l10n init --from crowdin  start from crowdin.yml"""
)
@options.directory_argument
@click.option(
    "--from", "origin", type=click.Choice(["auto", *(tool for tool in TOOLS if tool != "auto"), "none"]), default="auto",
    help="Configuration of another tool to start from; none looks at files only. [default: auto]",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace an existing dpg-l10n.toml.")
@click.option("--dry-run", is_flag=True, help="Print the file instead of writing it.")
@options.json_option
def command(directory: Path, origin: str, force: bool, dry_run: bool, as_json: bool) -> int:
    """Write dpg-l10n.toml for DIRECTORY and say what was found and what could not be mapped."""
    file = directory / FILENAME
    if file.exists() and not force and not dry_run:
        raise UsageError(
            N_("{path} exists. Replace it with --force, or look first with --dry-run."),
            code="usage.exists", path=file,
        )  # fmt: skip
    spec, unmapped = _find(directory, origin)
    options.require_catalogues(spec, directory)
    text = write(spec, directory)
    if as_json:
        output.print_json(spec)
    elif dry_run:
        click.echo(text, nl=False)
    else:
        file.write_text(text, encoding="utf-8")
        show(spec)
        output.note(f"Wrote {file}. Read it, then: dpg-l10n coverage, dpg-l10n push")
    output.problems(spec.problems)
    output.problems(unmapped, "not mapped")
    return 0


def _find(directory: Path, origin: str) -> tuple[ProjectSpec, Sequence[Problem]]:
    """Return the project, and the settings of another tool that ours has no place for."""
    if origin == "none":
        return discover(directory), ()
    found = import_config(directory, origin)
    if found.path is not None:
        output.note(f"Read {found.path} of {found.tool}.")
    return found.spec, found.unmapped


def show(spec: ProjectSpec) -> None:
    """Print what was found for a person."""
    heads = ("Catalogue", "Format", "Source", "Translations", "Languages")
    rows = [
        (c.name, c.format, c.source or "(none)", _place(c), len(c.targets)) for c in spec.catalogues
    ]
    click.echo(output.table(heads, rows, left=4))


def _place(catalogue: CatalogueSpec) -> str:
    """Return where a catalogue's translations are."""
    if catalogue.pattern is None and any(t.path == catalogue.source for t in catalogue.targets):
        return "(in the source)"
    return catalogue.pattern or "(listed)"
