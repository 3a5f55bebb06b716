"""Since when a text is written that is no version yet: what the status line says is only on this computer."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("ALTER TABLE working_copies ADD COLUMN begun_at TEXT NOT NULL DEFAULT ''")
    op.execute("UPDATE working_copies SET begun_at = kept_at")
