import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from make import content, newsroom
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import article_index, backup, creating, open_store, open_to_read, records
from ovn_desk.usecases import doctor, housekeeping, importing, restoring, writing


def raw(store):
    return driver.connect(str(store.path), isolation_level=None)


@pytest.mark.parametrize("table", ["revisions", "events"])
@pytest.mark.parametrize("change", ["UPDATE {} SET record = '{{}}'", "DELETE FROM {}"])
def test_records_can_not_be_changed_or_deleted(desk, table, change):
    desk.step(desk.draft(), Step.FILE, desk.reporter)
    with pytest.raises(driver.DatabaseError, match="never"):
        raw(desk.store).execute(change.format(table))


def test_pragmas_are_as_the_design_asks(store):
    with store.read() as reading:
        ask = lambda name: reading.connection.exec_driver_sql(f"PRAGMA {name}").scalar()  # noqa: E731
        assert (ask("journal_mode"), ask("synchronous"), ask("foreign_keys")) == ("wal", 2, 1)
        assert driver.sqlite_version_info >= (3, 51, 3)


def test_every_table_of_ours_is_strict(store):
    rows = raw(store).execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    ours = {"revisions", "events", "working_copies", "articles", "settings", "staff", "keys"}
    assert {name for name, strict in rows if strict} >= ours


def test_what_is_derived_comes_out_the_same_when_made_anew(desk):
    for step in (Step.FILE, None):
        article = desk.draft(headline=f"Story {step}")
        if step:
            desk.step(article, step, desk.reporter)
    desk.approved(headline="Approved")
    with desk.store.read() as reading:
        before = (reading.rows(), reading.counts(), reading.rows(search="story"))
    housekeeping.rebuild(desk.store)
    with desk.store.read() as reading:
        assert (reading.rows(), reading.counts(), reading.rows(search="story")) == before


def test_pages_of_the_list_are_the_list(desk):
    for number in range(23):
        desk.draft(headline=f"Story {number}")
    with desk.store.read() as reading:
        whole, pages, below = reading.rows(limit=100), [], None
        while page := reading.rows(limit=5, below=below):
            pages += page
            below = page[-1].place
    assert pages == whole
    assert len(whole) == 23


def test_search_finds_urdu_and_english_however_they_were_typed(desk):
    article = desk.draft(headline="مُذاکرات کراچی میں", body="Café talks in Baku", language="ur")
    desk.draft(headline="Something else")
    with desk.store.read() as reading:
        for typed in ("مذاكرات", "كراچي", "CAFE", "bak", "cafe tal"):
            assert [row.id for row in reading.rows(search=typed)] == [article], typed
        assert reading.counts(search="cafe") == {State.DRAFT: 1}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_nothing_typed_in_the_search_is_an_error(store, text):
    with store.read() as reading:
        assert reading.rows(search=text) == []


def test_two_articles_with_one_slug_get_two(desk):
    ids = [desk.draft(headline="Same words") for _ in range(3)]
    with desk.store.read() as reading:
        assert sorted(reading.row(article).slug for article in ids) == ["same-words", "same-words-2", "same-words-3"]


def test_an_article_is_found_by_slug_or_by_a_unique_start_of_its_id(desk):
    one, two = desk.draft(headline="Alpha"), desk.draft(headline="Beta")
    while one[0] != two[0]:  # ids are random from the first letter on
        two = desk.draft(headline="Beta")
    with desk.store.read() as reading:
        assert reading.find("alpha") == one
        assert reading.find(two) == two
        with pytest.raises(DeskError, match="more than one"):
            reading.find(one[: next(n for n in range(len(one)) if one[n] != two[n])])
        with pytest.raises(DeskError, match="No article"):
            reading.find("gamma")


def test_an_article_is_found_in_capitals_too(desk):
    article = desk.draft(headline="Alpha")
    with desk.store.read() as reading:
        assert reading.find(article[:12].upper()) == article


