"""Push of an uploaded archive: the same as from a working tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from dpg_l10n.domain.merge import OnConflict
from dpg_l10n.domain.states import State
from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services.files import read_limited
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.jobs.receipts import done_before, note_receipt
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.jobs.upload import DIGEST, UPLOAD, unpacked
from dpg_l10n.services.projectfile import load
from dpg_l10n.services.reports import PushReport
from dpg_l10n.services.telling import low, tell_push


def as_arguments(options: PushOptions) -> dict[str, Any]:
    """Return options as JSON values."""
    found: dict[str, Any] = plain(asdict(options))
    return found


def _options(arguments: Any) -> PushOptions:
    known = {name: value for name, value in arguments.items() if name != DIGEST}
    known["accept_as"] = State(known["accept_as"])
    known["on_conflict"] = OnConflict(known["on_conflict"])
    return PushOptions(**known)


def push_archive(
    tools: Tools,
    project: str,
    file: BinaryIO,
    options: PushOptions,
    receipt: Callable[[PushReport], None] = lambda _report: None,
) -> PushReport:
    """Take the files of an archive into the store.

    The archive is a working tree: its dpg-l10n.toml says where the catalogues are, else they are
    found.

    Args:
        tools: The store, the clock and the limits.
        project: Slug in the store, whatever the archive calls itself.
        file: The archive.
        options: How the push is meant.
        receipt: See :func:`dpg_l10n.services.ingest.push`.

    Raises:
        InputError: The archive cannot be used, or a file of it.
        UsageError: ``usage.no_catalogue``: there is no catalogue in it.
    """
    with unpacked(file, tools.limits) as folder:
        spec = load(folder)
        if not spec.catalogues:
            seen = "; ".join(f"{each.path}: {each.message}" for each in spec.problems[:3])
            raise UsageError(
                N_("No catalogue was found in the upload. {seen}"),
                code="usage.no_catalogue", seen=seen,
            )  # fmt: skip
        return push(
            tools.store, replace(spec, slug=project), _reader(folder, tools.limits.file_bytes),
            tools.clock, options, receipt=receipt,
        )  # fmt: skip


def _reader(folder: Path, most: int) -> Callable[[str], bytes]:
    return lambda path: read_limited(folder / path, most, path)


def push_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Push the archive of a job; one that was done and cut off afterwards is not done again."""
    done = done_before(tools, job, "push")
    before = low(tools.store, job.project)
    if done is None:
        with TemporaryFile() as file:
            for data in jobs.read_file(job.id, UPLOAD):
                file.write(data)
            file.seek(0)
            done = plain(
                push_archive(
                    tools, job.project, file, _options(job.arguments),
                    lambda report: note_receipt(tools, jobs, job, report),
                )
            )  # fmt: skip
    tell_push(tools.store, jobs, done, before, tools.clock)
    return Turn(None, 1, 1, done)
