"""``dpg-l10n export`` (alias ``pull``): write translated files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile

import click

from dpg_l10n import bootstrap
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.plain import plain
from dpg_l10n.services.export import ExportOptions, export
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.export_exchange import EXCHANGE
from dpg_l10n.services.files import write_whole
from dpg_l10n.services.overwriting import says_more
from dpg_l10n.services.releases import NewRelease
from dpg_l10n.services.releases import release as make_release
from dpg_l10n.services.reports import ExportReport
from dpg_l10n.services.telling import told
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import Server, as_type, chosen
from dpg_l10n_cli.telling import tell


@click.command(
    epilog="""\b
Examples:
  dpg-l10n export --out .                      back into the repository you are in
  dpg-l10n export -p app --out build -l sw     one language
  dpg-l10n export -p app --out build --format mo
  dpg-l10n export -p app --out build --release v1.4.0"""
)
@options.project_option
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="Folder that the files are written below.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["native", "po", "mo", *EXCHANGE]), default="native",
    help="Each catalogue's own format, gettext, or one to exchange with others. [default: native]",
)  # fmt: skip
@options.language_option
@click.option(
    "--only", type=click.Choice(["reviewed", "translated"]),
    help="Leave out texts below this state. [default: all that people wrote]",
)  # fmt: skip
@click.option("--include-drafts", is_flag=True, help="Machine drafts too, marked where possible.")
@click.option("--release", metavar="NAME",
              help="Make it a release of this name: only where the gate passes, and remembered.")  # fmt: skip
@options.store_option
@options.server_option
@options.json_option
def command(
    project: str | None,
    out: Path,
    form: str,
    languages: tuple[str, ...],
    only: str | None,
    include_drafts: bool,
    release: str | None,
    store: str | None,
    server: str | None,
    as_json: bool,
) -> int:
    """Write the translated files of a project below OUT.

    A file of which nothing changed has exactly the bytes that were pushed. Drafts stay out unless
    you ask for them by name.
    """
    asked = ExportOptions(form, languages, Only(only) if only else None, include_drafts)
    service = chosen(server, store, Path.cwd())
    slug = options.slug_of(project)
    files: dict[str, bytes] = {}
    if service is not None:
        report = _export_from(service, slug, asked, files.__setitem__, release)
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            if release is None:
                report = export(opened, slug, files.__setitem__, asked)
            else:
                new = NewRelease(release, config.actor)
                take, clock = files.__setitem__, bootstrap.clock()
                report = make_release(opened, slug, new, take, asked, clock)
                tell(config, opened, slug, "release.made", told(plain(report)))
    kept = _write(out, files, report)
    if as_json:
        output.print_json(report)
    else:
        show(report, out, languages, len(kept))
    for path in kept:
        output.note(
            f"{path} was not written: the file that is there was in no push, and has texts that the "
            "store has not. Push it first, or take it away.",
        )
    return 5 if kept else 0


def _write(out: Path, files: Mapping[str, bytes], report: ExportReport) -> list[str]:
    """Write what an export made, and return the files that were left for what they say."""
    begun = {file.path for file in report.files if file.begun}
    write, kept = writer(out), []
    for path, data in files.items():
        there = out / path
        if path in begun and there.is_file() and says_more(path, there.read_bytes(), data):
            kept.append(path)
        else:
            write(path, data)
    return kept


def _export_from(
    server: Server,
    slug: str,
    asked: ExportOptions,
    write: Callable[[str, bytes], None],
    release: str | None,
) -> ExportReport:
    """Let a service export, write the files of its archive and return its report."""
    body = {
        "format": asked.format,
        "languages": asked.languages,
        "only": asked.only.value if asked.only else None,
        "include_drafts": asked.include_drafts,
        **({"release": release} if release else {}),
    }
    job = server.ask(f"/projects/{slug}/exports", body)
    with TemporaryFile() as file:
        server.download(f"/jobs/{job['id']}/file", file)
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                write(name, archive.read(name))
    report: ExportReport = as_type(ExportReport, job["report"])
    return report


def writer(out: Path) -> Callable[[str, bytes], None]:
    """Return a function that writes files below a folder, each of them whole or not at all."""

    def write(path: str, data: bytes) -> None:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts:
            raise UsageError(N_("{path} leaves the output folder."), path=path)
        write_whole(out / pure, data)

    return write


def show(report: ExportReport, out: Path, asked: tuple[str, ...] = (), left: int = 0) -> None:
    """Print an export report for a person.

    Args:
        report: What was made.
        out: Folder that it was written below.
        asked: Languages that were asked for, empty for all.
        left: How many of the files were not written.
    """
    heads = ("File", "Language", "Units", "Bytes", "Same bytes as pushed")
    rows = [(f.path, f.language, f.units, f.bytes, f.unchanged) for f in report.files]
    click.echo(output.table(heads, rows, left=2))
    for file in report.files:
        if file.replaces:
            output.note(
                f"{file.path} takes the place of {file.replaces}, which is an older format."
            )
        along = [tag for tag in file.languages if asked and tag not in asked]
        if along:
            output.note(f"{file.path} is one file with others: {', '.join(along)} came along.")
    place = out.resolve() if out == Path() else out
    output.note(f"{output.counted(len(report.files) - left, 'file')} written below {place}.")
    if report.release:
        output.note(f"The store remembers what they hold as release {report.release}.")
