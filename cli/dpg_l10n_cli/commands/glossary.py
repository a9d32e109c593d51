"""``dpg-l10n glossary``: the words that projects agreed on."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.terms import TermStatus, Use
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services import glossaries
from dpg_l10n.services.glossaries.reports import Decision, GlossaryItem
from dpg_l10n_cli import options, output, served_memory
from dpg_l10n_cli.glossary_files import (
    export_command,
    glossary_option,
    import_command,
    source_option,
)
from dpg_l10n_cli.glossary_tables import (
    show_concept,
    show_decision,
    show_findings,
    show_glossaries,
)
from dpg_l10n_cli.server import as_type, chosen


@click.group(
    epilog="""\b
Examples:
  dpg-l10n glossary import --starter
  dpg-l10n glossary import terms.tbx --project clinic --licence CC0-1.0
  dpg-l10n glossary search vaccine -l sw
  dpg-l10n glossary accept -g starter-health health/allergy -l sw
  dpg-l10n glossary check --project clinic
  dpg-l10n glossary export terms.csv"""
)
def command() -> None:
    """Agree on words: suggestions come from files, people accept them, checks ask for them."""


command.add_command(import_command)
command.add_command(export_command)


@command.command("search")
@click.argument("text", default="")
@glossary_option
@click.option("--project", "-p", metavar="SLUG",
              help="What holds for this project: its own and what belongs to all.")  # fmt: skip
@click.option("--status", type=click.Choice([status.value for status in TermStatus]),
              help="Only concepts of this status.")  # fmt: skip
@click.option("--open", "open_", is_flag=True,
              help="Only with words of the first --language that wait for a decision.")  # fmt: skip
@options.language_option
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N",
              help="Most concepts.")  # fmt: skip
@options.store_option
@options.server_option
@options.json_option
def search_command(
    text: str, glossary: str | None, project: str | None, status: str | None, open_: bool,
    languages: tuple[str, ...], limit: int, store: str | None, server: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Find concepts that hold TEXT in a word, their name or their definition.

    Exit code 1 when there is nothing to show.
    """
    service = chosen(server, store, Path.cwd())
    waits_in = languages[0] if open_ and languages else None
    if service is not None:
        report = served_memory.concepts(
            service, text, glossary, project, limit, status=status, open_in=waits_in
        )
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            report = glossaries.search(
                opened, text, glossary=glossary, project=project,
                status=TermStatus(status) if status else None, open_in=waits_in, limit=limit,
            )  # fmt: skip
    if as_json:
        output.print_json(report)
    else:
        for concept in report.concepts:
            show_concept(concept, languages)
        if not report.concepts:
            output.note("Nothing was found.")
        if report.more is not None:
            output.note("There are more: --limit N")
    return 0 if report.concepts else 1


def _decide(
    glossary: str, concepts: tuple[str, ...], whole: bool, language: str | None,
    words: tuple[str, ...], source_language: str, store: str | None, server: str | None,
    as_json: bool, status: TermStatus,
) -> int:  # fmt: skip
    if bool(concepts) == whole or (whole and language is None):
        raise UsageError(
            N_("Name the concepts, or mean all open ones of a language: --all --language CODE"),
            code="usage.glossary",
        )
    service = chosen(server, store, Path.cwd())
    if service is not None:
        body = {
            "status": status.value, "concepts": concepts, "language": language, "words": words,
            "source_language": source_language,
        }  # fmt: skip
        said = service.post(f"/glossaries/{glossary}/decisions", body)
        report: Decision = as_type(Decision, said)
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            report = glossaries.decide(
                opened, bootstrap.clock(), glossary, concepts, status, language=language,
                texts=words, source_language=source_language, actor=config.actor,
            )  # fmt: skip
    if as_json:
        output.print_json(report)
    else:
        show_decision(report)
    return 0


