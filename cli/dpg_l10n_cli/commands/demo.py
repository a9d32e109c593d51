"""``dpg-l10n demo``: the whole way of a string, on our own example or on a real repository."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from dpg_l10n import bootstrap
from dpg_l10n.config import Settings
from dpg_l10n.domain.project import ProjectSpec
from dpg_l10n.ports import Store
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.export import ExportOptions, export
from dpg_l10n_cli import example, options, output
from dpg_l10n_cli.commands import coverage as coverage_command
from dpg_l10n_cli.commands import draft as draft_command
from dpg_l10n_cli.commands import export as export_command
from dpg_l10n_cli.commands import push as push_command


@click.command(
    epilog="""\b
Examples:
  dpg-l10n demo              our example: five formats, five languages
  dpg-l10n demo ~/src/app    a repository of yours; it is only read"""
)
@click.argument(
    "directory", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("demo-output"),
    show_default=True, help="Folder for the store and the files; replaced by the next demo.",
)  # fmt: skip
@click.option("--no-drafts", is_flag=True, help="Leave the drafts out (no models needed).")
@click.option("--limit", type=click.IntRange(1), metavar="N", default=200, show_default=True,
              help="Most drafts per language.")  # fmt: skip
def command(directory: Path | None, out: Path, no_drafts: bool, limit: int) -> int:
    """Show push, coverage, drafts, coverage again and export, step by step.

    Works without a network. The store and all files are written below --out; DIRECTORY is only
    read. Drafts come from your installed models, else from small ones that know a few phrases.
    """
    if out.exists() and not (out / "store.db").exists() and any(out.iterdir()):
        raise click.UsageError(f"{out} exists and was not made by a demo. Name another: --out")
    shutil.rmtree(out, ignore_errors=True)
    tree = directory or example.tree()
    spec = options.require_catalogues(options.load_spec(tree), tree)
    config = replace(options.configured(str(out / "store.db")), actor="demo")
    own = directory is None
    catalogues = output.counted(len(spec.catalogues), "catalogue")
    _say(f"dpg-l10n demo: {spec.name}, {catalogues} in {tree}")
    with bootstrap.open_store(config) as store, tempfile.TemporaryDirectory() as models:
        refused = _push(store, spec, tree, config)
        _coverage(store, spec, "2. Coverage: what people can read")
        if not no_drafts:
            _draft(store, spec, config, limit, Path(models))
            _coverage(store, spec, "4. Coverage again: drafts are shown, and never counted")
        _export(store, spec, out)
    _next(own=own, out=out)
    return 3 if refused and own else 0


def _push(store: Store, spec: ProjectSpec, tree: Path, config: Settings) -> int:
    _step("1. Push: take the catalogues in")
    report = example.take_in(store, spec, tree, config)
    push_command.show(report, spec, tree)
    return len(report.refused)


def _coverage(store: Store, spec: ProjectSpec, title: str) -> None:
    _step(title)
    coverage_command.show(coverage(store, spec.slug))


def _draft(store: Store, spec: ProjectSpec, config: Settings, limit: int, models: Path) -> None:
    _step("3. Draft: memory first, then the machine, both on this computer")
    with example.engine(config, models) as engine:
        asked = DraftOptions(limit=limit, actor="demo")
        report = draft(store, spec.slug, engine, bootstrap.clock(), asked)
    draft_command.show(report)
    if any(row.skipped + row.drafted >= limit for row in report.languages):
        output.note(f"A demo drafts at most {limit} strings per language: --limit changes that.")


def _export(store: Store, spec: ProjectSpec, out: Path) -> None:
    _step("5. Export: the same files back, and gettext with the drafts marked fuzzy")
    native = export(store, spec.slug, export_command.writer(out / "files"))
    marked = export(
        store,
        spec.slug,
        export_command.writer(out / "gettext-with-drafts"),
        ExportOptions(format="po", include_drafts=True),
    )
    same = sum(file.unchanged for file in native.files)
    click.echo(
        f"In their own formats, below {out / 'files'}: {output.counted(len(native.files), 'file')}, "
        f"{same} with exactly the bytes that came in."
    )
    gettext = output.counted(len(marked.files), "file")
    click.echo(f"As gettext, below {out / 'gettext-with-drafts'}: {gettext}.")
    example = next((file.path for file in marked.files), None)
    if example:
        click.echo(f"For example: {out / 'gettext-with-drafts' / example}")


def _next(*, own: bool, out: Path) -> None:
    _step("What to try next")
    name = _name()
    if own:
        click.echo(f"  {name} coverage path/to/your/repository    figures, nothing is stored")
        click.echo(f"  {name} demo path/to/your/repository        all of this on your own files")
    else:
        click.echo(f"  {name} init       write down what was found, to correct it")
        click.echo(f"  {name} check      see what the checks say, with file and line")
        click.echo(f"  {name} push       take it into your own store")
    click.echo(
        f"  {name} serve --store {out / 'store.db'}    review it in a browser, see its countries"
    )


def _name() -> str:
    """Return what a person types to run the console: after ``make demo`` it is in no ``PATH``."""
    script = Path(sys.argv[0])
    if shutil.which("dpg-l10n") or not script.is_file():
        return "dpg-l10n"
    here = Path.cwd()
    return str(script.relative_to(here) if script.is_relative_to(here) else script)


def _step(title: str) -> None:
    click.echo("\n" + output.style(title, bold=True, fg="cyan"))


def _say(text: str) -> None:
    click.echo(output.style(text, bold=True))
