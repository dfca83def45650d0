"""Events refer to their case by no constraint: they are only added where their case was just moved on."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the constraint, whose check took time from every answer."""
    op.execute("ALTER TABLE event DROP CONSTRAINT event_case_id_fkey")
