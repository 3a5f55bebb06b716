"""Which keep a working copy comes from, so that a writer who has not seen it can not overwrite it."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("ALTER TABLE working_copies ADD COLUMN token TEXT NOT NULL DEFAULT ''")
    op.execute("UPDATE working_copies SET token = lower(hex(randomblob(16)))")
