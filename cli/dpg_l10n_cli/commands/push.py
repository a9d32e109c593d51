"""``dpg-l10n push``: take the strings of a working tree into the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.merge import OnConflict
from dpg_l10n.domain.message import Text, texts
from dpg_l10n.domain.project import ProjectSpec
from dpg_l10n.domain.states import State
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.reports import PushReport
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import Server, as_type, chosen
from dpg_l10n_cli.telling import telling_push


@click.command(
    epilog="""\b
Examples:
  dpg-l10n push                     the repository you are in
  dpg-l10n push ~/src/app --dry-run what would change, nothing is stored
  dpg-l10n push --on-conflict file  where both changed a text, the file wins
  dpg-l10n push --prune             units that the source lost become obsolete
  dpg-l10n push --server https://l10n.example.org"""
)
@options.directory_argument
@options.store_option
@options.server_option
@click.option("--project", "-p", metavar="SLUG", help="Name in the store. [default: the tree's]")
@click.option("--dry-run", is_flag=True, help="Report what would change and store nothing.")
@click.option("--prune", is_flag=True, help="Take out units that the pushed source lacks.")
@click.option("--yes", is_flag=True, help="With --prune: even when they are many (above 5%).")
@click.option("--minor", is_flag=True, help="Changed sources mean the same: keep translations.")
@click.option(
    "--on-conflict",
    type=click.Choice([policy.value for policy in OnConflict]),
    default=OnConflict.KEEP.value,
    help="A text changed both here and in its file: keep ours, take the file's (the other is a "
    "suggestion), or refuse the push. [default: keep]",
)
@click.option(
    "--as",
    "accept_as",
    type=click.Choice([State.TRANSLATED.value, State.REVIEWED.value]),
    default=State.TRANSLATED.value,
    help="State that finished texts of the files get. [default: translated]",
)
@click.option("--accept-damage", is_flag=True, help="Take in texts that look damaged or lost.")
@click.option("--keep-going", is_flag=True, help="Store the readable files when some are refused.")
@options.json_option
def command(
    directory: Path,
    store: str | None,
    server: str | None,
    project: str | None,
    dry_run: bool,
    prune: bool,
    yes: bool,
    minor: bool,
    on_conflict: str,
    accept_as: str,
    accept_damage: bool,
    keep_going: bool,
    as_json: bool,
) -> int:
    """Take the strings of a repository into the store.

    Reads dpg-l10n.toml in DIRECTORY, else finds the catalogues itself. Nothing is ever deleted by
    a push: texts whose source changed are kept as needing work, conflicts are listed, and when a
    file is refused nothing is stored at all.
    """
    config = options.configured(store)
    spec = options.require_catalogues(options.load_spec(directory), directory)
    if project:
        spec = options.renamed(spec, project)
    push_options = PushOptions(
        actor=config.actor,
        accept_as=State(accept_as),
        prune=prune,
        prune_many=yes,
        minor=minor,
        on_conflict=OnConflict(on_conflict),
        dry_run=dry_run,
        accept_damage=accept_damage,
        keep_going=keep_going,
    )
    asked = chosen(server, store, directory)
    files = sum(len(catalogue.targets) for catalogue in spec.catalogues)
    if asked is not None:
        report = _push_to(asked, spec, directory, options.reader(directory, config), push_options)
    else:
        with (
            bootstrap.open_store(config) as opened,
            telling_push(config, opened, spec.slug) as told,
            output.progress(files, "Reading") as shown,
        ):
            report = push(
                opened,
                spec,
                options.reader(directory, config),
                bootstrap.clock(),
                push_options,
                lambda _path: shown.update(1),
                _announce_pruning,
            )
            told.append(report)
    if as_json:
        output.print_json(report)
    else:
        show(report, spec, directory, pruned=prune)
        show_conflicts(report, push_options.on_conflict)
    if report.conflicts and push_options.on_conflict is OnConflict.REFUSE:
        return 3 if report.refused else 5
    return 3 if report.refused else 0


def _push_to(
    server: Server,
    spec: ProjectSpec,
    directory: Path,
    read: Callable[[str], bytes],
    asked: PushOptions,
) -> PushReport:
    """Send the files to a service, which pushes them, and return its report."""
    from dpg_l10n.services.jobs import pack

    with TemporaryFile() as file:
        pack(spec, directory, read, file)
        job = server.upload(
            f"/projects/{spec.slug}/pushes", file, "application/zip", dry_run=asked.dry_run, prune=asked.prune,
            yes=asked.prune_many, minor=asked.minor, on_conflict=asked.on_conflict.value,
            accept_damage=asked.accept_damage, keep_going=asked.keep_going,
            **{"as": asked.accept_as.value},
        )  # fmt: skip
    report: PushReport = as_type(PushReport, job["report"])
    return report


