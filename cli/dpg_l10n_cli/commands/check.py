"""``dpg-l10n check``: what the checks say of a working tree."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n.domain.findings import Severity
from dpg_l10n.interchange.findings import REPORTS
from dpg_l10n.services.checking import check
from dpg_l10n_cli import options, output


@click.command(
    epilog="""\b
Examples:
  dpg-l10n check                          the repository you are in
  dpg-l10n check locale/fr --format json  only files below a folder
  dpg-l10n check --format github          annotations in a pull request"""
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(REPORTS)), default="text", show_default=True,
    help="How the findings are written.",
)  # fmt: skip
@options.language_option
@click.option("--errors", is_flag=True, help="Show errors only.")
@click.option("--glossary", "glossaries", multiple=True, metavar="FILE",
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Ask for the words of this glossary (CSV or TBX) too; may be given several "
              "times.")  # fmt: skip
@options.json_option
def command(
    paths: tuple[Path, ...], form: str, languages: tuple[str, ...], errors: bool,
    glossaries: tuple[Path, ...], as_json: bool,
) -> int:  # fmt: skip
    """Check the translations of a repository: placeholders, plurals, markup, numbers, edges.

    PATHS are files or folders of one repository; its root is the first folder above them that has
    a dpg-l10n.toml or is a checkout. Exit code 1 when there is an error; warnings only ask.
    """
    root = options.root_of(paths)
    spec = options.require_catalogues(options.load_spec(root), root)
    wanted = [path.resolve() for path in paths]
    report = check(
        spec,
        options.reader(root, options.configured(None)),
        languages=languages,
        wanted=lambda path: options.is_below(root / path, wanted),
        glossaries=[(str(path), path.read_bytes()) for path in glossaries],
    )
    shown = [
        found for found in report.findings if not errors or found.finding.severity is Severity.ERROR
    ]
    click.echo(REPORTS["json" if as_json else form](shown, report.checked), nl=False)
    if not as_json and form == "text" and not shown:
        output.note("Nothing to correct.")
    if report.unfinished:
        marked = output.counted(report.unfinished, "text")
        output.note(f"Left out: {marked} that need work (fuzzy), which programs do not show.")
    return 1 if report.count(Severity.ERROR) else 0
