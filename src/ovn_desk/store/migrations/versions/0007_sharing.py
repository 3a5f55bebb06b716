"""What came from another desk and can not take its place yet, and what each colleague is known to have."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE held (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, article TEXT NOT NULL, "
        "record TEXT NOT NULL, is_newer INTEGER NOT NULL, why TEXT NOT NULL) STRICT"
    )
    op.execute("CREATE INDEX ix_held_article ON held (article)")
    op.execute(
        "CREATE TABLE peers (person TEXT NOT NULL, article TEXT NOT NULL, total TEXT NOT NULL, "
        "PRIMARY KEY (person, article)) STRICT"
    )
