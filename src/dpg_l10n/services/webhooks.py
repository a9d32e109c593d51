"""Webhooks: who is told what of a project. Each message is a job, tried again until it is taken."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from dpg_l10n.domain.release import Release
from dpg_l10n.domain.webhooks import EVENTS, TEST, Webhook, check_url, secret_of
from dpg_l10n.errors import ConflictError, NotFoundError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store
from dpg_l10n.ports.jobs import Job, Jobs, NewJob
from dpg_l10n.services.reading import UnitView

MOST = 20
"""Webhooks of a project."""


def webhooks(store: Store, slug: str) -> tuple[Webhook, ...]:
    """Return the webhooks of a project, oldest first.

    Raises:
        NotFoundError: There is no such project.
    """
    with store.read() as uow:
        return uow.webhooks.list(uow.projects.require(slug).id)


def add_webhook(
    store: Store, slug: str, url: str, events: Sequence[str], actor: str, clock: Clock, *,
    inside: bool,
) -> Webhook:  # fmt: skip
    """Make a webhook; its secret is to be shown this once.

    Args:
        store: Where.
        slug: Project.
        url: Address of the receiver.
        events: Some of :data:`~dpg_l10n.domain.webhooks.EVENTS`.
        actor: Pseudonym.
        clock: Gives the time.
        inside: True where the operator allows private addresses.

    Raises:
        NotFoundError: There is no such project.
        UsageError: ``webhook.url``, ``webhook.event``: the address or an event cannot be meant.
        ConflictError: ``webhook.many``: the project has as many as it may have.
    """
    check_url(url, inside=inside)
    unknown = [event for event in events if event not in EVENTS]
    if unknown or not events:
        raise UsageError(
            N_("A webhook asks for some of: {known}. “{event}” is none of them."),
            code="webhook.event", known=", ".join(EVENTS), event=", ".join(unknown),
        )  # fmt: skip
    with store.write() as uow:
        project = uow.projects.require(slug)
        if len(uow.webhooks.list(project.id)) >= MOST:
            raise ConflictError(
                N_("The project has {most} webhooks, and may have no more."),
                code="webhook.many", most=MOST,
            )  # fmt: skip
        asked = tuple(event for event in EVENTS if event in events)
        new = Webhook(0, url, asked, actor, clock.now(), secret_of(secrets.token_bytes(32)))
        made = uow.webhooks.add(project.id, new)
        uow.accounts.audit(clock.now(), actor, "webhook.make", slug, f"{made.id} {','.join(asked)}")
        uow.commit()
        return made


def remove_webhook(store: Store, slug: str, webhook_id: int, actor: str, clock: Clock) -> None:
    """Take a webhook away; what is on its way to it is not sent any more.

    Raises:
        NotFoundError: There is no such project or webhook.
    """
    with store.write() as uow:
        project = uow.projects.require(slug)
        _known(uow.webhooks.list(project.id), webhook_id)
        uow.webhooks.remove(webhook_id)
        uow.accounts.audit(clock.now(), actor, "webhook.remove", slug, str(webhook_id))
        uow.commit()


def try_webhook(
    store: Store, jobs: Jobs, slug: str, webhook_id: int, actor: str, clock: Clock
) -> Job:
    """Send a message to a webhook that says nothing; return its job.

    Raises:
        NotFoundError: There is no such project or webhook.
    """
    hook = _known(webhooks(store, slug), webhook_id)
    return _enqueue(jobs, slug, hook, TEST, {"project": slug}, clock, actor, "")


def announce(
    store: Store, jobs: Jobs, slug: str, event: str, data: Mapping[str, Any], clock: Clock,
    key: str = "",
) -> tuple[Job, ...]:  # fmt: skip
    """Tell those who asked for it that something happened; nobody did where this returns nothing.

    Args:
        store: Has the webhooks.
        jobs: Where the messages go.
        slug: Project.
        event: One of :data:`~dpg_l10n.domain.webhooks.EVENTS`.
        data: JSON values; no text that people wrote, and no pseudonym.
        clock: Gives the time.
        key: The same key is the same event: told once.
    """
    with store.read() as uow:
        listening = uow.webhooks.listening(slug, event)
    return tuple(
        _enqueue(jobs, slug, hook, event, data, clock, hook.actor, key) for hook in listening
    )


def listened(store: Store, slug: str) -> bool:
    """Tell whether a project has webhooks; one that is not there has none."""
    with store.read() as uow:
        project = uow.projects.get(slug)
        return bool(project and uow.webhooks.list(project.id))


def withdrawn(view: UnitView, slug: str, releases: Sequence[Release]) -> dict[str, Any]:
    """Return what is told of a text that was withdrawn: where it stood, and not what it said."""
    return {
        "project": slug, "unit": view.unit.id, "catalogue": view.catalogue, "key": view.unit.key,
        "language": view.language, "releases": [each.name for each in releases],
    }  # fmt: skip


def _enqueue(
    jobs: Jobs, slug: str, hook: Webhook, event: str, data: Mapping[str, Any], clock: Clock,
    actor: str, key: str,
) -> Job:  # fmt: skip
    now = clock.now()
    at = datetime.fromtimestamp(now, UTC).isoformat().replace("+00:00", "Z")
    body = json.dumps({"type": event, "timestamp": at, "data": dict(data)}, ensure_ascii=False)
    arguments = {
        "webhook": hook.id, "event": event, "message": f"msg_{secrets.token_hex(12)}",
        "body": body, "attempt": 1,
    }  # fmt: skip
    own = f"{hook.id} {event} {key}" if key else ""
    new = NewJob("webhook", slug, actor, arguments, own, lane=lane(hook.id))
    return jobs.enqueue(new, now)[0]


def lane(webhook_id: int) -> str:
    """Return what the messages of a webhook wait for, see :class:`dpg_l10n.ports.jobs.NewJob`."""
    return f"webhook {webhook_id}"


def _known(found: Sequence[Webhook], webhook_id: int) -> Webhook:
    for each in found:
        if each.id == webhook_id:
            return each
    raise NotFoundError(kind="webhook", name=webhook_id, hint="")
