"""``dpg-l10n models``: offline translation models."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.errors import NotFoundError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Pair
from dpg_l10n.services.drafting.evaluating import evaluate, read_examples, reviewed_examples
from dpg_l10n.services.drafting.quality import models_report
from dpg_l10n_cli import options, output


@click.group(
    epilog="""\b
Examples:
  dpg-l10n models list
  dpg-l10n models install translate-en_es.argosmodel
  dpg-l10n models list --available            asks Argos's index over the network
  dpg-l10n models install --from-index en-es  downloads and installs"""
)
def command() -> None:
    """Manage the models that draft offline: packages of Argos Translate.

    They lie where Argos Translate keeps its own, so each finds the other's. Nothing is downloaded
    unless you give an address or ask for the index by name.
    """


@command.command("list")
@click.option("--available", is_flag=True, help="What Argos's index offers; asks the network.")
@click.option("--index", metavar="PATH|URL", help="Another index to read.")
@options.json_option
def list_command(available: bool, index: str | None, as_json: bool) -> int:
    """List the installed models, or those that an index offers."""
    folder = bootstrap.models(options.configured(None))
    if available or index:
        offered = folder.index(index or folder.default_index)
        if as_json:
            output.print_json(offered)
        else:
            listed = [(one.name, one.version, one.title) for one in offered]
            click.echo(output.table(("Model", "Version", "Languages"), listed, left=3))
        return 0
    found = folder.list()
    if as_json:
        output.print_json(found)
        return 0
    if not found:
        click.echo(f"No models in {folder.folder}.")
        click.echo("Install one from a file: dpg-l10n models install FILE.argosmodel")
        return 0
    heads = ("Model", "Version", "Languages", "Licence", "SHA-256", "State")
    rows = [
        (
            one.name, one.version, one.title, _licence(one.licence, one.non_commercial), one.sha256[:16] or "-",
            one.problem or ("demonstration" if one.demonstration else "ready"),
        )
        for one in found
    ]  # fmt: skip
    click.echo(output.table(heads, rows, left=6))
    return 0


def _licence(licence: str | None, non_commercial: bool) -> str:
    return f"{licence or 'not stated'}{' (non-commercial)' * non_commercial}"


@command.command("install")
@click.argument("source", required=False)
@click.option("--sha256", metavar="HEX", help="Refuse the archive unless its checksum is this.")
@click.option("--from-index", metavar="FROM-TO", help="Download a pair, as en-es, from the index.")
@click.option("--index", metavar="PATH|URL", help="Another index than Argos's.")
@options.json_option
def install_command(
    source: str | None,
    sha256: str | None,
    from_index: str | None,
    index: str | None,
    as_json: bool,
) -> int:
    """Install a model from SOURCE: a file, a folder or an https address."""
    if (source is None) == (from_index is None):
        raise UsageError(N_("Name one: a file, folder or address, or --from-index FROM-TO."))
    folder = bootstrap.models(options.configured(None))
    address = source or ""
    if from_index is not None:
        offered = {
            f"{one.pair.source}-{one.pair.target}": one
            for one in folder.index(index or folder.default_index)
        }
        if from_index not in offered:
            hint = f"The index offers: {', '.join(sorted(offered))}."
            raise NotFoundError(kind="model", name=from_index, hint=hint)
        address = offered[from_index].links[0]
    if address.startswith(("https://", "http://")):
        output.note(f"Downloading {address}")
        package, fetched = folder.fetch(address, sha256=sha256)
        output.note(f"SHA-256 of the download: {fetched.sha256}")
    else:
        package = folder.install(Path(address), sha256=sha256)
    if as_json:
        output.print_json(package)
        return 0
    click.echo(f"Installed {package.name} {package.version} ({package.title}) in {package.path}")
    licence = _licence(package.licence, package.non_commercial)
    output.note(f"SHA-256 {package.sha256 or 'of its files'}, pinned. Licence: {licence}.")
    return 0


@command.command("verify")
@options.json_option
def verify_command(as_json: bool) -> int:
    """Compare every installed model with what was installed."""
    found = bootstrap.models(options.configured(None)).verify()
    if as_json:
        output.print_json(
            [
                {
                    "model": one.package.name, "version": one.package.version,
                    "intact": one.intact, "pinned": one.pinned, "changed": one.changed,
                    "missing": one.missing, "added": one.added,
                }
                for one in found
            ]
        )  # fmt: skip
    for one in () if as_json else found:
        state = "intact" if one.intact else "CHANGED" if one.pinned else "not pinned"
        names = ", ".join((*one.changed, *one.missing, *one.added))
        click.echo(f"{one.package.name} {one.package.version}: {state}{': ' * bool(names)}{names}")
    return 1 if any(one.pinned and not one.intact for one in found) else 0


@command.command("remove")
@click.argument("name")
@options.json_option
def remove_command(name: str, as_json: bool) -> int:
    """Remove the installed model NAME, as “models list” shows it."""
    package = bootstrap.models(options.configured(None)).remove(name)
    if as_json:
        output.print_json(package)
        return 0
    click.echo(f"Removed {package.name} {package.version}.")
    return 0


@command.command("report")
@options.project_option
@click.option("--all", "everything", is_flag=True, help="All projects of the store.")
@options.store_option
@options.json_option
def report_command(project: str | None, everything: bool, store: str | None, as_json: bool) -> int:
    """Show how good the drafts of each model were: what people made of them.

    Only drafts in whose place a person accepted a text are counted. chrF 100 and TER 0 are drafts
    that were accepted as they were.
    """
    slug = None if everything else options.slug_of(project)
    with bootstrap.open_store(options.configured(store)) as opened:
        report = models_report(opened, slug)
    if as_json:
        output.print_json(report)
        return 0
    if not report.models:
        output.note("No draft of a model was accepted or replaced yet.")
        return 0
    heads = ("Model", "Version", "Language", "Accepted", "Unchanged", "chrF", "TER")
    rows = [
        (one.model, one.version, one.language, one.accepted, one.unchanged, one.chrf, one.ter)
        for one in report.models
    ]
    click.echo(output.table(heads, rows, left=3))
    return 0


@command.command("evaluate")
@click.option("--language", "-l", required=True, type=options.Language(), metavar="CODE",
              help="Language of the drafts, as sw, pt-BR or uz-Latn.")  # fmt: skip
@click.option("--source", default="en", type=options.Language(), metavar="CODE",
              help="Language of the source. [default: en]")  # fmt: skip
@click.option("--file", "path", type=click.Path(path_type=Path), metavar="TSV",
              help="Texts and their translations, with a tab between; else the project's own.")  # fmt: skip
@click.option("--engine", default="argos", metavar="NAME", help="Engine. [default: argos]")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Most texts.")
@options.project_option
@options.store_option
@options.json_option
def evaluate_command(
    language: str,
    source: str,
    path: Path | None,
    engine: str,
    limit: int | None,
    project: str | None,
    store: str | None,
    as_json: bool,
) -> int:
    """Score the drafts of a pair on texts whose translation is known.

    They are those of a table, or the reviewed ones of the project. Beside the drafts stands what the
    same model gives when it is used plainly. The texts must be new to the model.
    """
    config = options.configured(store)
    if path is not None:
        examples = list(read_examples(_read(path)))
    else:
        with bootstrap.open_store(config) as opened:
            examples = reviewed_examples(opened, options.slug_of(project), language)
    with bootstrap.open_engine(config, engine) as machine:
        assert machine is not None  # noqa: S101 - a name was given
        found = evaluate(machine, Pair(source, language), examples[:limit])
    if as_json:
        output.print_json(found)
        return 0
    click.echo(f"{found.model} {found.version}: {found.strings:,} texts")
    heads = ("Way", "chrF++", "BLEU", "Whole %", "Dropped %", "Per second")
    rows = [
        (one.name, one.chrf, one.bleu, one.whole, one.dropped, one.strings_per_second)
        for one in found.scores
    ]
    click.echo(output.table(heads, rows, left=1))
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(N_("{path} cannot be read: {detail}"), path=path, detail=error) from error
