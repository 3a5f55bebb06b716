"""What this desk alone remembers of decisions: choices not carried out yet, and which combined texts were read."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE read_combinations (article TEXT NOT NULL, head TEXT NOT NULL, PRIMARY KEY (article)) STRICT"
    )
    op.execute(
        "CREATE TABLE choices (article TEXT NOT NULL, conflict TEXT NOT NULL, choice TEXT NOT NULL, "
        "PRIMARY KEY (article, conflict)) STRICT"
    )
