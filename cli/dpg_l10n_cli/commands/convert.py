"""``dpg-l10n convert``: a file in another format, and what had no place in it."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n.domain.paths import PLACEHOLDER, literal_prefix
from dpg_l10n.domain.placeholders.restyle import STYLES
from dpg_l10n.errors import InputError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services.conversion import ConvertOptions, ConvertReport, InputFile, convert
from dpg_l10n.services.conversion.places import matching, named
from dpg_l10n.services.files import is_there, list_below, read_limited, write_whole
from dpg_l10n_cli import options, output


@click.command(
    epilog="""\b
Examples:
  dpg-l10n convert messages.pot en.json                    a source alone
  dpg-l10n convert sw.json sw.po --source en.json          a translation beside its source
  dpg-l10n convert app.xlsx 'locale/{language}.po'         a file for each language of a table
  dpg-l10n convert 'i18n/{language}.json' all.csv          one table of all languages
  dpg-l10n convert guide.sw.po guide.sw.md --template guide.md"""
)
@click.argument("given", metavar="IN")
@click.argument("wanted", metavar="OUT")
@click.option("--from", "from_format", metavar="FORMAT", help="Format of IN. [default: by content]")
@click.option(
    "--to",
    "to_format",
    metavar="FORMAT",
    help="Format of OUT. [default: the template's, else by its name]",
)
@click.option("--source", metavar="FILE", help="Source of IN, where IN holds a translation alone.")
@click.option("--language", "-l", type=options.Language(), metavar="CODE",
              help="Language of the translation. [default: what the file or its name says]")  # fmt: skip
@click.option("--source-language", type=options.Language(), metavar="CODE",
              help="Language of the source. [default: what the file or its name says, else en]")  # fmt: skip
@click.option("--template", metavar="FILE",
              help="File of OUT's format whose layout OUT takes; pages, forms and subtitles need one.")  # fmt: skip
@click.option("--placeholders", type=click.Choice(list(STYLES)),
              help="Write placeholders in this style. [default: as they are]")  # fmt: skip
@click.option("--keep-unfinished", is_flag=True,
              help="Write texts that need work where OUT cannot mark them, too.")  # fmt: skip
@click.option("--fail-on-loss", is_flag=True, help="Exit 1 when anything is lost.")
@click.option("--force", is_flag=True, help="Replace files that exist.")
@options.json_option
def command(
    given: str,
    wanted: str,
    from_format: str | None,
    to_format: str | None,
    source: str | None,
    language: str | None,
    source_language: str | None,
    template: str | None,
    placeholders: str | None,
    keep_unfinished: bool,
    fail_on_loss: bool,
    force: bool,
    as_json: bool,
) -> int:
    """Write what IN says in the format of OUT, and tell what has no place there.

    With {language} in IN its files of all languages are read, with {language} in OUT one is written
    for each. What is lost is found by reading OUT again; it is told on standard error. IN stays as
    it is.
    """
    most = options.configured(None).max_file_bytes
    asked = ConvertOptions(
        from_format, to_format, language, named(source) if source else None, source_language,
        template, keep_unfinished, placeholders,
    )  # fmt: skip

    def write(path: str, data: bytes) -> None:
        file = Path(path)
        if not force and is_there(file):
            raise UsageError(
                N_("{path} exists. Replace it with --force."), code="usage.exists", path=path
            )
        write_whole(file, data)

    report = convert(
        _inputs(given), wanted, lambda path: read_limited(Path(path), most, path), write, asked
    )
    if as_json:
        output.print_json(report)
    else:
        show(report)
    return 1 if fail_on_loss and report.losses else 0


def _inputs(given: str) -> list[InputFile]:
    """Return the file that was named, or those that fit a pattern."""
    if PLACEHOLDER not in given:
        return [named(given)]
    folder = Path(literal_prefix(given)).parent if "/" in literal_prefix(given) else Path()
    prefix = literal_prefix(given)
    if prefix.endswith("/"):
        folder = Path(prefix)
    found = matching(given, [path.as_posix() for path in list_below(folder)])
    if not found:
        raise InputError(
            N_("No file of a language fits {pattern}."), code="input.missing", pattern=given
        )
    return found


def show(report: ConvertReport) -> None:
    """Print a conversion for a person: files as the result, losses beside it."""
    heads = ("File", "Language", "Texts", "Bytes")
    rows = [(f.path, f.language or "", f.units, f.bytes) for f in report.files]
    click.echo(output.table(heads, rows, left=2))
    what = f"{report.from_format} to {report.to_format}"
    if not report.losses:
        output.note(f"{what}: nothing is lost.")
        return
    output.note(f"{what}, lost:")
    for loss in report.losses:
        output.note(f"  {loss.count:,} {loss.about}")
        for each in loss.examples[:2]:
            where = f" ({each.language})" if each.language else ""
            output.note("    " + ": ".join(filter(None, (each.key + where, each.detail))).strip())
