"""Rows of the registry of digital public goods."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column
from sqlalchemy import Text as SqlText
from sqlmodel import Field

from dpg_l10n.store.tables.row import Row


class GoodRow(Row, table=True):
    """One entry, as JSON of what the domain knows of it; an import replaces all entries.

    There are hundreds and they are read together, so that nothing is asked of them in SQL.
    """

    __tablename__ = "good"

    id: str = Field(primary_key=True)
    said: str = Field(sa_column=Column(SqlText, nullable=False))


class RegistryRow(Row, table=True):
    """Which registry the entries are from; one row."""

    __tablename__ = "registry"

    id: int = Field(primary_key=True)
    source: str
    version: str
    sha256: str
    at: int = Field(sa_type=BigInteger)
