"""Data keys of cases, and what erasing a case needs: whose files and invitations are whose."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FILES = """
CREATE TABLE file (
    case_id text NOT NULL REFERENCES hearing_case ON DELETE CASCADE,
    mark text NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (case_id, mark)
)
"""


def upgrade() -> None:
    """Change the tables; no program before this one stored files here."""
    op.execute("ALTER TABLE hearing_case ADD data_key bytea, ADD first integer NOT NULL DEFAULT 1")
    op.execute("ALTER TABLE invitation ADD case_id text")
    op.execute("CREATE INDEX ON invitation (case_id)")
    op.execute("DROP TABLE file")
    op.execute(_FILES)
    # What is sealed does not get smaller, and trying costs time.
    op.execute("ALTER TABLE file ALTER content SET STORAGE EXTERNAL")
