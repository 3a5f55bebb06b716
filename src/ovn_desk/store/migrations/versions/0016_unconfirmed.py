"""Which stories were begun by somebody who asked to be let in, and whom no chief has let in yet. Derived."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute("ALTER TABLE articles ADD COLUMN is_unconfirmed INTEGER NOT NULL DEFAULT 0")
