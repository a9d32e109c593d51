"""Rows of releases."""

from __future__ import annotations

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlmodel import Field

from dpg_l10n.store.tables.row import CLUSTERED, Row


class ReleaseRow(Row, table=True):
    """A named export that passed its gate. Never updated; ``job`` is the number of the job that made it."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    name: str
    action_id: int = Field(foreign_key="action.id")
    format: str
    least_state: str = ""
    job: str = ""


class ReleasePartRow(Row, table=True):
    """One language of a catalogue in a release. Never updated.

    ``held`` are the units whose text the file held, with the revision of each: the history has the
    text. Deflated JSON: steps between the ascending numbers of the units, then the revisions.
    """

    __tablename__ = "release_part"
    __table_args__ = CLUSTERED

    catalogue_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True, sa_type=SmallInteger)
    release_id: int = Field(primary_key=True, index=True)
    path: str
    sha256: bytes
    size: int
    units: int
    held: bytes
