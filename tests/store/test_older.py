"""Stores of OVN Desk 0.1, whose records nobody signed: left as they are, and their texts brought over."""

import hashlib
import importlib
import json

import pytest
import sqlcipher3.dbapi2 as driver

from make import HOUSE, content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.image import Image
from ovn_desk.domain.values import to_dict
from ovn_desk.store import open_store
from ovn_desk.store.database import APPLICATION_ID
from ovn_desk.usecases import doctor, housekeeping, importing

DATA = b"pixels"
NAME = hashlib.sha256(DATA).hexdigest()


def revision(body, parents=(), article="a"):
    """A record as 0.1 wrote it, and its name."""
    said = to_dict(content(body=body, images=(Image("train", sha256=NAME, media="image/png"),)))
    data = {"article": article, "author": "p", "content": said, "device": "d", "made_at": "x", "parents": parents}
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(b"ovn-desk/revision/1\n" + text.encode()).hexdigest(), article, text


@pytest.fixture
def older(tmp_path):
    """A store as the desk wrote it before records were signed: two versions of one story and a draft of another."""
    path = tmp_path / "old.ovn"
    connection = driver.connect(str(path), isolation_level=None)
    first = importlib.import_module("ovn_desk.store.migrations.versions.0001_first")
    for statement in (*first._TABLES, *first._TRIGGERS):
        connection.execute(statement)
    connection.execute("CREATE TABLE blobs (sha256 TEXT NOT NULL PRIMARY KEY, media TEXT NOT NULL, data BLOB NOT NULL)")
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.execute("INSERT INTO alembic_version VALUES ('0008')")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("INSERT INTO settings VALUES ('house', ?)", (HOUSE,))
    connection.execute("INSERT INTO blobs VALUES (?, 'image/png', ?)", (NAME, DATA))
    one = revision("The first text.")
    two = revision("The newest text.", (one[0],))
    three = revision("Another story.", article="b")
    for row in (one, two, three):
        connection.execute("INSERT INTO revisions (id, article, record) VALUES (?, ?, ?)", row)
    written = json.dumps(to_dict(content(headline="Being written", body="Not a version yet.")))
    connection.execute("INSERT INTO working_copies VALUES ('b', NULL, ?, 'x')", (written,))
    connection.close()
    return path


def test_such_a_store_is_not_opened_and_not_changed_and_the_way_is_said(older):
    before = older.read_bytes()
    with pytest.raises(DeskError, match=r"when texts were not signed yet.*init --house.*import"):
        open_store(older)
    assert older.read_bytes() == before
    assert not older.with_name("old-backups").exists()


def test_its_house_and_its_newest_texts_come_over_and_are_signed_by_who_brings_them(older, desk):
    assert housekeeping.read_house_file(older) == HOUSE
    before = older.read_bytes()
    reports = importing.import_files(desk.store, [older], by=desk.reporter)
    assert [report.status for report in reports] == ["imported", "imported"]
    with desk.store.read() as reading:
        texts = {reading.revisions(report.id)[0].content.body for report in reports}
        assert texts == {"The newest text.", "Not a version yet."}
        assert reading.blob(NAME) == ("image/png", DATA)
    assert doctor.examine(desk.store) == []
    assert older.read_bytes() == before


def test_a_store_of_today_is_no_older_one(desk):
    (report,) = importing.import_files(desk.store, [desk.store.path], by=desk.reporter)
    assert "a store of today" in report.reason
