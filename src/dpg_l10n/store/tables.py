"""Rows. Integer keys, compact states, each distinct source text once.

The layout was measured at 10 million translations: see ``docs/decisions/0003-store-layout.md``.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    UniqueConstraint,
)
from sqlalchemy import Text as SqlText
from sqlmodel import Field, SQLModel

SCHEMA_VERSION = "0001"
"""Newest revision of ``migrations/versions`` that these rows are."""


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


class ProjectRow(Row, table=True):
    """One digital public good."""

    __tablename__ = "project"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    source_language: str
    licence: str | None = None
    registry_id: str | None = None
    deployments: str = ""
    count: str = "translated"


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
    __table_args__ = {"sqlite_with_rowid": False}

    unit_id: int = Field(primary_key=True)
    action_id: int = Field(primary_key=True, index=True)
    text_id: int | None = None
    obsolete: bool = False


class OriginRow(Row, table=True):
    """One distinct origin: who made a text and, for drafts, with what."""

    __tablename__ = "origin"
    __table_args__ = (UniqueConstraint("made", "detail"),)

    id: int | None = Field(default=None, primary_key=True)
    made: str
    detail: str = ""


class ActorRow(Row, table=True):
    """One pseudonym."""

    __tablename__ = "actor"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class ActionRow(Row, table=True):
    """One thing somebody did: a push, a draft run, a decision. It says who, when and why."""

    __tablename__ = "action"

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    actor_id: int = Field(foreign_key="actor.id")
    at: int = Field(sa_type=BigInteger)
    kind: str
    why: str = ""


class TranslationRow(Row, table=True):
    """The current text of a unit in a language.

    No row means ``missing``; so does state 0, of a text that was taken back.
    """

    __tablename__ = "translation"
    __table_args__ = {"sqlite_with_rowid": False}

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
    __table_args__ = {"sqlite_with_rowid": False}

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
    """A proposed text beside the current one."""

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_unit", "unit_id", "locale_id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int
    locale_id: int
    text: str
    why: str
    action_id: int


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


class CoverageRow(Row, table=True):
    """How many units and source words of a catalogue are in a bucket in a language."""

    __tablename__ = "coverage"

    catalogue_id: int = Field(primary_key=True)
    locale_id: int = Field(primary_key=True)
    bucket: int = Field(primary_key=True, sa_type=SmallInteger)
    units: int
    words: int
