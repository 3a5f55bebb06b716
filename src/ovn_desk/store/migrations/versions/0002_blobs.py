"""Files by their SHA-256: pictures, and what sources came as."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("CREATE TABLE blobs (sha256 TEXT NOT NULL PRIMARY KEY, media TEXT NOT NULL, data BLOB NOT NULL) STRICT")
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER blobs_{verb.lower()} BEFORE {verb} ON blobs "
            "BEGIN SELECT raise(ABORT, 'blobs are never changed'); END"
        )
