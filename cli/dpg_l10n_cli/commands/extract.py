"""``dpg-l10n extract``: the messages of code as a gettext template."""

from __future__ import annotations

from pathlib import Path

import click

from dpg_l10n.errors import InputError
from dpg_l10n.i18n import N_
from dpg_l10n.services.discovery import list_files
from dpg_l10n.services.extraction import TAGS, ExtractReport, extract
from dpg_l10n.services.files import read_limited, write_whole
from dpg_l10n_cli import options, output


@click.command(
    epilog="""\b
Examples:
  dpg-l10n extract src -o locale/messages.pot
  dpg-l10n extract app.py templates -o app.pot --keyword tr --comment "For translators:"
  dpg-l10n extract . -o messages.pot --check     exit 1 when the template is out of date"""
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", "target", required=True, metavar="FILE",
              type=click.Path(dir_okay=False, path_type=Path), help="Template to write or bring up to date.")  # fmt: skip
@click.option("-k", "--keyword", "keywords", multiple=True, metavar="NAME",
              help="Another function that marks messages: tr, tr:1,2 (plural), tr:1c,2 (context); "
              "may be given several times.")  # fmt: skip
@click.option("-c", "--comment", "tags", multiple=True, metavar="TEXT",
              help="How comments for translators begin; may be given several times. "
              f"[default: {', '.join(TAGS)}]")  # fmt: skip
@click.option("--keep-going", is_flag=True, help="Leave out files that cannot be read as code.")
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit 1 when it would change."
)
@options.json_option
def command(
    sources: tuple[Path, ...], target: Path, keywords: tuple[str, ...], tags: tuple[str, ...],
    keep_going: bool, only_check: bool, as_json: bool,
) -> int:  # fmt: skip
    """Collect the messages of SOURCES (files and folders) into a gettext template.

    Read are Python, JavaScript, TypeScript and Jinja templates, with Babel's extractors; what else
    looks like code is counted and named. The header and the comments of a template that exists stay.
    """
    most = options.configured(None).max_file_bytes
    before = read_limited(target, most, str(target)) if target.exists() else None
    data, report = extract(
        _files(sources, target), lambda path: read_limited(Path(path), most, path), before,
        keywords=keywords, tags=tags or TAGS, keep_going=keep_going,
    )  # fmt: skip
    if not report.files:
        raise InputError(
            N_("No code that can be read is in {paths}. Read are .py, .js, .ts and Jinja templates."),
            code="input.code", paths=", ".join(map(str, sources)),
        )  # fmt: skip
    changed = data != before
    if changed and not only_check:
        write_whole(target, data)
    if as_json:
        output.print_json(report)
    else:
        show(report, target, changed=changed, written=not only_check)
    return 1 if changed and only_check else 0


def _files(sources: tuple[Path, ...], target: Path) -> list[str]:
    """Return the files that were named and those of the folders, each once, in order."""
    found: dict[str, None] = {}
    for source in sources:
        names = (
            sorted((source / name).as_posix() for name in list_files(source))
            if source.is_dir()
            else [source.as_posix()]
        )
        found.update(dict.fromkeys(name for name in names if Path(name) != target))
    return list(found)


def show(report: ExtractReport, target: Path, *, changed: bool, written: bool) -> None:
    """Print what was collected for a person."""
    what = output.counted(report.messages, "message")
    where = f"{output.counted(report.places, 'place')} of {output.counted(report.files, 'file')}"
    click.echo(f"{target}: {what} from {where}; {report.added:,} new, {report.removed:,} gone.")
    if not changed:
        output.note("It was up to date.")
    elif not written:
        output.note("It is out of date; nothing was written.")
    for each in report.unread:
        count = output.counted(each.files, "file")
        output.note(f"not read: {count} ({each.kind}), such as {each.example}: {each.why}")
