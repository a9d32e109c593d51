"""Rows of who did what, and who made a text."""

from __future__ import annotations

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from dpg_l10n.store.tables.row import Row


class OriginRow(Row, table=True):
    """One distinct origin: who made a text and, for drafts, with what."""

    __tablename__ = "origin"
    __table_args__ = (UniqueConstraint("made", "detail"),)

    id: int | None = Field(default=None, primary_key=True)
    made: str
    detail: str = ""


class ActorRow(Row, table=True):
    """One pseudonym."""

    __tablename__ = "actor"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class ActionRow(Row, table=True):
    """One thing somebody did: a push, a draft run, a decision. It says who, when and why."""

    __tablename__ = "action"

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    actor_id: int = Field(foreign_key="actor.id")
    at: int = Field(sa_type=BigInteger)
    kind: str
    why: str = ""
