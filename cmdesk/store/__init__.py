"""The memory of one client: one SQLite file, its tables, and the queries that turn rows into values."""
