"""Every kind of job and what does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dpg_l10n.errors import DpgL10nError, StoreUnavailableError
from dpg_l10n.ports.jobs import Job, Jobs, JobState, Task, Turn
from dpg_l10n.services.jobs.accept import accept_task
from dpg_l10n.services.jobs.draft import draft_task
from dpg_l10n.services.jobs.export import export_task
from dpg_l10n.services.jobs.imports import glossary_task, memory_task
from dpg_l10n.services.jobs.push import push_task
from dpg_l10n.services.jobs.report import report_task
from dpg_l10n.services.jobs.terms import terms_task
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.jobs.undo import undo_task
from dpg_l10n.services.jobs.webhook import webhook_task
from dpg_l10n.services.webhooks import announce

_TASKS = {
    "push": push_task,
    "draft": draft_task,
    "export": export_task,
    "accept": accept_task,
    "memory": memory_task,
    "glossary": glossary_task,
    "report": report_task,
    "terms": terms_task,
    "undo": undo_task,
    "webhook": webhook_task,
}


def tasks(tools: Tools) -> Mapping[str, Task]:
    """Return the task of each kind of job."""
    return {kind: task_of(kind, tools) for kind in _TASKS}


def task_of(kind: str, tools: Tools) -> Task:
    """Return the task of a kind of job, which tells those who asked for it how the job ended."""
    task = _TASKS[kind]

    def do(jobs: Jobs, job: Job, state: Any) -> Turn:
        try:
            turn = task(tools, jobs, job, state)
        except StoreUnavailableError:
            raise  # it is tried again
        except DpgL10nError as error:
            _tell(tools, jobs, job, JobState.FAILED, error.error_code)
            raise
        if turn.report is not None:
            _tell(tools, jobs, job, JobState.DONE, None)
        return turn

    return do


def _tell(tools: Tools, jobs: Jobs, job: Job, state: JobState, problem: str | None) -> None:
    if job.kind == "webhook":
        return  # a message about a message would never end
    said = {
        "project": job.project, "job": job.id, "kind": job.kind, "state": state.value,
        "problem": problem,
    }  # fmt: skip
    announce(tools.store, jobs, job.project, "job.ended", said, tools.clock, job.id)
