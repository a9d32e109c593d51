"""``dpg-l10n publiccode``: say in publiccode.yml which languages people can really use."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.errors import InputError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.publiccode import FILENAME, languages_of, with_languages
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.files import write_whole
from dpg_l10n_cli import options, output
from dpg_l10n_cli.commands.coverage import below, from_server, of_tree
from dpg_l10n_cli.server import chosen

_USABLE = 80
"""Percent from which on a language is listed where nobody sets a bar."""


@click.group(
    epilog="""\b
Examples:
  dpg-l10n publiccode sync --dry-run"""
)
def command() -> None:
    """Keep the languages of a publiccode.yml true."""


@command.command(
    epilog="""\b
Examples:
  dpg-l10n publiccode sync --dry-run
  dpg-l10n publiccode sync --fail-under 95"""
)
@options.directory_argument
@click.option("--project", "-p", metavar="SLUG", help="Read the store instead of a directory.")
@options.store_option
@options.server_option
@click.option("--fail-under", type=click.IntRange(1, 100), metavar="PERCENT",
              help="Coverage from which on a language is listed. [default: that of dpg-l10n.toml, "
              "else 80]")  # fmt: skip
@click.option("--allow-remove", is_flag=True, help="Take out languages that have less.")
@click.option("--dry-run", is_flag=True, help="Report and write nothing.")
@options.json_option
def sync(
    directory: Path,
    project: str | None,
    store: str | None,
    server: str | None,
    fail_under: int | None,
    allow_remove: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """List in DIRECTORY/publiccode.yml the languages that are translated enough.

    The source language and each language at its bar or above are listed; the rest of the file stays
    byte for byte. A language that is listed and has less stays, and is named, unless
    --allow-remove is given: then exit code 1 becomes 0.
    """
    path = directory / FILENAME
    if not path.is_file():
        raise UsageError(
            N_(
                "{directory} has no publiccode.yml. It describes a public software to catalogues: "
                "see https://yml.publiccode.tools."
            ),
            directory=directory,
        )
    data = path.read_bytes()
    listed = languages_of(data)
    spec = options.require_catalogues(options.load_spec(directory), directory)
    service = chosen(server, store, directory) if project else None
    if project and service is not None:
        report = from_server(service, project)
    elif project:
        with bootstrap.open_store(options.configured(store)) as opened:
            report = coverage(opened, project)
    else:
        report, refused = of_tree(directory, spec, ())
        if refused:
            raise InputError(
                N_("Files could not be read, so nobody knows what is translated. Nothing was "
                   "written; “dpg-l10n check” says what is wrong with them.")
            )  # fmt: skip
    bars = {"default": _USABLE} | dict(spec.fail_under)
    low = {
        row.language for row, _ in below(report, {"default": fail_under} if fail_under else bars)
    }
    ready = [spec.source_language]
    ready += [row.language for row in report.languages if row.language not in low]
    lacking = [tag for tag in listed if tag not in ready]
    wanted = [tag for tag in listed if tag in ready or not allow_remove]
    wanted += [tag for tag in ready if tag not in listed]
    written = with_languages(data, wanted)
    if written != data and not dry_run:
        write_whole(path, written)
    added = [tag for tag in wanted if tag not in listed]
    if as_json:
        output.print_json(
            {
                "path": str(path), "languages": wanted, "added": added,
                "removed": lacking if allow_remove else [],
                "lacking": [] if allow_remove else lacking, "changed": written != data,
            }
        )  # fmt: skip
    else:
        click.echo(f"Languages: {', '.join(wanted)}")
        click.echo(f"Added: {', '.join(added) or 'none'}")
        click.echo(f"Removed: {', '.join(lacking) if allow_remove and lacking else 'none'}")
    if lacking and not allow_remove:
        output.note(
            f"Listed, but translated less than asked for: {', '.join(lacking)}. "
            "Take them out with --allow-remove."
        )
    if dry_run:
        output.note("Nothing was written. (dry run)")
    return 1 if lacking and not allow_remove else 0
