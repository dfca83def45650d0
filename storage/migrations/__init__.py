"""PostgreSQL's schema from version to version, by Alembic; run whenever a store is opened."""
