"""Rows of memories that came as files."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, SmallInteger
from sqlalchemy import Text as SqlText
from sqlmodel import Field

from dpg_l10n.store.tables.row import CLUSTERED, Row


class MemoryRow(Row, table=True):
    """One memory that came as a file; what is translated in the store itself is in no such row."""

    __tablename__ = "memory"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    licence: str | None = None
    actor_id: int = Field(foreign_key="actor.id")
    at: int = Field(sa_type=BigInteger)


class MemoryEntryRow(Row, table=True):
    """One pair of texts of a memory.

    ``hash`` is BLAKE2b-64 of ``text``: a source may have several translations in one memory. It is
    never counted, exported as a translation of a project, or changed. Its order is how it is read.
    """

    __tablename__ = "memory_entry"
    __table_args__ = CLUSTERED

    text_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True, sa_type=SmallInteger)
    memory_id: int = Field(primary_key=True, index=True)
    hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True, nullable=False))
    source_locale_id: int = Field(sa_type=SmallInteger)
    state: int = Field(sa_type=SmallInteger)
    text: str = Field(sa_column=Column(SqlText, nullable=False))
    licence: str | None = None
    origin: str = ""
