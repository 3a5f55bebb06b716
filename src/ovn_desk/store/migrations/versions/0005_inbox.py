"""What an inbox and the news budget show: whom an article concerns, its deadline and plan, its claims. Derived."""

from alembic import op

revision = "0005"
down_revision = "0004"

_TEXTS = ("assigned", "due", "planned_at", "embargo_until")
_NUMBERS = ("aim", "claims", "supported", "must_fix")


def upgrade() -> None:
    for name in _TEXTS:
        op.execute(f"ALTER TABLE articles ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    for name in _NUMBERS:
        op.execute(f"ALTER TABLE articles ADD COLUMN {name} INTEGER NOT NULL DEFAULT 0")
    op.execute("CREATE INDEX articles_by_due ON articles (due) WHERE due != ''")
    op.execute(
        "CREATE TABLE concerns (article TEXT NOT NULL, person TEXT NOT NULL, why TEXT NOT NULL, event TEXT NOT NULL, "
        "by TEXT NOT NULL, at TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (article, person, why, event)) STRICT"
    )
    op.execute("CREATE INDEX concerns_by_person ON concerns (person)")
