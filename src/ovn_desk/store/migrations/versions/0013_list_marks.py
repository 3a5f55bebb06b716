"""What this desk alone remembers of drafts and stories: which were discarded, and which a person pinned."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE discarded (article TEXT NOT NULL, head TEXT NOT NULL, at TEXT NOT NULL, "
        "is_empty INTEGER NOT NULL, PRIMARY KEY (article)) STRICT"
    )
    op.execute(
        "CREATE TABLE pins (article TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, "
        "PRIMARY KEY (article, person)) STRICT"
    )
