"""``dpg-l10n draft``: fill missing translations with drafts, offline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.locales import display_name
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.reports import DraftedLanguage, DraftReport
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import Server, as_type, chosen


@click.command(
    epilog="""\b
Examples:
  dpg-l10n draft -l es              Spanish, of the repository you are in
  dpg-l10n draft -p app --limit 100 the first 100 missing strings of each language"""
)
@options.project_option
@options.language_option
@click.option("--engine", default="argos", metavar="NAME", help="Engine. [default: argos]")
@click.option("--through", type=options.Language(), metavar="CODE",
              help="Go through this language where no model goes the whole way.")  # fmt: skip
@click.option("--memory-only", is_flag=True, help="Only the memory, no machine.")
@click.option("--risk", is_flag=True,
              help="Texts of clinical, legal or safety risk too. [default: as dpg-l10n.toml says]")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Most strings per language.")
@options.store_option
@options.server_option
@options.json_option
def command(
    project: str | None,
    languages: tuple[str, ...],
    engine: str,
    through: str | None,
    memory_only: bool,
    risk: bool,
    limit: int | None,
    store: str | None,
    server: str | None,
    as_json: bool,
) -> int:
    """Draft what is missing: from the memory of all projects first, then by machine.

    What is left takes the translation of a text that is nearly the same, where there is one.
    Everything happens on this machine. A draft is never counted and never exported unless you ask:
    a person has to accept it.
    """
    config = options.configured(store)
    slug = options.slug_of(project)
    asked = DraftOptions(
        languages, limit, config.actor, config.least_chrf,
        risk=risk or options.drafts_risk(slug),
    )  # fmt: skip
    service = chosen(server, store, Path.cwd())
    if service is not None and (through is not None or risk):
        raise UsageError(
            N_("A service decides itself how it drafts: leave --through and --risk out.")
        )
    name = None if memory_only else engine
    if service is not None:
        report = _draft_on(service, slug, asked, name)
    else:
        with (
            bootstrap.open_store(config) as opened,
            bootstrap.open_engine(config, name, through=through) as machine,
            bootstrap.open_index(config) as index,
            _Bars() as bars,
        ):
            report = draft(opened, slug, machine, bootstrap.clock(), asked, bars.show, index=index)
    if as_json:
        output.print_json(report)
    else:
        show(report, by_machine=not memory_only)
    return 0


def _draft_on(server: Server, slug: str, asked: DraftOptions, engine: str | None) -> DraftReport:
    """Let a service draft, and return its report."""
    body = {"languages": asked.languages, "engine": engine, "limit": asked.limit}
    job = server.ask(f"/projects/{slug}/drafts", body)
    report: DraftReport = as_type(DraftReport, job["report"])
    return report


class _Bars:
    """A progress line that follows the language."""

    def __init__(self) -> None:
        self._watched = output.watched()

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._watched:
            click.echo("\r\033[K", nl=False, err=True)

    def show(self, language: str, done: int, whole: int) -> None:
        if self._watched:
            click.echo(f"\r\033[KDrafting {language}: {done}/{whole}", nl=False, err=True)


def show(report: DraftReport, *, by_machine: bool = True) -> None:
    """Print a draft report for a person.

    Args:
        report: What was drafted.
        by_machine: False where only the memory was asked: then missing models are no news.
    """
    heads = (
        "Language",
        "",
        "Drafted",
        "From memory",
        "By machine",
        "Rejected",
        "Left",
        "Per second",
    )
    rows = [
        (
            row.language, display_name(row.language), row.drafted, row.memory, row.machine,
            len(row.rejected), row.skipped,
            "" if row.demonstration or not row.strings_per_second else f"{row.strings_per_second:,.0f}",
        )
        for row in report.languages
    ]  # fmt: skip
    click.echo(output.table(heads, rows, left=2))
    for row in report.languages:
        _explain(row)
    if by_machine:
        _explain_engines(report)
    if any(row.drafted for row in report.languages):
        output.note("Drafts are not counted as coverage; a person accepts or rewrites each.")


def _explain(row: DraftedLanguage) -> None:
    reasons: dict[str, list[str]] = {}
    for rejected in row.rejected:
        reasons.setdefault(rejected.reason, []).append(rejected.unit)
    for reason, units in sorted(reasons.items()):
        shown = units[0].replace("\x04", " / ")
        output.note(f"{row.language}: {len(units)} rejected ({reason}), for example {shown}")


def _explain_engines(report: DraftReport) -> None:
    """Say once what no model translates, and which models only show how drafts work."""
    without = [
        row
        for row in report.languages
        if row.engine is None and row.skipped and not row.switched_off
    ]
    if without:
        output.note(
            f"No installed model translates into {_names(without)}: drafts come from memory only. "
            "See: dpg-l10n models --help"
        )
    shows = [row for row in report.languages if row.demonstration]
    if shows:
        output.note(
            f"The model for {_names(shows)} is a demonstration: it knows a few hundred phrases "
            "and leaves the rest. "
            "Install a real one: dpg-l10n models install FILE"
        )

    for row in report.languages:
        if row.switched_off is not None:
            off = row.switched_off
            output.note(
                f"{row.language}: {off.model} {off.version} is switched off. Its {off.accepted} drafts "
                f"that people accepted reach chrF {off.chrf}, below DPG_L10N_LEAST_CHRF."
            )


def _names(rows: Sequence[DraftedLanguage]) -> str:
    return ", ".join(display_name(row.language) for row in rows)
