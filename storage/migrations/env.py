"""Run by Alembic: brings the schema up to date in one transaction, one process at a time."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

#: The number of the lock that processes which start at once take turns by.
_TURN = 7_462_019

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True)
with context.begin_transaction():
    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    context.run_migrations()
