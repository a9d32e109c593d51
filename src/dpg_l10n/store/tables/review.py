"""Rows of what people say and do around a translation before it is decided on."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, SmallInteger
from sqlmodel import Field

from dpg_l10n.store.tables.row import CLUSTERED, Row


class CommentRow(Row, table=True):
    """What somebody says of a unit in a language. Never updated."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_unit", "unit_id", "locale_id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int
    locale_id: int = Field(sa_type=SmallInteger)
    text: str
    action_id: int


class MarkRow(Row, table=True):
    """A mark that a person put on a unit in a language: ``flag`` for others, ``skip`` for themself."""

    __tablename__ = "mark"
    __table_args__ = CLUSTERED

    unit_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True, sa_type=SmallInteger)
    actor_id: int = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    action_id: int


class LeaseRow(Row, table=True):
    """Who works on a unit in a language, and until when (seconds since 1970)."""

    __tablename__ = "lease"
    __table_args__ = CLUSTERED

    unit_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True, sa_type=SmallInteger)
    actor_id: int
    until: int = Field(sa_type=BigInteger)


class WithdrawalRow(Row, table=True):
    """A harmful text: it leaves every export for as long as it is the current one. Never updated."""

    __tablename__ = "withdrawal"
    __table_args__ = (Index("ix_withdrawal_unit", "unit_id", "locale_id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int
    locale_id: int = Field(sa_type=SmallInteger)
    text: str
    action_id: int
