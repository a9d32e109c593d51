"""``dpg-l10n glossary import`` and ``export``: glossaries as files."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Store
from dpg_l10n.services import glossaries
from dpg_l10n.services.files import whole_file
from dpg_l10n.services.glossaries.reports import GlossaryImport
from dpg_l10n_cli import options, output, served_memory
from dpg_l10n_cli.glossary_tables import show_imports
from dpg_l10n_cli.server import chosen

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_KINDS = ["csv", "tbx", "tbx-v2"]

glossary_option = click.option("--glossary", "-g", metavar="NAME", help="Only this one.")
source_option = click.option(
    "--source-language", type=options.Language(), default="en", show_default=True, metavar="CODE",
    help="Language of the words by which concepts are found.",
)  # fmt: skip


@click.command("import")
@click.argument("file", type=_FILE, required=False)
@click.option("--starter", is_flag=True,
              help="Take in the starter glossaries that come with the toolkit.")  # fmt: skip
@click.option("--name", metavar="NAME", help="Name of the glossary. [default: that of the file]")
@click.option("--project", "-p", metavar="SLUG",
              help="The project that it belongs to. [default: all projects]")  # fmt: skip
@click.option("--licence", metavar="SPDX",
              help="Licence of concepts that name none, as CC0-1.0.")  # fmt: skip
@click.option("--accept", is_flag=True,
              help="Accept in your name what the file says is accepted, or all of a file that says "
              "nothing of it. [default: suggestions]")  # fmt: skip
@source_option
@options.store_option
@options.server_option
@options.json_option
def import_command(
    file: Path | None, starter: bool, name: str | None, project: str | None, licence: str | None,
    accept: bool, source_language: str, store: str | None, server: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Take a CSV or TBX FILE in as a glossary, as suggestions that nobody is held to.

    Broken rows are left out and named by their line. Exit code 1 when nothing could be taken.
    """
    if starter == (file is not None) or (starter and (name or project or licence or accept)):
        raise UsageError(
            N_("Name a file, or take in what comes with the toolkit: --starter alone"),
            code="usage.glossary",
        )
    config, service = options.configured(store), chosen(server, store, Path.cwd())
    if file is None:
        asked = [
            (path, glossaries.starter_options(path, config.actor)) for path in glossaries.starters()
        ]
    else:
        own = glossaries.ImportOptions(
            name or file.stem, project, licence, source_language, accept, config.actor
        )
        asked = [(file, own)]
    if service is not None:
        done = tuple(served_memory.import_glossary(service, *each) for each in asked)
    else:
        with bootstrap.open_store(config) as opened:
            done = tuple(_taken_in(opened, *each) for each in asked)
    if as_json:
        output.print_json(done[0] if file is not None else done)
    else:
        show_imports(done, accepted=accept)
    return 0 if any(each.concepts for each in done) else 1


def _taken_in(store: Store, file: Path, asked: glossaries.ImportOptions) -> GlossaryImport:
    with file.open("rb") as read:
        return glossaries.import_glossary(store, read, str(file), bootstrap.clock(), asked)


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@glossary_option
@click.option("--format", "kind", type=click.Choice(_KINDS),
              help="tbx is ISO 30042:2019, tbx-v2 that of 2008. [default: by the file's name]")  # fmt: skip
@click.option("--accepted", is_flag=True, help="Only what people accepted.")
@options.language_option
@source_option
@options.store_option
@options.server_option
@options.json_option
def export_command(
    file: Path, glossary: str | None, kind: str | None, accepted: bool, languages: tuple[str, ...],
    source_language: str, store: str | None, server: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Write concepts and their words to FILE, with status, risk and licence."""
    kind = kind or ("csv" if file.suffix.lower() != ".tbx" else "tbx")
    service = chosen(server, store, Path.cwd())
    if service is not None:
        report = served_memory.export_glossary(
            service, file, glossary, format=kind, language=languages,
            source_language=source_language, accepted=accepted,
        )  # fmt: skip
    else:
        with bootstrap.open_store(options.configured(store)) as opened, whole_file(file) as out:
            report = glossaries.export_glossary(
                opened, out.write, name=glossary, kind=kind, languages=languages,
                source_language=source_language, accepted=accepted,
            )  # fmt: skip
    if as_json:
        output.print_json(report)
    else:
        click.echo(f"{file}: {output.counted(report.concepts, 'concept')}")
        if report.left_out:
            output.note(f"{report.left_out:,} hold characters that XML cannot, and are left out.")
    return 0
