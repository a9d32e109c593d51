"""``dpg-l10n memory``: what all projects have translated, and memories that come as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.licences import may_reuse
from dpg_l10n.domain.message import Text, texts
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services import memory
from dpg_l10n.services.files import whole_file
from dpg_l10n.services.memory.reports import MemoryHit, MemoryImport, MemoryItem, MemoryReport
from dpg_l10n_cli import options, output, served_memory
from dpg_l10n_cli.server import as_type, chosen

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 10
"""Units left out that are named to a person."""


@click.group(
    epilog="""\b
Examples:
  dpg-l10n memory search "Save the record" -l sw
  dpg-l10n memory import covid.tmx --licence CC0-1.0
  dpg-l10n memory export shared.tmx -l sw
  dpg-l10n memory list"""
)
def command() -> None:
    """Look up what was translated before, and exchange it with other tools."""


@command.command("search")
@click.argument("text")
@click.option("--language", "-l", required=True, type=options.Language(), metavar="CODE",
              help="Language of the translation, as sw, pt-BR or uz-Latn.")  # fmt: skip
@click.option("--source-language", type=options.Language(), metavar="CODE",
              help="Language of the text. [default: that of the project, else en]")  # fmt: skip
@click.option("--project", "-p", metavar="SLUG",
              help="Who asks: its own texts come first and its licence decides what is shown. "
              "[default: nobody; what is under permissive licences is shown]")  # fmt: skip
@click.option("--threshold", type=click.FloatRange(0, 1, min_open=True), default=0.7,
              show_default=True, help="Lowest likeness of the source text.")  # fmt: skip
@click.option("--words", "words", type=click.Choice(["source", "translation"]),
              help="Look for texts that hold all these words, in either.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 200), default=5, show_default=True, metavar="N",
              help="Most results.")  # fmt: skip
@options.store_option
@options.server_option
@options.json_option
def search_command(
    text: str, language: str, source_language: str | None, project: str | None, threshold: float,
    words: str | None, limit: int, store: str | None, server: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Find what is like TEXT, or holds its words, in all projects and memories.

    Exit code 1 when there is nothing to show.
    """
    config, service = options.configured(store), chosen(server, store, Path.cwd())
    if service is not None:
        report = served_memory.search(
            service, text, language=language, source_language=source_language, project=project,
            words=words, threshold=threshold, limit=limit,
        )  # fmt: skip
    else:
        with bootstrap.open_store(config) as opened, bootstrap.open_index(config) as index:
            if words:
                report = memory.concordance(
                    opened, index, text, language=language, source_language=source_language,
                    project=project, in_target=words == "translation", limit=limit,
                )  # fmt: skip
            else:
                report = memory.search(
                    opened, index, text, language=language, source_language=source_language,
                    project=project, threshold=threshold, limit=limit,
                )  # fmt: skip
    if as_json:
        output.print_json(report)
    else:
        show(report)
    return 0 if report.hits else 1


@command.command("import")
@click.argument("file", type=_FILE)
@click.option("--name", metavar="NAME", help="Name of the memory. [default: that of the file]")
@click.option("--licence", metavar="SPDX",
              help="Licence of entries that name none, as CC0-1.0.")  # fmt: skip
@click.option("--language", "-l", type=options.Language(), metavar="CODE",
              help="Language of the translations where the file does not say it; of TMX only this "
              "one is taken.")  # fmt: skip
@click.option("--source-language", type=options.Language(), default="en", show_default=True,
              metavar="CODE",
              help="Language of the sources where the file does not say it.")  # fmt: skip
