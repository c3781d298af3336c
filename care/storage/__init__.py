"""Where everything is kept: one SQLAlchemy model for SQLite and PostgreSQL."""
