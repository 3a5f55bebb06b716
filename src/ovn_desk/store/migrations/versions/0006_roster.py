"""The roster as a chain of records; the people and keys there are become unsigned records of its founding."""

import hashlib
import json
from datetime import UTC, datetime

from alembic import op
from sqlalchemy import Connection

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE roster (seq INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT"
    )
    op.execute("ALTER TABLE keys ADD COLUMN device TEXT NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE articles ADD COLUMN head TEXT NOT NULL DEFAULT ''")
    _found_roster(op.get_bind())
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER roster_{verb.lower()} BEFORE {verb} ON roster "
            "BEGIN SELECT raise(ABORT, 'roster are never changed'); END"
        )


def _found_roster(connection: Connection) -> None:
    """One record for each person and key, and for each that is retired; they have seen every event there is."""
    ask = connection.exec_driver_sql
    device = ask("SELECT value FROM settings WHERE name = 'device'").scalar() or ""
    seen = sorted(ask("SELECT id FROM events WHERE seq IN (SELECT max(seq) FROM events GROUP BY device)").scalars())
    people = ask("SELECT id, name, role, retired FROM staff ORDER BY id").all()
    keys = ask("SELECT id, staff, public, retired_at FROM keys ORDER BY added_at, id").all()
    acts = [("add", person, {"name": name, "role": role}) for person, name, role, _ in people]
    acts += [("add key", person, {"key": key, "public": public}) for key, person, public, _ in keys]
    acts += [("retire key", person, {"key": key}) for key, person, _, retired_at in keys if retired_at]
    acts += [("retire", person, {}) for person, _, _, retired in people if retired]
    after: list[str] = []
    for act, person, said in acts:
        texts = dict.fromkeys(("name", "role", "key", "public", "reason", "by", "signer", "signature"), "") | said
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        data = {"act": act, "person": person, "device": device, "at": at, "after": after, "seen": seen, **texts}
        record = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        name = hashlib.sha256(b"ovn-desk/roster/1\n" + record.encode()).hexdigest()
        ask("INSERT INTO roster (id, record) VALUES (?, ?)", (name, record))
        after = [name]
    ask("UPDATE keys SET device = ?", (device,))
