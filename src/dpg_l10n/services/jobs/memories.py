"""A file becomes a memory, in a job: TMX has millions of units."""

from __future__ import annotations

from dataclasses import asdict
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports import Clock
from dpg_l10n.ports.jobs import Job, Jobs, NewJob, Turn
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.memory import ImportOptions, import_memory

_FILE = "memory"


def ask_memory(
    jobs: Jobs, file: BinaryIO, path: str, options: ImportOptions, clock: Clock, key: str = ""
) -> Job:
    """Ask for a file to become a memory; the job is of no project, so of those who see all.

    Args:
        jobs: Where to.
        file: TMX, or another format with sources and translations.
        path: Its name, by which formats are known.
        options: Name, licence, languages.
        clock: Gives the time.
        key: See :class:`dpg_l10n.ports.jobs.NewJob`.
    """
    arguments = {"path": path, "options": asdict(options)}
    new = NewJob("memory", "", options.actor, arguments, key)
    return jobs.enqueue(new, clock.now(), {_FILE: file})[0]


def memory_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Take the file in; a step that was cut off comes to the same when it is done again."""
    with TemporaryFile() as opened:
        file = cast(BinaryIO, opened)
        for portion in jobs.read_file(job.id, _FILE):
            file.write(portion)
        file.seek(0)

        def tell(entries: int) -> None:
            jobs.progress(job.id, entries, entries, tools.clock.now())

        report = import_memory(
            tools.store, file, job.arguments["path"], tools.clock,
            ImportOptions(**job.arguments["options"]), tell,
        )  # fmt: skip
    return Turn(None, report.entries, report.entries, plain(report))
