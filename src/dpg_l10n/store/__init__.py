"""The store: SQLModel tables, SQL, and the unit of work. SQL lives here and nowhere else."""
