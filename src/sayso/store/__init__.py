"""Archives: in memory, and in SQLite or PostgreSQL through SQLAlchemy Core."""
