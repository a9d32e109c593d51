"""One message of a webhook; when it is not taken, the next try is a job of its own, later."""

from __future__ import annotations

from typing import Any

from dpg_l10n import __version__
from dpg_l10n.domain.webhooks import PAUSES_S, Webhook, signature
from dpg_l10n.errors import UnavailableError
from dpg_l10n.ports.jobs import Job, Jobs, NewJob, Turn
from dpg_l10n.services.jobs.tools import Tools
from dpg_l10n.services.webhooks import lane

_GONE = 410


def webhook_task(tools: Tools, jobs: Jobs, job: Job, _state: Any) -> Turn:
    """Send the message of a job to its webhook.

    The report says what the receiver answered, and when the next try is; a message that is sent
    again after a crash has the same number, by which a receiver knows it.
    """
    hook = _hook(tools, job)
    if hook is None or hook.gone:
        return _report(job, None, "the webhook is gone", None)
    status, fault = None, ""
    try:
        status = _send(tools, hook, job)
    except UnavailableError as error:
        fault = str(error)
    if status is not None and 200 <= status < 300:
        return _report(job, status, "", None)
    if status == _GONE:
        with tools.store.write() as uow:
            uow.webhooks.mark_gone(hook.id)
            uow.commit()
        return _report(job, status, "the receiver is gone for good", None)
    return _report(job, status, fault or "not taken", _again(tools, jobs, job))


def _hook(tools: Tools, job: Job) -> Webhook | None:
    with tools.store.read() as uow:
        project = uow.projects.get(job.project)
        known = uow.webhooks.list(project.id) if project else ()
    return next((each for each in known if each.id == job.arguments["webhook"]), None)


def _send(tools: Tools, hook: Webhook, job: Job) -> int:
    message, now = job.arguments["message"], tools.clock.now()
    body = job.arguments["body"].encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"dpg-l10n/{__version__}",
        "webhook-id": message,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(hook.secret, message, now, body),
    }
    return tools.deliver(hook.url, headers, body)


def _again(tools: Tools, jobs: Jobs, job: Job) -> int | None:
    """Ask for the next try; return when it is, None when there is none any more."""
    attempt = job.arguments["attempt"]
    if attempt > len(PAUSES_S):
        return None
    due = tools.clock.now() + PAUSES_S[attempt - 1]
    arguments = {**job.arguments, "attempt": attempt + 1}
    # the key makes a step that is done again ask for the same try
    key = f"{job.arguments['message']} {attempt + 1}"
    waits_for = lane(arguments["webhook"])
    again = NewJob("webhook", job.project, job.actor, arguments, key, due, waits_for)
    jobs.enqueue(again, tools.clock.now())
    return due


def _report(job: Job, status: int | None, fault: str, due: int | None) -> Turn:
    said = {
        "event": job.arguments["event"], "webhook": job.arguments["webhook"],
        "message": job.arguments["message"], "attempt": job.arguments["attempt"],
        "status": status, "fault": fault, "next": due,
    }  # fmt: skip
    return Turn(None, 1, 1, said)
