"""What this desk did not take of a hub, by its place there, so that it is neither fetched nor named again."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE passed_over (hub TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, article TEXT NOT NULL, "
        "waits_for TEXT NOT NULL, PRIMARY KEY (hub, seq)) STRICT"
    )
