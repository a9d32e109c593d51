"""Rows of webhooks."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field

from dpg_l10n.store.tables.row import Row


class WebhookRow(Row, table=True):
    """Where a project's events go. ``secret`` is in the clear: each message is signed with it."""

    __tablename__ = "webhook"

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    url: str
    events: str
    actor: str
    created: int = Field(sa_type=BigInteger)
    secret: str
    gone: bool = False
