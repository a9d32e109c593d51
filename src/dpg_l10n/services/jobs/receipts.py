"""Work of one transaction in a job: done once, although its worker may die right after it."""

from __future__ import annotations

from typing import Any

from dpg_l10n.interchange.plain import plain
from dpg_l10n.ports.jobs import Job, Jobs
from dpg_l10n.services.jobs.tools import Tools

_SECONDS_OF_AN_ACTION = 3600
"""Longest time from the beginning of an action, which it has, to its end."""


def note_receipt(tools: Tools, jobs: Jobs, job: Job, report: Any) -> None:
    """Keep the report of an action with its job, right before the action is made to last."""
    jobs.note(job.id, {"at": tools.clock.now(), **plain(report)})


def done_before(tools: Tools, job: Job, kind: str) -> Any:
    """Return the report that was noted, where the store has the action that it is of.

    Where the action was not made to last the store has none of this number, or one of somebody
    else.

    Args:
        tools: The store.
        job: Whose note.
        kind: Of the action.
    """
    if job.note is None:
        return None
    with tools.store.read() as uow:
        project = uow.projects.get(job.project)
        action = uow.past.action(project.id, job.note["id"]) if project else None
    same = action is not None and (action.kind, action.actor) == (kind, job.actor)
    if action is None or not same or abs(action.at - job.note["at"]) > _SECONDS_OF_AN_ACTION:
        return None
    return {key: value for key, value in job.note.items() if key != "at"}
