"""A store's own triggers, indexes and tables: what was taken off or altered behind the program is seen and put back."""

from contextlib import closing

import pytest
import sqlcipher3.dbapi2 as driver

from ovn_desk.store import shape
from ovn_desk.usecases import doctor, housekeeping

# Written by hand, so that a migration that forgets one is seen: the tables of records, and what looks after them.
GUARDED = ("revisions", "events", "roster", "houses", "blobs")
TRIGGERS = sorted(f"{table}_{verb}" for table in GUARDED for verb in ("update", "delete"))
PARTS = "SELECT name, sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL ORDER BY name"


def raw(desk, *statements):
    with closing(driver.connect(str(desk.store.path), isolation_level=None)) as connection:
        return [connection.execute(statement).fetchall() for statement in statements][-1]


def parts(desk, kind):
    with closing(driver.connect(str(desk.store.path))) as connection:
        return connection.execute(PARTS, (kind,)).fetchall()


def faults(desk):
    return dict(doctor.examine(desk.store))


def test_a_store_as_this_program_makes_it_has_no_fault(desk):
    desk.approved()
    assert desk.read(lambda reading: shape.faults(reading.connection)) == []
    assert [name for name, _ in parts(desk, "trigger")] == TRIGGERS
    assert faults(desk) == {}


@pytest.mark.parametrize("kind", ["trigger", "index"])
def test_each_that_is_dropped_is_named_and_put_back(desk, kind):
    desk.approved()
    before = parts(desk, kind)
    assert len(before) > 9
    for name, _ in before:
        raw(desk, f"DROP {kind} {name}")
        assert faults(desk)[name] == f"the {kind} is missing: “ovn-desk doctor --rebuild” puts that right"
        housekeeping.rebuild(desk.store)
        assert faults(desk) == {}
    assert parts(desk, kind) == before


NEVER = "BEGIN SELECT raise(ABORT, 'events are never changed'); END"
ALTERED = {
    "a trigger that lets everything pass": (
        "events_delete",
        "CREATE TRIGGER events_delete BEFORE DELETE ON events BEGIN SELECT 1; END",
    ),
    "a trigger that looks at one record only": (
        "events_delete",
        f"CREATE TRIGGER events_delete BEFORE DELETE ON events WHEN old.seq = 1 {NEVER}",
    ),
    "a trigger of another table": (
        "events_delete",
        f"CREATE TRIGGER events_delete BEFORE DELETE ON settings {NEVER}",
    ),
    "an index of another column": ("ix_events_article", "CREATE INDEX ix_events_article ON events (device)"),
    "an index of a part": ("ix_events_article", "CREATE INDEX ix_events_article ON events (article) WHERE seq = 1"),
}


@pytest.mark.parametrize("change", ALTERED)
def test_what_is_altered_is_named_and_put_back(desk, change):
    desk.approved()
    name, statement = ALTERED[change]
    kind = statement.split()[1]
    before = parts(desk, kind.lower())
    raw(desk, f"DROP {kind} {name}", statement)
    assert "is not as this program makes it" in faults(desk)[name]
    housekeeping.rebuild(desk.store)
    assert (faults(desk), parts(desk, kind.lower())) == ({}, before)


ADDED = [
    "CREATE TRIGGER more AFTER INSERT ON events BEGIN INSERT INTO settings VALUES (new.id, ''); END",
    "CREATE TRIGGER more INSTEAD OF INSERT ON seen BEGIN SELECT 1; END",
    "CREATE INDEX more ON events (record)",
    "CREATE VIEW more AS SELECT * FROM events",
]


@pytest.mark.parametrize("statement", ADDED)
def test_what_another_added_is_named_and_taken_away(desk, statement):
    if "seen" in statement:
        raw(desk, "CREATE VIEW seen AS SELECT 1 AS x")
    raw(desk, statement)
    assert "this program made no such" in faults(desk)["more"]
    housekeeping.rebuild(desk.store)
    assert faults(desk) == {}


@pytest.mark.parametrize("table", ["articles", "concerns", "article_search", "verified"])
def test_a_table_of_what_is_derived_is_made_anew(desk, table):
    article = desk.approved(headline="Rail groups meet")
    before = desk.read(lambda reading: (reading.rows(), reading.rows(search="rail")))
    raw(desk, f"DROP TABLE {table}")
    assert "is missing" in faults(desk)[table]
    housekeeping.rebuild(desk.store)
    assert faults(desk) == {}
    assert desk.read(lambda reading: (reading.rows(), reading.rows(search="rail"))) == before
    assert desk.article(article).is_live is False


def test_a_table_of_records_that_is_gone_is_never_made_empty_in_silence(desk):
    desk.approved()
    raw(desk, "DROP TABLE events")
    assert faults(desk)["events"] == "the table is missing: bring it back from a backup"


def test_a_table_that_lets_records_be_doubled_is_named(desk):
    desk.draft()
    raw(desk, "CREATE TABLE other AS SELECT * FROM events", "DROP TABLE events", "ALTER TABLE other RENAME TO events")
    assert "the table is not as this program makes it" in faults(desk)["events"]
