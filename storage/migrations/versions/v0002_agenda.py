"""Work that is due, and secrets that the serving processes share."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_DUE = """
CREATE TABLE due (
    id text PRIMARY KEY,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    case_id text REFERENCES hearing_case ON DELETE CASCADE,
    token text,
    until timestamptz
)
"""


def upgrade() -> None:
    """Make the tables."""
    op.execute(_DUE)
    op.execute("CREATE INDEX ON due (kind, at)")
    op.execute("CREATE INDEX ON due (case_id)")
    op.execute("CREATE TABLE secret (name text PRIMARY KEY, value bytea NOT NULL)")
