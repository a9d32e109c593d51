"""Releases, and what a project asks of its translations before one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.add_column("project", sa.Column("gate", sa.String(), nullable=True))
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("least_state", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_release_project_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_release_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_release_project_id_name")),
    )
    op.create_table(
        "release_part",
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("held", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(
            "catalogue_id", "locale_id", "release_id", name=op.f("pk_release_part")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_release_part_release_id", "release_part", ["release_id"], unique=False)
