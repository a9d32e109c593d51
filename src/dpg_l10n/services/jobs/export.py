"""Export into one archive, which is kept with its job until that is forgotten."""

from __future__ import annotations

import zipfile
from tempfile import TemporaryFile
from typing import Any

from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services.export import ExportOptions, export
from dpg_l10n.services.export_entries import Only
from dpg_l10n.services.jobs.tools import Tools

EXPORT = "export.zip"
"""Name of the file that an export leaves."""
_WHEN = (1980, 1, 1, 0, 0, 0)
"""Of every file: the same texts make the same archive."""


def export_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Write the files of a project into an archive."""
    asked = job.arguments
    options = ExportOptions(
        asked["format"], tuple(asked["languages"]), Only(asked["only"]) if asked["only"] else None,
        asked["include_drafts"],
    )  # fmt: skip
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

            def write(path: str, data: bytes) -> None:
                member = zipfile.ZipInfo(path, _WHEN)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.external_attr = 0o644 << 16
                archive.writestr(member, data)

            report = export(tools.store, job.project, write, options)
        jobs.write_file(job.id, EXPORT, file)
    return Turn(None, len(report.files), len(report.files), plain(report))
