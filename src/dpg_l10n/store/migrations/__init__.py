"""Migrations of the store, for every database the same. Alembic runs them."""
