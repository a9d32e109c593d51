"""Rows of projects, their catalogues and files."""

from __future__ import annotations

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlmodel import Field

from dpg_l10n.store.tables.row import Row


class ProjectRow(Row, table=True):
    """One digital public good. ``gate`` is its policy before a release, as JSON; None for the default."""

    __tablename__ = "project"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    source_language: str
    licence: str | None = None
    registry_id: str | None = None
    deployments: str = ""
    count: str = "translated"
    public: bool = False
    self_review: bool = True
    gate: str | None = None
    problems: str | None = None
    """What the last push saw and did not take, as JSON: path, code and sentence of each."""


class LocaleRow(Row, table=True):
    """One BCP 47 tag."""

    __tablename__ = "locale"

    id: int | None = Field(default=None, primary_key=True)
    tag: str = Field(unique=True)


class CatalogueRow(Row, table=True):
    """One source resource of a project. ``units`` and ``words`` total the units not obsolete."""

    __tablename__ = "catalogue"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    name: str
    format: str
    source_path: str | None = None
    pattern: str | None = None
    licence: str | None = None
    units: int = 0
    words: int = 0


class FileRow(Row, table=True):
    """The bytes of a pushed file as they were, deflated. ``locale_id`` is None for the source."""

    __tablename__ = "file"
    __table_args__ = (UniqueConstraint("catalogue_id", "path"),)

    id: int | None = Field(default=None, primary_key=True)
    catalogue_id: int = Field(foreign_key="catalogue.id")
    locale_id: int | None = Field(default=None, foreign_key="locale.id")
    path: str
    spelling: str | None = None
    sha256: bytes
    size: int
    data: bytes
    action_id: int = Field(foreign_key="action.id")


class FileBeforeRow(Row, table=True):
    """The file that the last push to its path (``push_id``) replaced, for undo.

    One version back and no more: files of every push would soon outweigh everything else.
    ``data`` is None where there was no file.
    """

    __tablename__ = "file_before"

    catalogue_id: int = Field(primary_key=True, foreign_key="catalogue.id")
    path: str = Field(primary_key=True)
    push_id: int = Field(foreign_key="action.id", index=True)
    locale_id: int | None = Field(default=None, foreign_key="locale.id")
    spelling: str | None = None
    sha256: bytes | None = None
    size: int | None = None
    data: bytes | None = None
    action_id: int | None = Field(default=None, foreign_key="action.id")


class CoverageRow(Row, table=True):
    """How many units and source words of a catalogue are in a bucket in a language."""

    __tablename__ = "coverage"

    catalogue_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True)
    bucket: int = Field(primary_key=True, sa_type=SmallInteger)
    units: int
    words: int
