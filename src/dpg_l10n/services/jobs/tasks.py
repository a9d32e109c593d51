"""Every kind of job and what does it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from dpg_l10n.ports.jobs import Task
from dpg_l10n.services.jobs.accept import accept_task
from dpg_l10n.services.jobs.draft import draft_task
from dpg_l10n.services.jobs.export import export_task
from dpg_l10n.services.jobs.memories import memory_task
from dpg_l10n.services.jobs.push import push_task
from dpg_l10n.services.jobs.tools import Tools

_TASKS = {
    "push": push_task,
    "draft": draft_task,
    "export": export_task,
    "accept": accept_task,
    "memory": memory_task,
}


def tasks(tools: Tools) -> Mapping[str, Task]:
    """Return the task of each kind of job."""
    return {kind: partial(task, tools) for kind, task in _TASKS.items()}
