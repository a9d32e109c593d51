"""How coverage changed, day by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; its rows are counted from the history afterwards."""
    op.create_table(
        "coverage_day",
        sa.Column("catalogue_id", sa.Integer(), nullable=False),
        sa.Column("locale_id", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.SmallInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "catalogue_id", "locale_id", "day", "bucket", name=op.f("pk_coverage_day")
        ),
        sqlite_with_rowid=False,
    )