def _announce_pruning(catalogue: str, lost: int, units: int) -> None:
    output.note(f"{catalogue}: the source lost {lost:,} of {output.counted(units, 'unit')}.")


def show_conflicts(report: PushReport, policy: OnConflict, most: int = 10) -> None:
    """Name the texts that were changed both here and in their files."""
    if not report.conflicts:
        return
    fate = {
        OnConflict.KEEP: "the text here stays, the file's is a suggestion",
        OnConflict.FILE: "the file's text was taken, the one here is a suggestion",
        OnConflict.REFUSE: "the push is refused",
    }[policy]
    found = output.counted(len(report.conflicts), "text")
    output.note(f"{found} changed both here and in the file; {fate}:")
    for conflict in report.conflicts[:most]:
        key = conflict.key.replace("\x04", " | ")
        output.note(f"  {conflict.catalogue}  {conflict.language}  {key}")
        output.note(f"    here: {_line(conflict.ours)}")
        output.note(f"    file: {_line(conflict.theirs)}")
    if len(report.conflicts) > most:
        output.note(f"  and {len(report.conflicts) - most:,} more: --json")
    if report.id:
        output.note(
            f"To see and decide them: dpg-l10n review list -p {report.project} "
            f"-l {report.conflicts[0].language} has:suggestion"
        )


def _line(text: Text) -> str:
    return " / ".join(texts(text)).replace("\n", "⏎")


def show(report: PushReport, spec: ProjectSpec, directory: Path, *, pruned: bool = False) -> None:
    """Print a push report for a person; ``pruned`` tells that it took out what the source lacks."""
    heads = ("Catalogue", "Format", "Units", "New", "Changed", "Renamed", "Removed", "Languages")
    rows = [
        (c.catalogue, c.format, c.units, c.added, c.changed, c.renamed, c.removed, len(c.languages))
        for c in report.catalogues
    ]
    click.echo(output.table(heads, rows, left=2))
    languages: dict[str, list[int]] = {}
    for catalogue in report.catalogues:
        for tag, found in catalogue.languages.items():
            sums = languages.setdefault(tag, [0, 0, 0, 0])
            counts = (found.translated, found.needs_work, found.conflicts, found.written)
            for at, count in enumerate(counts):
                sums[at] += count
    if languages:
        titles = ("Language", "Translated", "Needs work", "Conflicts", "Written")
        click.echo()
        click.echo(output.table(titles, [(tag, *sums) for tag, sums in sorted(languages.items())]))
    removed = sum(catalogue.removed for catalogue in report.catalogues)
    if removed:
        units = output.counted(removed, "unit")
        fate = (
            "out of the figures and of exports now: their texts and history are kept, and come back "
            "with the source or with “undo”."
            if pruned
            else "still here, with their translations: --prune takes them out of the figures."
        )
        output.note(f"\nGone from the source: {units}, {fate}")
    unknown = sum(f.unknown for c in report.catalogues for f in c.languages.values())
    if unknown:
        strays = output.counted(unknown, "text")
        output.note(
            f"{strays} of translations: their sources have no such message, so they were not read."
        )
    output.problems(spec.problems, most=8)
    _show_refused_and_found(report, directory)
    if report.id:
        output.note(f"Stored as push {report.id} of {report.project}.")
    else:
        output.note("Nothing was stored." + (" (dry run)" if report.dry_run else ""))
        if report.refused and not report.dry_run:
            output.note("To store the files that can be read: dpg-l10n push --keep-going")


def _show_refused_and_found(report: PushReport, directory: Path) -> None:
    for refusal in report.refused:
        output.note(f"refused: {refusal.message}  [{refusal.code}]")
    for damage in report.damaged:
        output.note(f"taken in as it is: {damage.message}  [{damage.code}]")
    findings = report.findings
    errors = output.counted(findings.get("error", 0), "error")
    warnings = output.counted(findings.get("warning", 0), "warning")
    any_found = any(findings.values())
    hint = f"  See those of finished texts with: dpg-l10n check {directory}" if any_found else ""
    scope = ", texts that need work included" if any_found else ""
    output.note(f"Checks: {errors}, {warnings}{scope}.{hint}")
