"""What says that a glossary is as it was, and what pushes saw and did not take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a glossary that never had a version is as good as any."""
    op.add_column("project", sa.Column("problems", sa.String(), nullable=True))
    op.add_column("glossary", sa.Column("version", sa.BigInteger(), nullable=True))
    op.execute("UPDATE glossary SET version = 0")
    with op.batch_alter_table("glossary") as table:
        table.alter_column("version", existing_type=sa.BigInteger(), nullable=False)
