"""Acceptance of many texts, as one action that can be undone."""

from __future__ import annotations

from typing import Any

from dpg_l10n.domain import query
from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs, Turn
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.queue import accept_all


def accept_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Accept what a query asks for; what was accepted before a crash stays so and is not counted."""
    report = accept_all(
        tools.store, job.project, job.arguments["language"], query.parse(job.arguments["q"]),
        job.actor, tools.clock,
    )  # fmt: skip
    looked = report.accepted + sum(report.skipped.values())
    return Turn(None, looked, looked, plain(report))
