"""Which stories count nowhere because their writer had left, and stay in the list all the same. Derived."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.execute("ALTER TABLE articles ADD COLUMN is_lapsed INTEGER NOT NULL DEFAULT 0")
