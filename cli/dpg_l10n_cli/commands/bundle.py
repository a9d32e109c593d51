"""``dpg-l10n bundle``: a project as one file, for a machine without a line to this one."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.config import bundle_key
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services.bundles import (
    BundleRead,
    BundleReport,
    read_bundle,
    verify_bundle,
    write_bundle,
)
from dpg_l10n.services.files import whole_file
from dpg_l10n_cli import options, output

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(
    epilog="""\b
Examples:
  dpg-l10n bundle write clinic.bundle -p clinic
  dpg-l10n bundle verify clinic.bundle
  dpg-l10n bundle read clinic.bundle"""
)
def command() -> None:
    """Carry a project with all its history to another store, and the work on it back.

    With DPG_L10N_BUNDLE_KEY, the same on both machines, bundles are signed, and no others are read.
    """


@command.command("write")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
@options.project_option
@options.store_option
@options.json_option
def write_command(
    file: Path, force: bool, project: str | None, store: str | None, as_json: bool
) -> int:
    """Write all that a project holds to FILE: its files, texts, history, decisions, releases."""
    if file.exists() and not force:
        raise UsageError(N_("{path} exists. Replace it with: --force"), path=file)
    slug = options.slug_of(project)
    with bootstrap.open_store(options.configured(store)) as opened, whole_file(file) as out:
        report = write_bundle(opened, slug, out, bootstrap.clock(), bundle_key())
    _show(report, file, as_json=as_json)
    return 0


@command.command("verify")
@click.argument("file", type=_FILE)
@options.json_option
def verify_command(file: Path, as_json: bool) -> int:
    """Look whether FILE is what was written, and signed with the key of this machine.

    Exit code 3 when it is not.
    """
    with file.open("rb") as opened:
        report = verify_bundle(opened, bundle_key())
    _show(report, file, as_json=as_json)
    return 0


@command.command("read")
@click.argument("file", type=_FILE)
@click.option("--project", "-p", metavar="SLUG",
              help="Name in the store. [default: that of the bundle]")  # fmt: skip
@options.store_option
@options.json_option
def read_command(file: Path, project: str | None, store: str | None, as_json: bool) -> int:
    """Take the bundle FILE into the store. Nothing that is newer here is overwritten.

    Where both sides changed a text ours stays, and the other one is kept as a suggestion.
    """
    config = options.configured(store)
    with tempfile.TemporaryDirectory(prefix="dpg-l10n-") as folder:
        aside = replace(config, store=f"sqlite:///{folder}{os.sep}bundle.db")
        with (
            bootstrap.open_store(config) as opened,
            bootstrap.open_store(aside) as scratch,
            file.open("rb") as read,
        ):
            report = read_bundle(
                opened, scratch, read, config.actor, bootstrap.clock(), slug=project,
                key=bundle_key(),
            )  # fmt: skip
    if as_json:
        output.print_json(report)
    else:
        _tell(report)
    return 0


def _show(report: BundleReport, file: Path, *, as_json: bool) -> None:
    if as_json:
        output.print_json(report)
        return
    rows = report.rows
    counts = ", ".join(
        output.counted(rows.get(table, 0), name)
        for table, name in (("unit", "unit"), ("translation", "translation"),
                            ("revision", "older text"), ("release", "release"))
    )  # fmt: skip
    click.echo(f"{file}: {report.name} ({report.project}), {counts}")
    click.echo(f"sha256:{report.digest}")
    made = datetime.fromtimestamp(report.made, UTC)
    how = (
        "signed with the key of this machine" if report.trusted
        else "signed, and there is no key here to look with" if report.signed
        else "not signed: compare the number above with that of who wrote it"
    )  # fmt: skip
    output.note(f"Written {made:%Y-%m-%d %H:%M} UTC by version {report.program}; {how}.")


def _tell(report: BundleRead) -> None:
    if report.new:
        click.echo(
            f"{report.project} is new here: {output.counted(report.units, 'unit')}, "
            f"{output.counted(report.written, 'translation')}, with their history."
        )
        return
    if report.known:
        click.echo(f"{report.project}: this bundle was read before. Nothing changed.")
        return
    counts = {
        "new units": report.units, "texts brought up to date": report.written,
        "the same": report.same, "newer here": report.newer,
        "kept as suggestions": report.suggested, "comments, suggestions and marks": report.said,
        "new concepts": report.concepts,
    }  # fmt: skip
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)
    click.echo(f"{report.project}: {told or 'nothing new'}.")
    if report.suggested:
        output.note(
            f"To see and decide them: dpg-l10n review list -p {report.project} -l CODE has:suggestion"
        )
