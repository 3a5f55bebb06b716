"""Who has a story since when, and whether a text was typed after its approval, for the list. Derived."""

from alembic import op

revision = "0015"
down_revision = "0014"

_TEXTS = ("custodian", "since", "left_by", "left_through", "rivals")


def upgrade() -> None:
    for name in _TEXTS:
        op.execute(f"ALTER TABLE articles ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE articles ADD COLUMN is_changed INTEGER NOT NULL DEFAULT 0")
