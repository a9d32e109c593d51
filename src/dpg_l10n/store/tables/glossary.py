"""Rows of glossaries: concepts, and the words for them."""

from __future__ import annotations

from sqlalchemy import BigInteger, SmallInteger, UniqueConstraint
from sqlmodel import Field

from dpg_l10n.store.tables.row import Row


class GlossaryRow(Row, table=True):
    """One glossary: of one project or, without one, of all."""

    __tablename__ = "glossary"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True)
    licence: str | None = None
    actor_id: int = Field(foreign_key="actor.id")
    at: int = Field(sa_type=BigInteger)
    version: int = Field(default=0, sa_type=BigInteger)
    """Another number after every change of its concepts, none that a glossary ever had."""


class ConceptRow(Row, table=True):
    """One concept. ``actor_id`` and ``at`` are of who decided last what its status is."""

    __tablename__ = "concept"
    __table_args__ = (UniqueConstraint("glossary_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    glossary_id: int = Field(foreign_key="glossary.id")
    key: str
    part_of_speech: str = ""
    definition: str = ""
    subject: str = ""
    risk: str = "normal"
    keep: bool = False
    status: int = Field(sa_type=SmallInteger)
    source: str = ""
    licence: str | None = None
    note: str = ""
    actor_id: int
    at: int = Field(sa_type=BigInteger)


class TermRow(Row, table=True):
    """One word for a concept in a language. ``position`` is its place among them."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("concept_id", "locale_id", "text"),)

    id: int | None = Field(default=None, primary_key=True)
    concept_id: int = Field(foreign_key="concept.id")
    locale_id: int = Field(sa_type=SmallInteger)
    text: str
    use: int = Field(sa_type=SmallInteger)
    status: int = Field(sa_type=SmallInteger)
    position: int = Field(sa_type=SmallInteger)
    actor_id: int
    at: int = Field(sa_type=BigInteger)
