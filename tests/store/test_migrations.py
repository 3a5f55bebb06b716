"""A store of the step before, with something in it, is brought up to date and loses none of it."""

from contextlib import closing

import sqlcipher3.dbapi2 as driver

from ovn_desk.store import open_store, shape
from ovn_desk.store.replication import quarantined_rows

LATER = ("custodian", "since", "left_by", "left_through", "rivals", "is_changed", "is_unconfirmed", "is_lapsed")
STEPS_BACK = (
    *(f"ALTER TABLE articles DROP COLUMN {name}" for name in LATER),
    "ALTER TABLE working_copies DROP COLUMN begun_at",
    "DROP TABLE choices",
    "DROP TABLE read_combinations",
    "DROP TABLE discarded",
    "DROP TABLE pins",
    "DROP INDEX ix_quarantine_article",
    "ALTER TABLE quarantine RENAME TO held",
    "CREATE INDEX ix_held_article ON held (article)",
    "UPDATE alembic_version SET version_num = '0011'",
)


def test_what_waits_for_its_place_waits_on_in_quarantine(desk):
    path = desk.store.path
    desk.store.close()
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        for step in STEPS_BACK:
            connection.execute(step)
        connection.execute("INSERT INTO held VALUES ('a', 'event/9', 'story', '{}', 1, 'newer', 'signed')")
    with closing(open_store(path)) as store, store.read() as reading:
        ((row, article),) = quarantined_rows(reading)
        assert (row.id, row.kind, row.record, row.signature, article) == ("a", "event/9", "{}", "signed", "story")
        assert shape.faults(reading.connection) == []