def test_no_article_is_found_or_named_by_reading_all_of_them(desk):
    asked = []
    event.listen(Engine, "before_cursor_execute", asked_for := lambda *given: asked.append(given[2:4]))
    try:
        article = desk.draft(headline="Alpha")
        with desk.store.read() as reading:
            assert reading.find("alpha") == reading.find(article[:20]) == article
    finally:
        event.remove(Engine, "before_cursor_execute", asked_for)
    found = [one for one in asked if one[0].startswith("SELECT articles.")]
    assert any("articles.slug >= " in statement for statement, _ in found)
    assert any("articles.id >= " in statement for statement, _ in found)
    with desk.store.read() as reading:
        for statement, values in found:
            plan = reading.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            assert not [step for *_, step in plan if step.startswith("SCAN")], statement


def test_everybody_is_told_after_the_commit_and_nobody_when_it_failed(desk):
    told = []
    desk.store.on_changes(lambda changes: told.append(changes.articles))
    article = desk.draft()
    with pytest.raises(DeskError, match="no category"), desk.store.begin() as tx:
        writing.add(tx, content(headline="Never"), by=desk.reporter)
        writing.add(tx, content(category="horoscopes"), by=desk.reporter)
    assert told == [frozenset({article})]
    with desk.store.read() as reading:
        assert len(reading.rows()) == 1


def test_a_reader_is_not_kept_waiting_by_a_writer(desk):
    article = desk.draft()
    with desk.store.begin() as tx:
        writing.add(tx, content(headline="Not yet"), by=desk.reporter)
        with desk.store.read() as reading:
            assert [row.id for row in reading.rows()] == [article]


def test_two_threads_write_one_after_the_other(desk):
    def work():
        for _ in range(5):
            desk.draft()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.store.read() as reading:
        assert len(reading.rows()) == 20


HOLDER = """
import sys
import sqlcipher3.dbapi2 as driver
connection = driver.connect(sys.argv[1])
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
input()
"""


def test_a_second_desk_that_holds_the_store_is_named_after_the_wait(desk):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(desk.store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    other.stdout.readline()
    with desk.store.read() as reading:  # the connection that the next transaction takes up again: a shorter wait
        reading.connection.exec_driver_sql("PRAGMA busy_timeout=50")
    try:
        with pytest.raises(DeskError, match="Another desk is writing"):
            desk.draft()
    finally:
        other.communicate(b"\n")
    assert desk.draft()


def test_who_begins_to_write_has_the_only_place_before_anything_is_read(desk):
    """What was read is still so when it is written on: with a plain BEGIN two desks could both read first."""
    with closing(open_store(desk.store.path)) as other:
        other._connection().exec_driver_sql("PRAGMA busy_timeout=50")
        other._connection().rollback()
        with desk.store.begin(), pytest.raises(DeskError, match="Another desk is writing"), other.begin():
            pass
        with other.begin():
            pass


def test_a_changed_record_is_found_by_the_doctor_and_not_believed(desk):
    article = desk.draft()
    connection = raw(desk.store)
    connection.execute("DROP TRIGGER revisions_update")
    connection.execute("UPDATE revisions SET record = replace(record, 'July', 'June')")
    found = doctor.examine(desk.store)
    assert [why for _, why in found] == ["its text does not match its hash"]
    with pytest.raises(DeskError, match="damaged"), desk.store.read() as reading:
        reading.article(article)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_text("Dear diary"), "is not an OVN Desk store"),
        (lambda path: path.write_bytes(os.urandom(4096)), "is not an OVN Desk store"),
        (lambda path: driver.connect(str(path)).execute("CREATE TABLE t (x)").connection.close(), "another program"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + os.urandom(8192)), "damaged"),
    ],
)
def test_what_is_not_a_store_is_refused_in_words_and_left_as_it_was(tmp_path, make, words):
    path = tmp_path / "newsroom.ovn"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(DeskError, match=words):
        open_store(path)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_store_of_a_newer_desk_is_refused(store):
    connection = raw(store)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    store.close()
    with pytest.raises(DeskError, match="newer"):
        open_store(store.path)


