"""What was verified is kept for the next run, and nobody but this desk can have it believe anything."""

import hashlib
import hmac
import os
import pickle
import sqlite3
import zlib

import pytest

from ovn_desk.domain.workflow import State
from ovn_desk.store.build_cache import BuildCache, path_for
from ovn_desk.usecases import people, publishing
from ovn_desk.usecases.publishing import building
from ovn_desk.usecases.publishing.verified import VerifiedCache


def export(desk, folder, by=None):
    building._memory.cache_clear()  # as in another run
    asked = publishing.ExportRequest(None, folder)
    return publishing.export(desk.store, asked, by=by or desk.editor, renderer=desk.renderer)


def kept(desk):
    """The articles of which another run believes what this one verified."""
    with BuildCache(desk.store.path) as cache, desk.store.read() as reading:
        found = VerifiedCache(cache, reading.law_fingerprint())
        return set(found.find(reading.fingerprints(reading.article_ids())))


def altered(desk, statement, *values):
    """The file of the store changed by another program."""
    connection = sqlite3.connect(desk.store.path, isolation_level=None)
    for table in ("events", "revisions"):
        for what in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_{what}")
    done = connection.execute(statement, values).rowcount
    connection.close()
    return done


@pytest.fixture
def exported(desk, tmp_path):
    """Two stories that were published."""
    articles = {desk.approved(), desk.approved(headline="Another story")}
    assert export(desk, tmp_path / "site").written
    return articles


def test_an_export_is_known_to_the_next_run_with_its_own_records(desk, exported):
    assert kept(desk) == exported
    assert {desk.article(one).state for one in exported} == {State.PUBLISHED}


def test_a_plan_and_what_waits_leave_nothing_behind_that_could_be_wrong(desk, exported, tmp_path):
    waiting = desk.approved(headline="A third story")
    building._memory.cache_clear()
    asked = publishing.ExportRequest(None, tmp_path / "site")
    publishing.plan(desk.store, asked, by=desk.editor.person, renderer=desk.renderer)
    assert kept(desk) == exported
    assert export(desk, tmp_path / "site").written
    assert kept(desk) == exported | {waiting}


class Bomb:
    """What a pickle may do when it is read."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def test_a_piece_that_somebody_else_wrote_is_not_even_read(desk, exported, tmp_path):
    bomb = zlib.compress(pickle.dumps(Bomb(tmp_path / "exploded")))
    connection = sqlite3.connect(path_for(desk.store.path), isolation_level=None)
    for place, made_from in connection.execute("SELECT place, made_from FROM pieces WHERE place LIKE 'verified/%'"):
        forged = hmac.digest(b"0" * 32, f"{place}\0{made_from}\0".encode() + bomb, "sha256")
        connection.execute("UPDATE pieces SET data = ?, seal = ? WHERE place = ?", (bomb, forged, place))
    connection.close()
    assert kept(desk) == set()
    assert export(desk, tmp_path / "site").written == ()
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("column", ["record", "signature"])
@pytest.mark.parametrize("table", ["events", "revisions"])
def test_records_of_which_one_byte_is_another_are_verified_again(desk, exported, table, column):
    changed = next(iter(exported))
    name = hashlib.sha256(changed.encode()).hexdigest()[:8]
    assert altered(desk, f"UPDATE {table} SET {column} = {column} || ? WHERE article = ?", name, changed)
    assert kept(desk) == exported - {changed}


def test_a_record_that_was_taken_out_is_noticed(desk, exported):
    changed = next(iter(exported))
    newest = "SELECT max(seq) FROM events WHERE article = ?"
    assert altered(desk, f"DELETE FROM events WHERE seq = ({newest})", changed)
    assert kept(desk) == exported - {changed}


def test_another_roster_or_house_is_another_law(desk, exported, tmp_path):
    people.retire_staff(desk.store, "Ayesha Khan", by=desk.chief)
    assert kept(desk) == set()
    assert export(desk, tmp_path / "site", by=desk.chief).written == ()
    assert kept(desk) == exported


def test_what_is_missing_of_a_chain_is_part_of_the_law_once_somebody_lost_a_right(desk, exported):
    """Whether a record stands before a retirement may be known only when one between them arrives."""

    def law():
        with desk.store.read() as reading:
            return reading.law_fingerprint()

    article = next(iter(exported))
    first = "SELECT min(seq) FROM events WHERE article = ?"
    people.retire_staff(desk.store, "Ayesha Khan", by=desk.chief)
    whole = law()
    assert altered(desk, f"DELETE FROM events WHERE seq = ({first})", article)
    assert law() != whole
