"""Who looked at a case, and where each case's looks end."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LOOK = """
CREATE TABLE look (
    case_id text NOT NULL REFERENCES hearing_case ON DELETE CASCADE,
    seq integer NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (case_id, seq)
)
"""
_END = """
CREATE TABLE look_end (
    case_id text PRIMARY KEY REFERENCES hearing_case ON DELETE CASCADE,
    looks integer NOT NULL,
    looks_hash text NOT NULL
)
"""


def upgrade() -> None:
    """Make the tables."""
    op.execute(_LOOK)
    op.execute(_END)
