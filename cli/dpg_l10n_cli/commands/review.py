"""``dpg-l10n review``: a person decides on texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR
from dpg_l10n.domain.message import Text, texts
from dpg_l10n.domain.query import parse
from dpg_l10n.domain.states import State
from dpg_l10n.services.conversation import subject_of, suggestions_of, withdraw
from dpg_l10n.services.glossaries import hits_of_units
from dpg_l10n.services.reading import UnitView, language_of, page, read
from dpg_l10n.services.reviewing import Decision, decide
from dpg_l10n.services.webhooks import withdrawn
from dpg_l10n_cli import options, output, served_units
from dpg_l10n_cli.commands.release import affected, plain_release
from dpg_l10n_cli.glossary_tables import show_terms
from dpg_l10n_cli.offline import package_command, return_command
from dpg_l10n_cli.server import chosen
from dpg_l10n_cli.telling import tell
from dpg_l10n_cli.variants import Variant, meanings, whole


@click.group(
    epilog="""\b
Examples:
  dpg-l10n review list -p app -l sw state:draft 'source:"dose"'
  dpg-l10n review accept -p app -l sw --revision 1 app save_button
  dpg-l10n review edit -p app -l sw --revision 1 --text Hifadhi app save_button
  dpg-l10n review edit -p app -l sw --revision 0 --variant one='Faili %d' \\
      --variant other='Faili %d' app files
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
@options.server_option
@options.json_option
@click.argument("query", nargs=-1)
def list_command(
    project: str | None,
    language: str | None,
    state: str | None,
    limit: int,
    store: str | None,
    server: str | None,
    as_json: bool,
    query: tuple[str, ...],
) -> int:
    """List units with their texts, states and findings.

    QUERY limits them, as: state:draft check:placeholder source:"dose" changed:>2026-10-01
    """
    asked = parse(" ".join(query))
    if state:
        asked = asked.also("state", state)
    slug, wanted = options.slug_of(project), language or language_of(asked)
    service = chosen(server, store, Path.cwd())
    if service is not None:
        some, more = served_units.units(service, slug, wanted, asked, limit)
        hints = [served_units.beside(service, slug, view) for view in some]
    else:
        with bootstrap.open_store(options.configured(store)) as opened:
            found = page(opened, slug, wanted, asked, limit=limit)
            some, more = list(found.units), found.next is not None
            units = [view.unit for view in some]
            terms = hits_of_units(opened, slug, units, wanted)
            hints = list(zip(terms, suggestions_of(opened, units, wanted), strict=True))
    if as_json:
        output.print_json(
            [
                {**_report(unit), "terms": hits, "suggestions": [each.text for each in beside]}
                for unit, (hits, beside) in zip(some, hints, strict=True)
            ]
        )
        return 0
    for unit, (hits, beside) in zip(some, hints, strict=True):
        show(unit)
        for each in beside:
            click.echo(f"  suggested by {each.actor}: {_lines(each.text)}")
        show_terms(hits)
    rest = " There are more: --limit." if more else ""
    output.note(f"{output.counted(len(some), 'unit')}.{rest}")
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
            options.server_option,
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
@click.option("--text", help="The new text, of a unit without plural variants.")
@click.option("--variant", "variants", multiple=True, type=Variant(), metavar="NAME=TEXT",
              help="The new text of a plural variant, as one=…; once for each.")  # fmt: skip
def edit_command(text: str | None, variants: Sequence[tuple[str, str]], **asked: Any) -> int:
    """Write the text of a unit: KEY of CATALOGUE."""
    return _decide(asked, State.TRANSLATED, lambda view: whole(view, text, variants))


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
    service = chosen(asked["server"], asked["store"], Path.cwd())
    slug, catalogue, key = options.slug_of(asked["project"]), asked["catalogue"], asked["key"]
    language, revision = asked["language"], asked["revision"]
    if service is not None:
        view = served_units.find(service, slug, catalogue, key, language)
        after, releases = served_units.withdraw(service, slug, view, revision, why)
    else:
        config = options.configured(asked["store"])
        with bootstrap.open_store(config) as opened:
            subject = subject_of(opened, slug, catalogue, key, language, config.actor)
            done = withdraw(opened, subject, revision, why, bootstrap.clock())
            after, releases = done.view, done.releases
            tell(config, opened, slug, "text.withdrawn", withdrawn(after, slug, releases))
    if asked["as_json"]:
        held = [plain_release(each) for each in releases]
        output.print_json({**_report(after), "releases": held})
    else:
        show(after)
        output.note(affected(releases))
    return 0


def _decide(
    asked: dict[str, Any],
    state: State,
    text: Callable[[UnitView], Text] | None = None,
    why: str = "",
) -> int:
    """Write a decision and print what is there then.

    Args:
        asked: What every decision is told.
        state: That the text gets.
        text: Returns the new text of the unit; None keeps the current one.
        why: Reason.
    """
    config, slug = options.configured(asked["store"]), options.slug_of(asked["project"])
    catalogue, key, language = asked["catalogue"], asked["key"], asked["language"]

    def decision(said: Text | None) -> Decision:
        return Decision(state, asked["revision"], config.actor, said, why)

    service = chosen(asked["server"], asked["store"], Path.cwd())
    if service is not None:
        view = served_units.find(service, slug, catalogue, key, language)
        said = text(view) if text is not None else None
        after = served_units.decide(service, slug, view, decision(said))
    else:
        with bootstrap.open_store(config) as opened:
            said = None
            if text is not None:
                subject = subject_of(opened, slug, catalogue, key, language, config.actor)
                said = text(read(opened, slug, subject.unit_id, language))
            after = decide(
                opened, slug, catalogue, key, language, decision(said), bootstrap.clock()
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
        "variants": view.labels,
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
    if view.labels:
        click.echo(f"  variants: {meanings(view)}")
    if view.previous_source is not None:
        click.echo(f"  made for: {_lines(view.previous_source)}")
    for found in view.findings:
        click.echo(f"  ! {found.severity.value}: {found.message}")


def _lines(text: Text) -> str:
    return " / ".join(texts(text)).replace("\n", "⏎")
