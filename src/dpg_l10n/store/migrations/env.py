"""What Alembic runs: the migrations, on the connection that it was given, in one transaction."""

from __future__ import annotations

from alembic import context

from dpg_l10n.store.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    compare_type=True,
    compare_server_default=True,
    # SQLite changes a table by making it anew; and it does undo such changes, contrary to what
    # Alembic takes for granted of it
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
