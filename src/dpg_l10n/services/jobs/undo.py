"""Undo of a push or a bulk accept, in a job: a push may have written hundreds of thousands of texts."""

from __future__ import annotations

from typing import Any

from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services.jobs.receipts import done_before, note_receipt
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.undo import undo


def undo_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Take back what a job names; what was taken back and cut off afterwards is not done again."""
    done = done_before(tools, job, "undo")
    if done is None:
        done = plain(
            undo(
                tools.store, job.project, job.arguments["id"], tools.clock, actor=job.actor,
                dry_run=job.arguments["dry_run"],
                receipt=lambda report: note_receipt(tools, jobs, job, report),
            )
        )  # fmt: skip
    return Turn(None, 1, 1, done)
