"""Long work, step by step: what the doors ask for, and the tasks that a worker does."""

from dpg_l10n.services.jobs.archive import RESULT
from dpg_l10n.services.jobs.ask import (
    ask_accept,
    ask_draft,
    ask_export,
    ask_glossary,
    ask_memory,
    ask_push,
    ask_report,
    ask_terms,
    ask_undo,
    find_job,
)
from dpg_l10n.services.jobs.pack import pack
from dpg_l10n.services.jobs.push import push_archive
from dpg_l10n.services.jobs.report import About, ReportOptions
from dpg_l10n.services.jobs.tasks import tasks
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.jobs.upload import UPLOAD, Limits

__all__ = [
    "RESULT", "UPLOAD", "About", "Limits", "ReportOptions", "Tools", "ask_accept", "ask_draft", "ask_export",
    "ask_glossary", "ask_memory", "ask_push", "ask_report", "ask_terms", "ask_undo", "find_job", "pack", "push_archive", "tasks",
]  # fmt: skip
