"""``dpg-l10n history``: what a unit said, who changed it, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.message import Text, texts
from dpg_l10n.domain.unit import SourceChange
from dpg_l10n.domain.worddiff import Change, Piece
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services.history import Step, UnitHistory, revert, unit_history
from dpg_l10n_cli import options, output
from dpg_l10n_cli.commands import review


@click.command(
    epilog="""\b
Examples:
  dpg-l10n history -p app -l sw app save_button
  dpg-l10n history -p app -l sw app save_button --revert 2 --revision 5"""
)
@options.project_option
@click.option("--language", "-l", required=True, type=options.Language(), metavar="CODE",
              help="Language, as sw, pt-BR or uz-Latn.")  # fmt: skip
@click.option("--revert", "to", type=click.IntRange(1), metavar="N",
              help="Write the text of revision N anew.")  # fmt: skip
@click.option("--revision", type=click.IntRange(0), metavar="N",
              help="With --revert: the current revision, as you saw it.")  # fmt: skip
@options.store_option
@options.json_option
@click.argument("catalogue")
@click.argument("key")
def command(
    project: str | None,
    language: str,
    to: int | None,
    revision: int | None,
    store: str | None,
    as_json: bool,
    catalogue: str,
    key: str,
) -> int:
    """Show every text that KEY of CATALOGUE had in a language, newest first.

    Between the texts stand the changes of its source. Removed words are shown as [-so-], added
    ones as {+so+}.
    """
    config = options.configured(store)
    slug = options.slug_of(project)
    if to is not None and revision is None:
        raise UsageError(N_("--revert needs --revision: the current one, as you saw it."))
    with bootstrap.open_store(config) as opened:
        if to is not None and revision is not None:
            after = revert(
                opened, slug, catalogue, key, language,
                to=to, revision=revision, actor=config.actor, clock=bootstrap.clock(),
            )  # fmt: skip
            if as_json:
                output.print_json(after)
            else:
                review.show(after)
            return 0
        found = unit_history(opened, slug, catalogue, key, language)
    if as_json:
        output.print_json(found)
    else:
        show(found)
    return 0


def show(found: UnitHistory) -> None:
    """Print a history for a person."""
    key = found.key.replace("\x04", " | ")
    click.echo(output.style(f"{found.catalogue}  {key}  {found.language}", bold=True))
    click.echo(f"  {_line(found.source)}")
    for suggestion in found.suggestions:
        head = f"suggestion  {_when(suggestion.at)}  {suggestion.actor}"
        click.echo(f"\n{head}\n  {_line(suggestion.text)}")
    lines = [(step.action, 1, _step(step)) for step in found.steps]
    source, gone = found.source, found.obsolete
    for change in found.sources:
        lines.append((change.action.id, 0, _source(change, source, gone=gone)))
        source, gone = change.before or source, change.obsolete
    for _, _, text in sorted(lines, key=lambda line: line[:2], reverse=True):
        click.echo("\n" + text)
    if not found.steps:
        output.note("Nobody translated it yet.")


def _step(step: Step) -> str:
    why = f": {step.why}" if step.why else ""
    head = (
        f"revision {step.revision}  {_when(step.at)}  {step.actor}, {step.kind} {step.action}{why}"
    )
    state = f"[{step.state.value}, {step.origin}]" if step.state.value != "missing" else "[missing]"
    body = _pieces(step.diff) if step.diff else "(same text)"
    made_for = f"\n  made for: {_line(step.made_for)}" if step.made_for is not None else ""
    return f"{head}  {state}\n  {body}{made_for}"


def _source(change: SourceChange, after: Text, *, gone: bool) -> str:
    """Return a change of a source; ``gone`` tells that the unit was out of the figures after it."""
    action = change.action
    why = f": {action.why}" if action.why else ""
    head = f"source  {_when(action.at)}  {action.actor}, {action.kind} {action.id}{why}"
    if change.before is None:
        return f"{head}\n  added"
    if gone != change.obsolete:
        head += "\n  taken out: it is in no figure and no export" if gone else "\n  brought back"
    return head if change.before == after else f"{head}\n  was: {_line(change.before)}"


def _pieces(pieces: Sequence[Piece]) -> str:
    shown = []
    for change, text in pieces:
        if change is Change.ADDED:
            shown.append(output.style(f"{{+{text}+}}", fg="green"))
        elif change is Change.REMOVED:
            shown.append(output.style(f"[-{text}-]", fg="red"))
        else:
            shown.append(text)
    return "".join(shown).replace("\n", "⏎")


def _line(text: Text) -> str:
    return " / ".join(texts(text)).replace("\n", "⏎")


def _when(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
