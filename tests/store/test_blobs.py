"""Files in the store: kept once by their hash, never changed, copied and merged with the rest."""

import hashlib

import pytest
import sqlcipher3.dbapi2 as driver

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.image import Image
from ovn_desk.store import open_store, records
from ovn_desk.usecases import doctor, housekeeping, restoring

DATA = b"the bytes of a picture"
NAME = hashlib.sha256(DATA).hexdigest()


def add(store, data=DATA, media="image/png"):
    with store.begin() as tx:
        return tx.add_blob(data, media)


def raw(store):
    return driver.connect(str(store.path), isolation_level=None)


def test_a_file_comes_back_under_its_hash(store):
    assert add(store) == NAME
    with store.read() as reading:
        assert reading.blob(NAME) == ("image/png", DATA)
        assert reading.has_blob(NAME)


def test_the_same_file_twice_is_kept_once(store):
    assert add(store) == add(store)
    assert raw(store).execute("SELECT count(*) FROM blobs").fetchone() == (1,)


def test_a_file_that_is_not_there_is_named_in_words(store):
    with store.read() as reading, pytest.raises(DeskError, match="not in this store"):
        reading.blob(NAME)


def test_a_file_over_fifty_megabytes_is_refused(store, monkeypatch):
    monkeypatch.setattr(records, "LARGEST_BLOB", 10)
    with pytest.raises(DeskError, match="MB"):
        add(store)
    with store.read() as reading:
        assert not reading.has_blob(NAME)


@pytest.mark.parametrize("change", ["UPDATE blobs SET data = x'00'", "DELETE FROM blobs"])
def test_a_kept_file_can_not_be_changed_or_deleted(store, change):
    add(store)
    with pytest.raises(driver.DatabaseError, match="never"):
        raw(store).execute(change)


def test_the_table_is_strict(store):
    rows = raw(store).execute("SELECT name, strict FROM pragma_table_list WHERE name = 'blobs'").fetchall()
    assert rows == [("blobs", 1)]


def test_a_changed_file_is_found_by_the_doctor_and_not_given_out(store):
    add(store)
    connection = raw(store)
    connection.execute("DROP TRIGGER blobs_update")
    connection.execute("UPDATE blobs SET data = x'00'")
    assert doctor.examine(store) == [(NAME, "the file does not match its hash")]
    with store.read() as reading, pytest.raises(DeskError, match="damaged"):
        reading.blob(NAME)


def test_the_doctor_names_a_picture_whose_file_is_missing(desk):
    desk.draft(images=(Image("train", sha256=NAME, media="image/png"),))
    assert [why for _, why in doctor.examine(desk.store)] == [
        "the file of the picture “train” in “Rail groups to meet in Baku” is missing"
    ]
    add(desk.store)
    assert doctor.examine(desk.store) == []


def test_a_backup_brings_files_back_and_leaves_damaged_ones(store, tmp_path):
    first = housekeeping.back_up(store, to=tmp_path / "first")
    add(store)
    copy = housekeeping.back_up(store, to=tmp_path / "stick")
    bad = driver.connect(str(copy), isolation_level=None)
    bad.execute("INSERT INTO blobs VALUES ('00', 'image/png', x'01')")
    bad.close()
    restoring.recover(tmp_path / "other.ovn", first)
    other = open_store(tmp_path / "other.ovn")
    assert restoring.restore(other, copy).records == 1
    with other.read() as reading:
        assert reading.blob(NAME) == ("image/png", DATA)
        assert not reading.has_blob("00")
    other.close()
