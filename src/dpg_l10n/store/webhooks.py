"""Webhooks of projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dpg_l10n.domain.webhooks import Webhook
from dpg_l10n.store.statements import Statements

_READ = "SELECT h.id, h.url, h.events, h.actor, h.created, h.secret, h.gone FROM webhook h "
_COLUMNS = ("id", "project_id", "url", "events", "actor", "created", "secret", "gone")


class SqlWebhooks:
    """Repository of webhooks."""

    def __init__(self, statements: Statements) -> None:
        """Work inside the transaction of the statements."""
        self._sql = statements

    def list(self, project_id: int) -> tuple[Webhook, ...]:
        """Return the webhooks of a project, oldest first."""
        rows = self._sql.run(f"{_READ}WHERE h.project_id = ? ORDER BY h.id", (project_id,))
        return tuple(map(_webhook, rows))

    def listening(self, slug: str, event: str) -> tuple[Webhook, ...]:
        """Return the webhooks of a project that ask for an event and whose receiver is not gone."""
        rows = self._sql.run(
            f"{_READ}JOIN project p ON p.id = h.project_id "
            "WHERE p.slug = ? AND NOT h.gone ORDER BY h.id",
            (slug,),
        )
        return tuple(found for found in map(_webhook, rows) if event in found.events)

    def add(self, project_id: int, webhook: Webhook) -> Webhook:
        """Add a webhook; return it with its number."""
        (number,) = self._sql.reserve("webhook", 1)
        row = (
            number, project_id, webhook.url, ",".join(webhook.events), webhook.actor,
            webhook.created, webhook.secret, False,
        )  # fmt: skip
        self._sql.insert("webhook", _COLUMNS, [row])
        return replace(webhook, id=number)

    def mark_gone(self, webhook_id: int) -> None:
        """Write down that the receiver is gone for good."""
        self._sql.run("UPDATE webhook SET gone = ? WHERE id = ?", (True, webhook_id))

    def remove(self, webhook_id: int) -> None:
        """Take a webhook away."""
        self._sql.run("DELETE FROM webhook WHERE id = ?", (webhook_id,))


def _webhook(row: Sequence[Any]) -> Webhook:
    return Webhook(row[0], row[1], tuple(row[2].split(",")), row[3], row[4], row[5], bool(row[6]))