@click.option("--replace", is_flag=True, help="First take out what the memory of this name had.")
@options.store_option
@options.server_option
@options.json_option
def import_command(
    file: Path, name: str | None, licence: str | None, language: str | None, source_language: str,
    replace: bool, store: str | None, server: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Take the finished translations of a TMX, PO or XLIFF FILE in as a memory.

    They are suggestions with their licence, and count in no coverage. Broken entries of a TMX file
    are left out and named by their line. Exit code 1 when nothing could be taken.
    """
    config = options.configured(store)
    asked = memory.ImportOptions(
        name or file.name, licence, language, source_language, replace, config.actor,
        config.max_file_bytes,
    )  # fmt: skip
    service = chosen(server, store, Path.cwd())
    if service is not None:
        report = served_memory.import_memory(service, file, asked)
    else:
        with bootstrap.open_store(config) as opened, file.open("rb") as read:
            report = memory.import_memory(opened, read, str(file), bootstrap.clock(), asked)
    if as_json:
        output.print_json(report)
    else:
        _show_import(report)
    return 0 if report.entries else 1


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--project", "-p", metavar="SLUG", help="Only texts of this project. [default: all]")
@click.option("--memory", "name", metavar="NAME",
              help="Entries of this memory, which came as a file, and no texts of projects.")  # fmt: skip
@click.option("--every-licence", is_flag=True,
              help="Of all projects, also texts that licences keep from others.")  # fmt: skip
@options.language_option
@options.store_option
@options.server_option
@options.json_option
def export_command(
    file: Path, project: str | None, name: str | None, every_licence: bool,
    languages: tuple[str, ...], store: str | None, server: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Write finished translations to FILE as TMX 1.4b, with project, licence and state.

    Without --project and --memory the file is for everybody: texts under licences that are not
    permissive, or unknown, stay out.
    """
    service = chosen(server, store, Path.cwd())
    if service is not None and every_licence:
        raise UsageError(
            N_("A service gives away what licences allow. --every-licence is for a store.")
        )
    if service is not None:
        report = served_memory.export_memory(service, file, project, name, languages)
    else:
        with bootstrap.open_store(options.configured(store)) as opened, whole_file(file) as out:
            report = memory.export_memory(
                opened, out.write, project=project, memory=name, languages=languages,
                every_licence=every_licence,
            )  # fmt: skip
    if as_json:
        output.print_json(report)
    else:
        click.echo(f"{file}: {output.counted(report.entries, 'entry', 'entries')}")
        if report.left_out:
            output.note(f"{report.left_out:,} hold characters that XML cannot, and are left out.")
        if report.withheld:
            output.note(
                f"{output.counted(report.withheld, 'translation')} left out: licences keep them from "
                "others. --every-licence takes them too."
            )
    return 0


@command.command("list")
@options.store_option
@options.server_option
@options.json_option
def list_command(store: str | None, server: str | None, as_json: bool) -> int:
    """List the memories that came as files."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        found = as_type(tuple[MemoryItem, ...], service.get("/memories")["items"])
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            found = memory.memories(opened)
    if as_json:
        output.print_json(found)
    else:
        rows = [(item.memory, item.licence or "unknown", item.entries) for item in found]
        click.echo(output.table(("Memory", "Licence", "Entries"), rows, left=2))
    return 0


@command.command("remove")
@click.argument("name")
@options.store_option
@options.server_option
@options.json_option
def remove_command(name: str, store: str | None, server: str | None, as_json: bool) -> int:
    """Take a memory that came as a file out of the store."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        gone = service.delete(f"/memories/{name}")["entries"]
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            gone = memory.remove_memory(opened, name)
    if as_json:
        output.print_json({"memory": name, "entries": gone})
    else:
        click.echo(f"{name}: {output.counted(gone, 'entry', 'entries')} taken out.")
    return 0


@command.command("rebuild")
@options.store_option
@options.json_option
def rebuild_command(store: str | None, as_json: bool) -> int:
    """Make the index of source texts anew. It is a copy, made by itself where it is missing."""
    config = options.configured(store)
    with bootstrap.open_store(config) as opened, bootstrap.open_index(config) as index:
        known = memory.rebuild_index(opened, index)
    if as_json:
        output.print_json({"texts": known})
    else:
        click.echo(f"{output.counted(known, 'source text')} in the index.")
    return 0


def show(report: MemoryReport) -> None:
    """Print what the memory has for a person."""
    for hit in report.hits:
        score = "" if hit.similarity is None else f"{_percent(hit.score)}  "
        click.echo(output.style(f"{score}{_line(hit.text)}", bold=True))
        click.echo(f"      {_line(hit.source)}")
        click.echo(output.style(f"      {_where(hit)}", dim=True))
    if not report.hits:
        output.note("Nothing like it was found.")
    if report.withheld:
        output.note(
            f"{output.counted(report.withheld, 'translation')} not shown: the licence does not "
            "allow it."
        )


def _line(text: Text) -> str:
    return " | ".join(texts(text)).replace("\n", "⏎")


def _percent(share: float) -> str:
    """Return a share in whole percent, rounded down: 100% is the same text."""
    return f"{int(share * 100 + 1e-6)}%"


def _where(hit: MemoryHit) -> str:
    like = "" if hit.similarity is None else f"{_percent(hit.similarity)} like it"
    parts: Sequence[str] = (
        hit.project or f"file {hit.memory}", hit.language, hit.state.value,
        hit.licence or "licence unknown", like,
    )  # fmt: skip
    return " · ".join(filter(None, parts))


def _show_import(report: MemoryImport) -> None:
    heads = ("Language", "Entries")
    click.echo(output.table(heads, list(report.languages.items())))
    for problem in report.problems[:_SHOWN]:
        output.note(f"{problem.path}:{problem.line}: {problem.message}")
    if report.left_out:
        output.note(f"{output.counted(report.left_out, 'unit')} left out.")
    if report.licence is None:
        output.note(
            "No licence is known, so entries that name none are shown to nobody. Import again "
            "with --licence SPDX."
        )
    elif not may_reuse(report.licence, report.licence):
        output.note(
            f"“{report.licence}” is no licence that lets texts be shared, or not its SPDX name, so "
            "entries that name none are shown to nobody. Import again with --licence SPDX."
        )
