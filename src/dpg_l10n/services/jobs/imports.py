"""A file becomes a memory or a glossary, in a job: TMX has millions of units."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services import glossaries, memory
from dpg_l10n.services.jobs.tools import Tools

IMPORT = "import"
"""Name of the file among those of a job."""


def memory_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Take a memory in; a step that was cut off comes to the same when it is done again."""
    with _file(jobs, job) as file:
        report = memory.import_memory(
            tools.store, file, job.arguments["path"], tools.clock,
            memory.ImportOptions(**job.arguments["options"]),
            lambda entries: jobs.progress(job.id, entries, entries, tools.clock.now()),
        )  # fmt: skip
    return Turn(None, report.entries, report.entries, plain(report))


def glossary_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Take a glossary in; a step that was cut off comes to the same when it is done again."""
    with _file(jobs, job) as file:
        report = glossaries.import_glossary(
            tools.store, file, job.arguments["path"], tools.clock,
            glossaries.ImportOptions(**job.arguments["options"]),
            lambda concepts: jobs.progress(job.id, concepts, concepts, tools.clock.now()),
        )  # fmt: skip
    return Turn(None, report.concepts, report.concepts, plain(report))


@contextmanager
def _file(jobs: Jobs, job: Job) -> Iterator[BinaryIO]:
    """Give the file of a job, at its beginning."""
    with TemporaryFile() as opened:
        file = cast(BinaryIO, opened)
        for portion in jobs.read_file(job.id, IMPORT):
            file.write(portion)
        file.seek(0)
        yield file
