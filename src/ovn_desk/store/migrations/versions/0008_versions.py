"""How many versions of an article stand beside each other, for the list. Derived."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("ALTER TABLE articles ADD COLUMN versions INTEGER NOT NULL DEFAULT 1")
