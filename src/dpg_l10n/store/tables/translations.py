"""Rows of translations, their history, and what is said of them."""

from __future__ import annotations

from sqlalchemy import Index, SmallInteger
from sqlmodel import Field

from dpg_l10n.store.tables.row import CLUSTERED, Row


class TranslationRow(Row, table=True):
    """The current text of a unit in a language.

    No row means ``missing``; so does state 0, of a text that was taken back.
    """

    __tablename__ = "translation"
    __table_args__ = CLUSTERED

    catalogue_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True, sa_type=SmallInteger)
    unit_id: int = Field(primary_key=True)
    state: int = Field(sa_type=SmallInteger)
    copied: int = Field(sa_type=SmallInteger)
    revision: int
    origin_id: int
    action_id: int
    text: str
    source_text_id: int | None = None
    former: int | None = Field(default=None, sa_type=SmallInteger)


class RevisionRow(Row, table=True):
    """A text that was replaced. With the current one it is the whole history; never updated."""

    __tablename__ = "revision"
    __table_args__ = CLUSTERED

    unit_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True, sa_type=SmallInteger)
    revision: int = Field(primary_key=True)
    state: int = Field(sa_type=SmallInteger)
    copied: int = Field(sa_type=SmallInteger)
    origin_id: int
    action_id: int
    text: str
    source_text_id: int | None = None
    former: int | None = Field(default=None, sa_type=SmallInteger)


class SuggestionRow(Row, table=True):
    """A proposed text beside the current one. ``closed_id`` is the action that took or dismissed it."""

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_unit", "unit_id", "locale_id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int
    locale_id: int
    text: str
    why: str
    action_id: int
    closed_id: int | None = None


class FindingRow(Row, table=True):
    """What a check says of a current text."""

    __tablename__ = "finding"
    __table_args__ = (Index("ix_finding_unit", "unit_id", "locale_id"),)

    id: int | None = Field(default=None, primary_key=True)
    catalogue_id: int
    locale_id: int
    unit_id: int
    code: str
    severity: str
    message: str