def _deciding(name: str, status: TermStatus, about: str) -> None:
    """Add a command that decides."""

    @command.command(name, help=about)
    @click.argument("concepts", nargs=-1)
    @click.option("--glossary", "-g", required=True, metavar="NAME", help="Their glossary.")
    @click.option("--language", "-l", type=options.Language(), metavar="CODE",
                  help="Decide on the words of this language. [default: on the concepts alone]")  # fmt: skip
    @click.option("--word", "words", multiple=True, metavar="TEXT",
                  help="Only this word; may be given several times. [default: all of the language]")  # fmt: skip
    @click.option("--all", "whole", is_flag=True,
                  help="All concepts with open words in the language, but those of clinical, legal "
                  "or safety risk.")  # fmt: skip
    @source_option
    @options.store_option
    @options.server_option
    @options.json_option
    def decide_command(
        concepts: tuple[str, ...], glossary: str, language: str | None, words: tuple[str, ...],
        whole: bool, source_language: str, store: str | None, server: str | None, as_json: bool,
    ) -> int:  # fmt: skip
        return _decide(
            glossary, concepts, whole, language, words, source_language, store, server, as_json,
            status,
        )  # fmt: skip


_deciding("accept", TermStatus.ACCEPTED,
          "Accept the words for CONCEPTS in a language: from now on checks ask for them.")  # fmt: skip
_deciding("reject", TermStatus.REJECTED,
          "Reject the words for CONCEPTS in a language, or without one the concepts.")  # fmt: skip


@command.command("add")
@click.argument("concept")
@click.argument("words", nargs=-1, required=True)
@click.option("--glossary", "-g", required=True, metavar="NAME", help="Its glossary.")
@click.option("--language", "-l", required=True, type=options.Language(), metavar="CODE",
              help="Language of the words.")  # fmt: skip
@click.option("--forbidden", is_flag=True, help="Words never to use. [default: words to use]")
@options.store_option
@options.server_option
@options.json_option
def add_command(
    concept: str, words: tuple[str, ...], glossary: str, language: str, forbidden: bool,
    store: str | None, server: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Add WORDS for a CONCEPT in a language, accepted in your name."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        body = {"concept": concept, "language": language, "words": words, "forbidden": forbidden}
        report: Decision = as_type(Decision, service.post(f"/glossaries/{glossary}/words", body))
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            report = glossaries.add_words(
                opened, bootstrap.clock(), glossary, concept, language, words,
                Use.FORBIDDEN if forbidden else Use.ADMITTED, actor=config.actor,
            )  # fmt: skip
    if as_json:
        output.print_json(report)
    else:
        show_decision(report)
    return 0


@command.command("check")
@options.project_option
@options.language_option
@options.store_option
@options.server_option
@options.json_option
def check_command(
    project: str | None, languages: tuple[str, ...], store: str | None, server: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Check all that is translated against the words that are accepted now.

    Exit code 1 when a text does not follow them.
    """
    service, slug = chosen(server, store, Path.cwd()), options.slug_of(project)
    if service is not None:
        report = served_memory.term_report(service, slug, languages)
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            report = glossaries.report(opened, slug, languages)
    if as_json:
        output.print_json(report)
    else:
        show_findings(report)
    return 1 if report.findings else 0


@command.command("list")
@options.store_option
@options.server_option
@options.json_option
def list_command(store: str | None, server: str | None, as_json: bool) -> int:
    """List the glossaries."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        found = as_type(tuple[GlossaryItem, ...], service.get("/glossaries")["items"])
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            found = glossaries.glossaries(opened)
    if as_json:
        output.print_json(found)
    else:
        show_glossaries(found)
    return 0


@command.command("remove")
@click.argument("name")
@options.store_option
@options.server_option
@options.json_option
def remove_command(name: str, store: str | None, server: str | None, as_json: bool) -> int:
    """Take a glossary with all that was decided in it out of the store."""
    service = chosen(server, store, Path.cwd())
    if service is not None:
        gone = service.delete(f"/glossaries/{name}")["entries"]
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            gone = glossaries.remove_glossary(opened, name)
    if as_json:
        output.print_json({"glossary": name, "concepts": gone})
    else:
        click.echo(f"{name}: {output.counted(gone, 'concept')} taken out.")
    return 0
