"""What every row has in common, and the version of the tables."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

SCHEMA_VERSION = "0010"
"""Newest revision of ``migrations/versions`` that these rows are."""
CLUSTERED = {"sqlite_with_rowid": False}
"""Of a table whose primary key is how it is read: SQLite keeps the rows in its order."""


class Row(SQLModel):
    """What every row has in common: one list of tables, whose constraints have names.

    Names are what a migration needs to change a constraint later on.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class VersionRow(Row, table=True):
    """The revision of the tables; Alembic reads and writes this very row."""

    __tablename__ = "alembic_version"

    version_num: str = Field(primary_key=True, max_length=32)
