"""Who is told what of a project."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from dpg_l10n import bootstrap
from dpg_l10n.services import webhooks
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import OpenJobs, OpenSettings, OpenStore, Slug
from dpg_l10n_api.problems import documented
from dpg_l10n_api.schemas.jobs import JobItem
from dpg_l10n_api.schemas.webhooks import (
    MadeWebhook,
    NewWebhook,
    Removed,
    WebhookItem,
    WebhookList,
)

router = APIRouter(prefix="/projects/{project}/webhooks", tags=["webhooks"])
WebhookId = Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the webhook.")]


@router.get("", response_model=WebhookList, summary="List webhooks", responses=documented(404, 422))
def list_webhooks(store: OpenStore, project: Slug) -> WebhookList:
    """Return the webhooks of a project, oldest first, without their secrets."""
    found = webhooks.webhooks(store, project)
    return WebhookList(items=[WebhookItem.of_webhook(each) for each in found])


@router.post(
    "", response_model=MadeWebhook, status_code=201, summary="Make a webhook",
    responses=documented(404, 409, 422),
)  # fmt: skip
def add_webhook(
    store: OpenStore, settings: OpenSettings, principal: Who, project: Slug, asked: NewWebhook
) -> MadeWebhook:
    """Have events of a project sent to an address, signed. The secret is shown this once."""
    made = webhooks.add_webhook(
        store, project, asked.url, asked.events, principal.name, bootstrap.clock(),
        inside=settings.webhooks_inside,
    )  # fmt: skip
    return MadeWebhook(**WebhookItem.of_webhook(made).model_dump(), secret=made.secret)


@router.delete(
    "/{webhook}", response_model=Removed, summary="Remove a webhook",
    responses=documented(404, 422),
)  # fmt: skip
def remove_webhook(store: OpenStore, principal: Who, project: Slug, webhook: WebhookId) -> Removed:
    """Take a webhook away; what is on its way to it is not sent any more."""
    webhooks.remove_webhook(store, project, webhook, principal.name, bootstrap.clock())
    return Removed(removed=webhook)


@router.post(
    "/{webhook}/test", response_model=JobItem, status_code=202, summary="Try a webhook",
    responses=documented(404, 422),
)  # fmt: skip
def try_webhook(
    response: Response, store: OpenStore, jobs: OpenJobs, principal: Who, project: Slug,
    webhook: WebhookId,
) -> JobItem:  # fmt: skip
    """Send a message `webhook.test`; its job says what the receiver answered."""
    clock = bootstrap.clock()
    job = webhooks.try_webhook(store, jobs, project, webhook, principal.name, clock)
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return JobItem.of_job(job)
