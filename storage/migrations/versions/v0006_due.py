"""What a piece of work is may stand sealed: its id can tell which file it is about."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Room for the sealed id; `id` is then a mark of it. The store seals what stands there when it opens."""
    op.execute("ALTER TABLE due ADD body jsonb")
