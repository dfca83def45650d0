"""Cases and their events, people, invitations, files.

A `body` is a document as JSON; what else stands in columns is what is looked for. A message's key stands at
the first event it led to, so that unique (case_id, key) makes it count once.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Every answer updates its case's row: room on the page, and no index on what changes, keep that in place.
_CASES = """
CREATE TABLE hearing_case (
    id text PRIMARY KEY,
    version integer NOT NULL,
    last_hash text NOT NULL,
    state text NOT NULL,
    hearing text NOT NULL,
    opened_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
) WITH (fillfactor = 70)
"""
_EVENTS = """
CREATE TABLE event (
    case_id text NOT NULL REFERENCES hearing_case ON DELETE CASCADE,
    seq integer NOT NULL,
    key text,
    body jsonb NOT NULL,
    PRIMARY KEY (case_id, seq),
    UNIQUE (case_id, key)
)
"""


def upgrade() -> None:
    """Make the tables."""
    op.execute(_CASES)
    op.execute("CREATE INDEX ON hearing_case (state)")
    op.execute(_EVENTS)
    op.execute("CREATE TABLE person (id text PRIMARY KEY, body jsonb NOT NULL)")
    op.execute("CREATE TABLE person_user (name text PRIMARY KEY, person_id text NOT NULL REFERENCES person)")
    op.execute("CREATE INDEX ON person_user (person_id)")
    op.execute("CREATE TABLE invitation (token_hash text PRIMARY KEY, body jsonb NOT NULL)")
    op.execute("CREATE TABLE file (hash text PRIMARY KEY, content bytea NOT NULL)")
