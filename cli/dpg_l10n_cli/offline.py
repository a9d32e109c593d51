"""``dpg-l10n review package`` and ``return``: work without a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dpg_l10n import bootstrap
from dpg_l10n.domain.query import parse
from dpg_l10n.services.queue import Task
from dpg_l10n_cli import options, output
from dpg_l10n_cli.server import Server, chosen, problem_error

if TYPE_CHECKING:
    from dpg_l10n.services.offline import Asked, Brought, Line, Taken

_KINDS = {"po": ".po", "xliff": ".xlf", "xlsx": ".xlsx"}


@click.command("package")
@options.project_option
@click.option("--language", "-l", required=True, type=options.Language(), metavar="CODE",
              help="Language, as sw, pt-BR or uz-Latn.")  # fmt: skip
@click.option("--format", "kind", type=click.Choice([*_KINDS]),
              help="Format of the file. [default: by the name of --out, else po]")  # fmt: skip
@click.option("--out", "-o", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="File to write. [default: PROJECT.LANGUAGE.po, .xlf or .xlsx]")  # fmt: skip
@click.option("--task", type=click.Choice([task.value for task in Task]), default="translate",
              show_default=True, help="What your queue is for, where there is no QUERY.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), metavar="N", default=200, show_default=True,
              help="Most strings.")  # fmt: skip
@click.option("--days", type=click.IntRange(1), metavar="N", default=7, show_default=True,
              help="Days for which nobody else gets them.")  # fmt: skip
@options.store_option
@options.server_option
@options.json_option
@click.argument("query", nargs=-1)
def package_command(
    project: str | None, language: str, kind: str | None, out: Path | None, task: str, limit: int,
    days: int, store: str | None, server: str | None, as_json: bool, query: tuple[str, ...],
) -> int:  # fmt: skip
    """Take strings out into a file, to work on them without a line.

    QUERY says which, as: state:missing catalogue:app; without one it is your own queue. Bring the
    file back with “dpg-l10n review return”.
    """
    from dpg_l10n.services.offline import Asked, take

    found = next((name for name, end in _KINDS.items() if out and out.suffix == end), "po")
    wanted = parse(" ".join(query)) if query else None
    asked = Asked(kind or found, wanted, Task(task), limit, days)
    service, slug = chosen(server, store, Path.cwd()), options.slug_of(project)
    if service is not None:
        taken = _taken(service, slug, language, asked, " ".join(query) if query else None)
    else:
        config = options.configured(store)
        with bootstrap.open_store(config) as opened:
            taken = take(opened, slug, language, asked, config.actor, bootstrap.clock())
    path = out or Path(taken.name)
    if taken.units:
        path.write_bytes(taken.data)
    if as_json:
        output.print_json({
            "project": slug, "language": language, "path": str(path) if taken.units else None,
            "units": taken.units, "busy": taken.busy, "left_out": taken.left_out,
            "until": taken.until,
        })  # fmt: skip
        return 0
    if taken.units:
        click.echo(path)
        output.note(f"{output.counted(taken.units, 'string')}, kept for you for {days} days.")
    else:
        output.note("Nothing to work on.")
    if taken.busy:
        output.note(f"{output.counted(taken.busy, 'string')} left out: somebody else has them.")
    for key in taken.left_out:
        output.note(f"Left out: {key}: this format cannot hold it. Try another one.")
    return 0


@click.command("return")
@options.project_option
@click.option("--language", "-l", type=options.Language(), metavar="CODE",
              help="Language that the file must be in. [default: what it says]")  # fmt: skip
@options.store_option
@options.server_option
@options.json_option
@click.argument("file", type=click.Path(path_type=Path))
def return_command(
    project: str | None, language: str | None, store: str | None, server: str | None, as_json: bool,
    file: Path,
) -> int:  # fmt: skip
    """Bring a FILE of “dpg-l10n review package” back: PO, XLIFF, XLSX, or CSV of the latter.

    What you wrote is translated then. What somebody else changed meanwhile stays, and your text is
    kept as a suggestion. A file that is brought twice is written once.
    """
    from dpg_l10n.services.files import read_limited
    from dpg_l10n.services.offline import bring_back, language_of

    config = options.configured(store)
    data = read_limited(file, config.max_file_bytes, str(file))
    service, slug = chosen(server, store, Path.cwd()), options.slug_of(project)
    if service is not None:
        place = f"/projects/{slug}/packages/{language or language_of(data)}"
        done = _brought(service.bring(place, data))
    else:
        with bootstrap.open_store(config) as opened:
            done = bring_back(opened, slug, language, data, config.actor, bootstrap.clock())
    if as_json:
        output.print_json(_report(done))
        return 5 if done.suggested else 3 if done.refused else 0
    counts = {
        "written": done.written, "accepted as they were": done.confirmed,
        "marked as needing work": done.doubted, "unchanged": done.unchanged,
        "empty": done.empty, "known already": done.known,
    }  # fmt: skip
    click.echo(", ".join(f"{number:,} {what}" for what, number in counts.items() if number) + ".")
    if done.errors:
        output.note(f"The checks find errors in {output.counted(done.errors, 'text')}: "
                    "dpg-l10n review list check:error")  # fmt: skip
    for line in (*done.suggested, *done.refused):
        output.note(f"{file}:{line.place}: {line.error} [{line.error.error_code}]")
    return 5 if done.suggested else 3 if done.refused else 0


def _taken(service: Server, slug: str, language: str, asked: Asked, query: str | None) -> Taken:
    """Let a service take strings out."""
    from dpg_l10n.services.offline import Taken

    body = {
        "format": asked.format, "q": query, "task": asked.task.value, "limit": asked.limit,
        "days": asked.days,
    }  # fmt: skip
    data, told = service.package(f"/projects/{slug}/packages/{language}", body)
    name = f"{slug}.{language}{_KINDS[asked.format]}"
    return Taken(
        name, "", data, told["units"], told["until"], told["busy"], tuple(told["left_out"])
    )


def _brought(said: dict[str, Any]) -> Brought:
    """Return what became of the strings that a service was brought."""
    from dpg_l10n.services.offline import Brought, Line

    def lines(found: list[dict[str, Any]]) -> tuple[Line, ...]:
        return tuple(
            Line(each["place"], each["unit"], each["key"], problem_error(each["problem"]))
            for each in found
        )

    return Brought(
        **{**said, "suggested": lines(said["suggested"]), "refused": lines(said["refused"])}
    )


def _report(done: Any) -> dict[str, Any]:
    def lines(found: Any) -> list[dict[str, Any]]:
        return [
            {"place": line.place, "unit": line.unit, "key": line.key,
             "code": line.error.error_code, "message": str(line.error)}
            for line in found
        ]  # fmt: skip

    names = ("project", "language", "written", "confirmed", "doubted", "unchanged", "empty",
             "known", "errors")  # fmt: skip
    counts = {name: getattr(done, name) for name in names}
    return {**counts, "suggested": lines(done.suggested), "refused": lines(done.refused)}
