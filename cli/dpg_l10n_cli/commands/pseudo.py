"""``dpg-l10n pseudo``: a file in a pseudo-language, to try an interface with."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services.conversion.forms import form_named, form_of
from dpg_l10n.services.files import is_there, read_limited, write_whole
from dpg_l10n.services.pseudo import PseudoReport, pseudo
from dpg_l10n_cli import options, output


@click.command(
    epilog="""\b
Examples:
  dpg-l10n pseudo web/locales/en.json web/locales/en-XA.json
  dpg-l10n pseudo res/values/strings.xml res/values-ar-rXB/strings.xml --rtl
  dpg-l10n pseudo messages.pot en_XA.po --expansion 60"""
)
@click.argument("given", metavar="IN")
@click.argument("wanted", metavar="OUT")
@click.option("--format", "form", metavar="FORMAT", help="Format of IN. [default: by content]")
@click.option(
    "--rtl", is_flag=True, help="Words in right-to-left order (ar-XB), not accents (en-XA)."
)
@click.option("--expansion", type=click.IntRange(0, 300), default=30, show_default=True,
              metavar="PERCENT", help="How much longer the texts are.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace OUT where it exists.")
@options.json_option
def command(
    given: str, wanted: str, form: str | None, rtl: bool, expansion: int, force: bool, as_json: bool
) -> int:
    """Write a pseudo-translation of the catalogue IN to OUT, in IN's own format and layout.

    What stays plain on the screen was never marked for translation, what is cut off has no room.
    Placeholders, markup and plural syntax stay whole.
    """
    target = Path(wanted)
    if not force and is_there(target):
        raise UsageError(
            N_("{path} exists. Replace it with --force."), code="usage.exists", path=wanted
        )
    data = read_limited(Path(given), options.configured(None).max_file_bytes, given)
    spec = form_named(form) if form else form_of(given, data)
    written, report = pseudo(
        spec, data, wanted, bootstrap.pseudo_engine(expansion / 100), right_to_left=rtl
    )
    write_whole(target, written)
    if as_json:
        output.print_json(report)
    else:
        show(report, wanted)
    return 0


def show(report: PseudoReport, path: str) -> None:
    """Print what was written for a person."""
    click.echo(f"{path}: {output.counted(report.units, 'text')} in {report.language}.")
    if report.kept:
        count = output.counted(len(report.kept), "text")
        output.note(f"{count} stayed as they are, such as {report.kept[0]}.")
