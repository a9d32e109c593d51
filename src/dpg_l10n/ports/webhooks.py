"""Webhooks of projects, and how a message gets out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dpg_l10n.domain.webhooks import Webhook


class Webhooks(Protocol):
    """Webhooks that the store has."""

    def list(self, project_id: int) -> tuple[Webhook, ...]:
        """Return the webhooks of a project, oldest first."""

    def listening(self, slug: str, event: str) -> tuple[Webhook, ...]:
        """Return the webhooks of a project that ask for an event and whose receiver is not gone."""

    def add(self, project_id: int, webhook: Webhook) -> Webhook:
        """Add a webhook; return it with its number."""

    def mark_gone(self, webhook_id: int) -> None:
        """Write down that the receiver is gone for good."""

    def remove(self, webhook_id: int) -> None:
        """Take a webhook away."""


class Deliver(Protocol):
    """Sends a message to an address."""

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Return the status that the receiver answers with; redirects are not followed.

        Raises:
            UsageError: ``webhook.url``, ``webhook.address``: nothing is ever sent there.
            UnavailableError: ``unavailable.webhook``: the receiver does not answer in time.
        """
