"""What ``dpg-l10n glossary`` shows a person."""

from __future__ import annotations

from collections.abc import Sequence

import click

from dpg_l10n.domain.terms import Concept, TermStatus, Use
from dpg_l10n.services.glossaries.checking import TermReport
from dpg_l10n.services.glossaries.reports import Decision, GlossaryImport, GlossaryItem, TermHit
from dpg_l10n_cli import output

_SHOWN = 10
"""Rows left out that are named."""


def show_imports(done: tuple[GlossaryImport, ...], *, accepted: bool) -> None:
    """Print what was taken in, and whether with the decisions of the file."""
    rows = [(each.glossary, each.concepts, each.changed, len(each.languages)) for each in done]
    click.echo(output.table(("Glossary", "Concepts", "New or changed", "Languages"), rows))
    for report in done:
        for problem in report.problems[:_SHOWN]:
            output.note(f"{problem.path}:{problem.line}: {problem.message}")
        if report.left_out:
            output.note(f"{output.counted(report.left_out, 'concept')} left out.")
    if any(report.changed for report in done) and not accepted:
        output.note(
            "These are suggestions: nobody is held to them before a person accepts them. See: "
            "dpg-l10n glossary accept --help"
        )


def show_concept(concept: Concept, languages: tuple[str, ...]) -> None:
    """Print a concept with its words, in some languages or all."""
    marks = [concept.status.value, concept.risk if concept.risk != "normal" else "",
             "not translated" if concept.keep else ""]  # fmt: skip
    place = f"{concept.glossary}: {concept.key}"
    click.echo(output.style(f"{place} ({', '.join(filter(None, marks))})", bold=True))
    if concept.definition:
        click.echo(f"      {concept.definition}")
    wanted = {"en", *languages}
    for term in concept.terms:
        if not languages or term.language in wanted:
            said = f"      {term.language}  {term.text}  "
            click.echo(said + output.style(f"{term.use.value}, {term.status.value}", dim=True))


def show_terms(hits: Sequence[TermHit]) -> None:
    """Print the terms of a source text with the words of a language, each once."""
    for hit in {each.concept: each for each in reversed(hits)}.values():
        said = [_word(term) for term in hit.terms]
        if hit.keep:
            said.append("not translated")
        if said:
            where = output.style(f"({hit.glossary}, {hit.status.value})", dim=True)
            click.echo(f"  = {hit.text}: {', '.join(said)} {where}")


def _word(term: dict[str, str]) -> str:
    status = "" if term["status"] == TermStatus.ACCEPTED else f" ({term['status']})"
    return f"{'never ' if term['use'] == Use.FORBIDDEN else ''}{term['text']}{status}"


def show_decision(report: Decision) -> None:
    """Print what a decision changed."""
    click.echo(
        f"{report.status.value}: {output.counted(report.concepts, 'concept')}, "
        f"{output.counted(report.terms, 'word')}"
    )
    if report.skipped:
        output.note(
            f"{output.counted(report.skipped, 'concept')} of risk left: decide on each by its name."
        )


def show_glossaries(found: Sequence[GlossaryItem]) -> None:
    """Print a table of glossaries."""
    rows = [
        (each.glossary, each.project or "all projects", each.licence or "unknown", each.concepts, each.accepted)
        for each in found
    ]  # fmt: skip
    click.echo(output.table(("Glossary", "Of", "Licence", "Concepts", "Accepted"), rows, left=3))


def show_findings(report: TermReport) -> None:
    """Print the texts that do not follow the glossary."""
    for each in report.findings:
        click.echo(f"{each.catalogue}/{each.key} [{each.language}] {each.severity}: {each.message}")
    output.note(
        f"{output.counted(len(report.findings), 'finding')} in "
        f"{output.counted(report.checked, 'text')}."
    )
