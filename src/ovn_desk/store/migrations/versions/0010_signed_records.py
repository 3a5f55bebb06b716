"""Records of every kind are signed and stand in one chain a device; a store with older ones is not changed.

`migrate.upgrade` refuses such a store before it comes to this: docs/decisions/0019.
"""

from alembic import op

revision = "0010"
down_revision = "0009"

_KINDS = {"roster": (), "houses": (), "revisions": ("article",), "events": ("article",)}


def upgrade() -> None:
    for table in ("roster", "revisions", "events"):
        op.execute(f"DROP TABLE {table}")
    for table, filed in _KINDS.items():
        columns = "".join(f"{name} TEXT NOT NULL, " for name in (*filed, "device", "previous"))
        op.execute(
            f"CREATE TABLE {table} (seq INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, {columns}"
            "record TEXT NOT NULL, signature TEXT NOT NULL) STRICT"
        )
        for name in (*filed, "device", "previous"):
            op.execute(f"CREATE INDEX ix_{table}_{name} ON {table} ({name})")
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT raise(ABORT, '{table} are never changed'); END"
            )
    op.execute("CREATE TABLE verified (id TEXT NOT NULL PRIMARY KEY, seal BLOB NOT NULL) STRICT")
    op.execute("ALTER TABLE held ADD COLUMN signature TEXT NOT NULL DEFAULT ''")
