"""Rows of memories that came as files."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, SmallInteger
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
    ``part`` says after how many others its language got it in this memory, see :class:`SpokenRow`.
    """

    __tablename__ = "memory_entry"
    __table_args__ = (Index("ix_memory_entry_part", "memory_id", "part"), CLUSTERED)

    text_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True, sa_type=SmallInteger)
    memory_id: int = Field(primary_key=True)
    hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True, nullable=False))
    source_locale_id: int = Field(sa_type=SmallInteger)
    state: int = Field(sa_type=SmallInteger)
    text: str = Field(sa_column=Column(SqlText, nullable=False))
    licence: str | None = None
    origin: str = ""
    part: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class SpokenRow(Row, table=True):
    """How often a catalogue, or a memory from a file, got finished translations in a language.

    An index of translations reads what came since the last time. ``number`` grows by one each time,
    ``action_id`` is the highest action of a catalogue, ``late`` the number at which a lower one
    came after it. The one of ``catalogue_id`` and ``memory_id`` that is not meant is 0.
    """

    __tablename__ = "spoken"
    __table_args__ = CLUSTERED

    locale_id: int = Field(primary_key=True, sa_type=SmallInteger)
    catalogue_id: int = Field(primary_key=True)
    memory_id: int = Field(primary_key=True)
    number: int
    action_id: int
    late: int
