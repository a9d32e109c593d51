"""Rows of source messages and what they were."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlalchemy import Text as SqlText
from sqlmodel import Field

from dpg_l10n.store.tables.row import CLUSTERED, Row


class TextRow(Row, table=True):
    """One distinct source text; ``hash`` is BLAKE2b-128 of its stored form."""

    __tablename__ = "text"

    id: int | None = Field(default=None, primary_key=True)
    hash: bytes = Field(sa_column=Column(LargeBinary, unique=True, nullable=False))
    body: str = Field(sa_column=Column(SqlText, nullable=False))


class UnitRow(Row, table=True):
    """One source message.

    ``key_hash`` is BLAKE2b-128 of the key: PostgreSQL does not index a text as long as a key may be.
    """

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("catalogue_id", "key_hash"),
        Index("ix_unit_text", "text_id"),
        Index("ix_unit_place", "catalogue_id", "position", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    catalogue_id: int = Field(foreign_key="catalogue.id")
    key: str
    key_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    context: str
    text_id: int = Field(foreign_key="text.id")
    words: int
    position: int
    notes: str = ""
    locations: str = ""
    flags: str = ""
    max_chars: int | None = None
    risk: str = "normal"
    obsolete: bool = False


class UnitChangeRow(Row, table=True):
    """What a unit was before an action changed its text or its place in the figures.

    ``text_id`` is None where the action added the unit. Never updated.
    """

    __tablename__ = "unit_change"
    __table_args__ = CLUSTERED

    unit_id: int = Field(primary_key=True)
    action_id: int = Field(primary_key=True, index=True)
    text_id: int | None = None
    obsolete: bool = False
