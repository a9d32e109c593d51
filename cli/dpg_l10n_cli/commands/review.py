"""``dpg-l10n review``: a person decides on texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR
from dpg_l10n.domain.message import Text, texts
from dpg_l10n.domain.query import parse
from dpg_l10n.domain.states import State
from dpg_l10n.services.conversation import subject_of, suggestions_of, withdraw
from dpg_l10n.services.glossaries import hits_of_units
from dpg_l10n.services.reading import UnitView, language_of, page
from dpg_l10n.services.reviewing import Decision, decide
from dpg_l10n.services.webhooks import withdrawn
from dpg_l10n_cli import options, output
from dpg_l10n_cli.commands.release import affected, plain_release
from dpg_l10n_cli.glossary_tables import show_terms
from dpg_l10n_cli.offline import package_command, return_command
from dpg_l10n_cli.telling import tell


@click.group(
    epilog="""\b
Examples:
  dpg-l10n review list -p app -l sw state:draft 'source:"dose"'
  dpg-l10n review accept -p app -l sw --revision 1 app save_button
  dpg-l10n review edit -p app -l sw --revision 1 --text Hifadhi app save_button
  dpg-l10n review package -p app -l sw --out work.xlsx state:missing
  dpg-l10n review return -p app work.xlsx"""
)
def command() -> None:
    """List texts and decide on them: accept, edit, reject or withdraw.

    Every decision names the revision that you saw: when somebody changed the text meanwhile it is
    refused, and your text is kept as a suggestion.
    """


@command.command("list")
@options.project_option
@click.option(
    "--language",
    "-l",
    type=options.Language(),
    metavar="CODE",
    help="Language, as sw, pt-BR or uz-Latn; or in the query.",
)
@click.option(
    "--state",
    type=click.Choice([state.value for state in State]),
    help="Only texts in this state. [default: all]",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", default=50, show_default=True,
              help="Most units listed.")  # fmt: skip
@options.store_option
@options.json_option
@click.argument("query", nargs=-1)
def list_command(
    project: str | None,
    language: str | None,
    state: str | None,
    limit: int,
    store: str | None,
    as_json: bool,
    query: tuple[str, ...],
) -> int:
    """List units with their texts, states and findings.

    QUERY limits them, as: state:draft check:placeholder source:"dose" changed:>2026-10-01
    """
    asked = parse(" ".join(query))
    if state:
        asked = asked.also("state", state)
    with bootstrap.open_store(options.configured(store)) as opened:
        slug = options.slug_of(project)
        wanted = language or language_of(asked)
        found = page(opened, slug, wanted, asked, limit=limit)
        units = [view.unit for view in found.units]
        terms = hits_of_units(opened, slug, units, wanted)
        proposed = suggestions_of(opened, units, wanted)
    if as_json:
        output.print_json(
            [
                {**_report(unit), "terms": hits, "suggestions": [each.text for each in beside]}
                for unit, hits, beside in zip(found.units, terms, proposed, strict=True)
            ]
        )
        return 0
    for unit, hits, beside in zip(found.units, terms, proposed, strict=True):
        show(unit)
        for each in beside:
            click.echo(f"  suggested by {each.actor}: {_lines(each.text)}")
        show_terms(hits)
    more = " There are more: --limit." if found.next else ""
    output.note(f"{output.counted(len(found.units), 'unit')}.{more}")
    return 0


def _decision(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every decision is told."""
    for decorator in reversed(
        (
            options.project_option,
            click.option("--language", "-l", required=True, type=options.Language(),
                         metavar="CODE", help="Language, as sw, pt-BR or uz-Latn."),
            click.option("--revision", required=True, type=click.IntRange(0), metavar="N",
                         help="Revision that you saw (0: nothing was there)."),
            options.store_option,
            options.json_option,
            click.argument("catalogue"),
            click.argument("key"),
        )
    ):  # fmt: skip
        function = decorator(function)
    return function


@command.command("accept")
@_decision
@click.option("--as", "state", type=click.Choice(["translated", "reviewed"]), default="reviewed",
              show_default=True, help="State that the text gets.")  # fmt: skip
def accept_command(state: str, **asked: Any) -> int:
    """Accept the text of a unit: KEY of CATALOGUE."""
    return _decide(asked, State(state))


@command.command("edit")
@_decision
@click.option("--text", required=True, help="The new text.")
def edit_command(text: str, **asked: Any) -> int:
    """Write the text of a unit: KEY of CATALOGUE."""
    return _decide(asked, State.TRANSLATED, text=text)


@command.command("reject")
@_decision
@click.option("--why", required=True, help="What is wrong with the text.")
def reject_command(why: str, **asked: Any) -> int:
    """Send the text of a unit back: KEY of CATALOGUE."""
    return _decide(asked, State.NEEDS_WORK, why=why)


@command.command("withdraw")
@_decision
@click.option("--why", required=True, help="What is harmful about the text.")
def withdraw_command(why: str, **asked: Any) -> int:
    """Take a harmful text out of every export at once: KEY of CATALOGUE.

    Names the releases that held it: those have to be called back by people.
    """
    config = options.configured(asked["store"])
    with bootstrap.open_store(config) as opened:
        subject = subject_of(
            opened, options.slug_of(asked["project"]), asked["catalogue"], asked["key"],
            asked["language"], config.actor,
        )  # fmt: skip
        done = withdraw(opened, subject, asked["revision"], why, bootstrap.clock())
        told = withdrawn(done.view, subject.slug, done.releases)
        tell(config, opened, subject.slug, "text.withdrawn", told)
    if asked["as_json"]:
        held = [plain_release(each) for each in done.releases]
        output.print_json({**_report(done.view), "releases": held})
    else:
        show(done.view)
        output.note(affected(done.releases))
    return 0


def _decide(asked: dict[str, Any], state: State, *, text: str | None = None, why: str = "") -> int:
    config = options.configured(asked["store"])
    decision = Decision(state, asked["revision"], config.actor, text, why)
    with bootstrap.open_store(config) as opened:
        after = decide(
            opened,
            options.slug_of(asked["project"]),
            asked["catalogue"],
            asked["key"],
            asked["language"],
            decision,
            bootstrap.clock(),
        )
    if asked["as_json"]:
        output.print_json(_report(after))
    else:
        show(after)
    return 0


command.add_command(package_command)
command.add_command(return_command)


def _report(view: UnitView) -> dict[str, Any]:
    """Return a unit as ``--json`` prints it."""
    return {
        "catalogue": view.catalogue,
        "key": view.unit.key,
        "source": view.unit.source,
        "text": view.text,
        "state": view.state,
        "revision": view.revision,
        "origin": view.origin.describe() if view.origin else "",
        "findings": [f"{found.severity.value}: {found.message}" for found in view.findings],
    }


def show(view: UnitView) -> None:
    """Print a unit for a person."""
    head = f"{view.catalogue}  {view.unit.key.replace(CONTEXT_SEPARATOR, ' | ')}"
    made = f", {view.origin.describe()}" if view.origin else ""
    click.echo(
        f"{output.style(head, bold=True)}  [{view.state.value}{made}, revision {view.revision}]"
    )
    click.echo(f"  {_lines(view.unit.source)}")
    if view.text is not None:
        click.echo(f"  {output.style(_lines(view.text), fg='green')}")
    if view.previous_source is not None:
        click.echo(f"  made for: {_lines(view.previous_source)}")
    for found in view.findings:
        click.echo(f"  ! {found.severity.value}: {found.message}")


def _lines(text: Text) -> str:
    return " / ".join(texts(text)).replace("\n", "⏎")
