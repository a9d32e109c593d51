"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("name", name=op.f("uq_actor_name")),
    )
    op.create_table(
        "coverage",
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.SmallInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("catalogue_id", "locale_id", "bucket", name=op.f("pk_coverage")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index("ix_finding_unit", "finding", ["unit_id", "locale_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_unit", "comment", ["unit_id", "locale_id"], unique=False)
    op.create_table(
        "mark",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "locale_id", "actor_id", "kind", name=op.f("pk_mark")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lease",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "locale_id", name=op.f("pk_lease")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
    )
    op.create_index("ix_withdrawal_unit", "withdrawal", ["unit_id", "locale_id"], unique=False)
    op.create_table(
        "locale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locale")),
        sa.UniqueConstraint("tag", name=op.f("uq_locale_tag")),
    )
    op.create_table(
        "origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
        sa.UniqueConstraint("made", "detail", name=op.f("uq_origin_made_detail")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source_language", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("registry_id", sa.String(), nullable=True),
        sa.Column("deployments", sa.String(), nullable=False),
        sa.Column("count", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("self_review", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("slug", name=op.f("uq_project_slug")),
    )
    op.create_table(
        "revision",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("copied", sa.SmallInteger(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source_text_id", sa.Integer(), nullable=True),
        sa.Column("former", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("unit_id", "locale_id", "revision", name=op.f("pk_revision")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("closed_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index("ix_suggestion_unit", "suggestion", ["unit_id", "locale_id"], unique=False)

    op.create_table(
        "text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
        sa.UniqueConstraint("hash", name=op.f("uq_text_hash")),
    )
    op.create_table(
        "translation",
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("copied", sa.SmallInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source_text_id", sa.Integer(), nullable=True),
        sa.Column("former", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint(
            "catalogue_id", "locale_id", "unit_id", name=op.f("pk_translation")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unit_change",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("obsolete", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "action_id", name=op.f("pk_unit_change")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_unit_change_action_id"), "unit_change", ["action_id"], unique=False)

    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_action_actor_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_action_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_project_id"), "action", ["project_id"], unique=False)

    op.create_table(
        "catalogue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("source_path", sa.String(), nullable=True),
        sa.Column("pattern", sa.String(), nullable=True),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_catalogue_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_catalogue_project_id_name")),
    )
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("spelling", sa.String(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_file_action_id")),
        sa.ForeignKeyConstraint(
            ["catalogue_id"], ["catalogue.id"], name=op.f("fk_file_catalogue_id")
        ),
        sa.ForeignKeyConstraint(["locale_id"], ["locale.id"], name=op.f("fk_file_locale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("catalogue_id", "path", name=op.f("uq_file_catalogue_id_path")),
    )
    op.create_table(
        "file_before",
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("push_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.Integer(), nullable=True),
        sa.Column("spelling", sa.String(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_file_before_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["catalogue_id"], ["catalogue.id"], name=op.f("fk_file_before_catalogue_id")
        ),
        sa.ForeignKeyConstraint(
            ["locale_id"], ["locale.id"], name=op.f("fk_file_before_locale_id")
        ),
        sa.ForeignKeyConstraint(["push_id"], ["action.id"], name=op.f("fk_file_before_push_id")),
        sa.PrimaryKeyConstraint("catalogue_id", "path", name=op.f("pk_file_before")),
    )
    op.create_index(op.f("ix_file_before_push_id"), "file_before", ["push_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("locations", sa.String(), nullable=False),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("max_chars", sa.Integer(), nullable=True),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column("obsolete", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["catalogue_id"], ["catalogue.id"], name=op.f("fk_unit_catalogue_id")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_unit_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("catalogue_id", "key_hash", name=op.f("uq_unit_catalogue_id_key_hash")),
    )
    op.create_index("ix_unit_text", "unit", ["text_id"], unique=False)
    op.create_index("ix_unit_place", "unit", ["catalogue_id", "position", "id"], unique=False)
