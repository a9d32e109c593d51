"""What an index of translations has to read anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, with a first number for everything that is there."""
    op.create_table(
        "spoken",
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("memory_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("locale_id", "catalogue_id", "memory_id", name=op.f("pk_spoken")),
        sqlite_with_rowid=False,
    )
    op.add_column(
        "memory_entry", sa.Column("part", sa.Integer(), nullable=False, server_default="1")
    )
    op.drop_index("ix_memory_entry_memory_id", "memory_entry")
    op.create_index("ix_memory_entry_part", "memory_entry", ["memory_id", "part"])
    op.execute(
        "INSERT INTO spoken (locale_id, catalogue_id, memory_id, number, action_id, late) "
        "SELECT locale_id, catalogue_id, 0, 1, max(action_id), 0 FROM translation "
        "WHERE state >= 3 AND copied = 0 GROUP BY locale_id, catalogue_id"
    )
    op.execute(
        "INSERT INTO spoken (locale_id, catalogue_id, memory_id, number, action_id, late) "
        "SELECT locale_id, 0, memory_id, 1, 0, 0 FROM memory_entry GROUP BY locale_id, memory_id"
    )
