"""Export into one archive, which is kept with its job until that is forgotten."""

from __future__ import annotations

import zipfile
from tempfile import TemporaryFile
from typing import Any

from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services.export import ExportOptions, export
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.jobs.archive import RESULT, add_file
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.releases import NewRelease, is_made, release
from dpg_l10n.services.reports import ExportReport
from dpg_l10n.services.telling import told
from dpg_l10n.services.webhooks import announce


def export_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Write the files of a project into an archive."""
    asked = job.arguments
    options = ExportOptions(
        asked["format"], tuple(asked["languages"]), Only(asked["only"]) if asked["only"] else None,
        asked["include_drafts"],
    )  # fmt: skip
    new = NewRelease(asked["release"], job.actor, job.id) if asked.get("release") else None
    if new is not None and is_made(tools.store, job.project, new):
        # the worker died after the release was remembered: its archive and report are kept
        said = job.note
    else:
        said = plain(_write(tools, jobs, job, options, new))
    if new is not None:
        announce(tools.store, jobs, job.project, "release.made", told(said), tools.clock, new.name)
    return Turn(None, len(said["files"]), len(said["files"]), said)


def _write(
    tools: Tools, jobs: Jobs, job: Job, options: ExportOptions, new: NewRelease | None
) -> ExportReport:
    """Write the archive of a job and return the report."""
    with TemporaryFile() as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

        def write(path: str, data: bytes) -> None:
            add_file(archive, path, data)

        def keep(report: ExportReport) -> None:
            archive.close()
            jobs.write_file(job.id, RESULT, file)
            jobs.note(job.id, plain(report))

        if new is not None:
            return release(tools.store, job.project, new, write, options, tools.clock, keep)
        report = export(tools.store, job.project, write, options)
        keep(report)
        return report