def test_a_store_is_never_made_over_a_file(tmp_path):
    path = tmp_path / "thesis.ovn"
    path.write_text("years of work")
    with pytest.raises(DeskError, match="exists already"), creating(path):
        pass
    assert path.read_text() == "years of work"


@contextmanager
def as_nobody():
    """Root may write everywhere, so for a moment the test is nobody."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Needs POSIX permissions.")
def test_a_store_that_may_only_be_read_is_read_and_says_so_in_words():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        store = newsroom(Path(folder) / "newsroom.ovn")
        store.close()
        store.path.chmod(0o444)
        with as_nobody():
            again = open_store(store.path)
            assert "You may not write" in str(again.why_read_only)
            with again.read() as reading:
                assert reading.house().name == "The Testing Post"
            with pytest.raises(DeskError, match="Change their permissions"), again.begin():
                pass
            again.close()


def test_a_store_opened_to_read_sees_what_the_window_writes_and_writes_nothing(desk):
    before = desk.draft(headline="Before")
    other = open_to_read(desk.store.path, why="It is open elsewhere.")
    after = desk.draft(headline="After")
    with other.read() as reading:
        assert {row.id for row in reading.rows()} == {before, after}
    with pytest.raises(DeskError, match=r"^It is open elsewhere\.$"):
        writing.start(other, content(), by=desk.reporter)
    with pytest.raises(DeskError, match=r"It is open elsewhere\.$"):
        restoring.restore(other, desk.store.path)
    other.close()


def test_a_full_disk_is_said_in_words_and_the_text_can_be_kept_again(desk):
    article = desk.draft()
    with desk.store.read() as reading:
        pages = reading.connection.exec_driver_sql("PRAGMA page_count").scalar()
    with desk.store.begin() as tx:
        tx.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    long = content(body="word " * 100_000)
    with pytest.raises(DeskError, match=r"is full\. Free at least"):
        writing.keep(desk.store, article, long, by=desk.reporter)
    with desk.store.begin() as tx:
        tx.connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    writing.keep(desk.store, article, long, by=desk.reporter)


def test_a_backup_is_whole_and_brings_back_what_is_missing(desk, tmp_path):
    kept = desk.approved()
    copy = housekeeping.back_up(desk.store, to=tmp_path / "stick")
    later = desk.draft(headline="Later")
    last = housekeeping.back_up(desk.store, to=tmp_path / "later")
    restoring.recover(tmp_path / "again.ovn", copy)
    again = open_store(tmp_path / "again.ovn")
    assert restoring.restore(again, last).records == 1
    with again.read() as reading:
        assert {row.id for row in reading.rows()} == {kept, later}
    again.close()
    other = newsroom(tmp_path / "other.ovn")
    with pytest.raises(DeskError, match="another newsroom"):
        restoring.restore(other, copy)
    other.close()
    assert restoring.restore(desk.store, copy).records == 0
    with desk.store.read() as reading:
        assert {row.id for row in reading.rows()} == {kept, later}


def test_a_copy_of_a_damaged_store_is_not_kept_as_a_backup(desk, tmp_path):
    desk.draft()
    connection = raw(desk.store)
    connection.execute("DROP TRIGGER revisions_update")
    connection.execute("UPDATE revisions SET record = replace(record, 'July', 'June')")
    with pytest.raises(DeskError, match="does not match its hash"):
        housekeeping.back_up(desk.store, to=tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_broken_backup_is_refused_and_changes_nothing(desk, tmp_path):
    bad = tmp_path / "bad.ovn"
    bad.write_bytes(os.urandom(10_000))
    with pytest.raises(DeskError, match="cannot be read as a store"):
        restoring.restore(desk.store, bad)


def test_after_a_checkpoint_the_one_file_is_the_whole_newsroom(desk, tmp_path):
    written = [desk.draft(headline=f"Story {number}") for number in range(5)]
    known = desk.read(writing.open_text, written[0])
    writing.keep(desk.store, written[0], content(body="Not a version yet."), by=desk.reporter, known=known)
    assert desk.store.checkpoint()
    assert not desk.store.notice_others(), "nobody else wrote"
    shutil.copyfile(desk.store.path, tmp_path / "copied.ovn")
    with closing(open_store(tmp_path / "copied.ovn")) as copied, copied.read() as reading:
        assert {row.id for row in reading.rows()} == set(written)
        assert writing.text_of(reading, written[0]).body == "Not a version yet."


def test_a_checkpoint_waits_for_nobody_who_reads(desk):
    with desk.store.read() as reading:
        reading.rows()
        writer = threading.Thread(target=lambda: desk.draft(headline="Meanwhile"))
        writer.start()
        writer.join()
        assert not desk.store.checkpoint()
    assert desk.store.checkpoint()


def test_old_backups_are_thinned_by_age(tmp_path):
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    for hours in range(0, 24 * 400, 6):
        made = now - timedelta(hours=hours)
        file = tmp_path / f"n-{made:%Y%m%dT%H%M%S}-backup.ovn"
        file.touch()
        os.utime(file, (made.timestamp(), made.timestamp()))
    backup.thin_backups(tmp_path, now=now)
    left = sorted(tmp_path.glob("*.ovn"))
    ages = [(now - datetime.fromtimestamp(file.stat().st_mtime, UTC)).days for file in left]
    assert sum(age < 2 for age in ages) >= 8
    assert max(ages) > 200
    assert len(left) < 45


@given(st.lists(st.sampled_from('abcxyz اب"*-^:()'), max_size=12).map("".join))
def test_a_search_is_always_quoted(text):
    query = article_index.match_query(text)
    assert re.fullmatch(r'("[^"]+"( |\*$))*', query)


def test_a_record_says_by_its_name_what_it_holds(desk):
    article = desk.draft()
    with desk.store.read() as reading:
        revision = reading.revisions(article)[0]
    record = records.text_of(revision)
    assert records.read_revision(record, id=revision.id, signature=revision.signature) == revision
    with pytest.raises(records.DamagedRecordError):
        records.read_revision(record.replace("Baku", "Bako"), id=revision.id)


def test_importing_ten_files_twice_makes_ten_articles(desk, tmp_path):
    for number in range(10):
        (tmp_path / f"{number}.md").write_text(f"# Story {number}\n\nText {number}.", encoding="utf-8")
    first = importing.import_files(desk.store, [tmp_path], by=desk.reporter)
    again = importing.import_files(desk.store, [tmp_path], by=desk.reporter)
    assert {report.status for report in first} == {"imported"}
    assert {report.status for report in again} == {"skipped"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE revisions SET record = NULL",
        "UPDATE revisions SET id = 5",
        "UPDATE events SET record = x'ff00'",
        "UPDATE blobs SET data = 'words'",
        "UPDATE revisions SET article = 'another'",
    ],
)
def test_a_backup_with_anything_in_its_columns_brings_back_only_what_is_whole(desk, tmp_path, change):
    whole = housekeeping.back_up(desk.store, to=tmp_path)
    desk.in_review()
    with desk.store.begin() as tx:
        tx.add_blob(b"as if it were a picture", "image/jpeg")
    copy = housekeeping.back_up(desk.store, to=tmp_path)
    with closing(driver.connect(str(copy))) as connection:
        connection.execute("DROP TABLE IF EXISTS article_search")
        for table in ("revisions", "events", "blobs"):
            connection.execute(f"CREATE TABLE loose AS SELECT * FROM {table}")
            connection.execute(f"DROP TABLE {table}")
            connection.execute(f"ALTER TABLE loose RENAME TO {table}")
        connection.execute(change)
        connection.commit()
    restoring.recover(tmp_path / "other.ovn", whole)
    with closing(open_store(tmp_path / "other.ovn")) as other:
        restoring.restore(other, copy)
        assert other.find_damage() == []
        with other.read() as reading:
            named = {reading.revision(revision).article for revision in _heads(reading)}
            assert named == set(reading.article_ids())


def _heads(reading):
    return [reading.article(article).head for article in reading.article_ids()]
