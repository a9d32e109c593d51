"""A file becomes a memory or a glossary, in a job: TMX has millions of units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any, BinaryIO, TypeVar, cast

from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services import glossaries, memory
from dpg_l10n.services.jobs.tools import Tools

T = TypeVar("T")
IMPORT = "import"
"""Name of the file among those of a job."""


def memory_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Take a memory in; a step that was cut off comes to the same when it is done again."""
    report = _taken_in(tools, jobs, job, memory.import_memory, memory.ImportOptions)
    return Turn(None, report.entries, report.entries, plain(report))


def glossary_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Take a glossary in; a step that was cut off comes to the same when it is done again."""
    report = _taken_in(tools, jobs, job, glossaries.import_glossary, glossaries.ImportOptions)
    return Turn(None, report.concepts, report.concepts, plain(report))


def _taken_in(
    tools: Tools, jobs: Jobs, job: Job, take: Callable[..., T], options: Callable[..., Any]
) -> T:
    """Return the report of an import of a job's file, which tells how far it is."""
    with _file(jobs, job) as file:
        return take(
            tools.store, file, job.arguments["path"], tools.clock, options(**job.arguments["options"]),
            lambda count: jobs.progress(job.id, count, count, tools.clock.now()),
        )  # fmt: skip


@contextmanager
def _file(jobs: Jobs, job: Job) -> Iterator[BinaryIO]:
    """Give the file of a job, at its beginning."""
    with TemporaryFile() as opened:
        file = cast(BinaryIO, opened)
        for portion in jobs.read_file(job.id, IMPORT):
            file.write(portion)
        file.seek(0)
        yield file
