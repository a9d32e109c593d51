"""Webhooks as they travel."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dpg_l10n.domain.webhooks import MOST_CHARACTERS, Webhook

Event = Literal["push.stored", "job.ended", "release.made", "text.withdrawn", "coverage.below"]


class NewWebhook(BaseModel):
    """Where events are to go."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"url": "https://ci.example.org/l10n", "events": ["release.made", "text.withdrawn"]}
            ]
        },
    )

    url: Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS)]
    events: list[Event] = Field(min_length=1, max_length=20)


class WebhookItem(BaseModel):
    """A webhook, without its secret."""

    id: int
    url: str
    events: list[str]
    actor: str = Field(description="Pseudonym of who made it.")
    created: int = Field(description="Seconds since 1970 in UTC.")
    gone: bool = Field(description="The receiver answered 410: nothing is sent any more.")

    @classmethod
    def of_webhook(cls, hook: Webhook) -> WebhookItem:
        """Return a webhook as it is listed."""
        return cls(
            id=hook.id, url=hook.url, events=[*hook.events], actor=hook.actor,
            created=hook.created, gone=hook.gone,
        )  # fmt: skip


class WebhookList(BaseModel):
    """Webhooks of a project, oldest first."""

    items: list[WebhookItem]


class MadeWebhook(WebhookItem):
    """A webhook that was just made."""

    secret: str = Field(description="`whsec_…`: what messages are signed with. Shown this once.")


class Removed(BaseModel):
    """What was taken away."""

    removed: int
