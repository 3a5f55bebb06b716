"""People, bodies and outlets that stories named: what a new story's sources are completed from. Derived."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE named_sources (label TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, "
        "role TEXT NOT NULL, outlet TEXT NOT NULL, url TEXT NOT NULL, used_at TEXT NOT NULL) STRICT"
    )
