"""What waits for its place is in quarantine, by that name."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("ALTER TABLE held RENAME TO quarantine")
    op.execute("DROP INDEX ix_held_article")
    op.execute("CREATE INDEX ix_quarantine_article ON quarantine (article)")
