"""Memories that came as files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "memory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_memory_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory")),
        sa.UniqueConstraint("name", name=op.f("uq_memory_name")),
    )
    op.create_table(
        "memory_entry",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("memory_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("source_locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "text_id", "locale_id", "memory_id", "hash", name=op.f("pk_memory_entry")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_memory_entry_memory_id"), "memory_entry", ["memory_id"], unique=False)
