"""What can be undone in each text, for the next run of the desk on this computer."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("CREATE TABLE undo_steps (article TEXT NOT NULL PRIMARY KEY, steps TEXT NOT NULL) STRICT")
