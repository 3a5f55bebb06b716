"""The hub in a real PostgreSQL: rounds, cuts, rights, what its triggers refuse, and every fault in one sentence."""

import hashlib
import itertools
import json
import re
import tempfile
import threading
import zlib
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import make_url

import hubs
import sharing
from make import Desk
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.image import Image
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import records
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync import exchange, postgres
from ovn_desk.sync.postgres import packing, pulling, syncing
from ovn_desk.usecases import commenting, doctor, drafts, joining, merging, people, queries, recording, writing


def ask(hub, statement, *, login="postgres"):
    url = make_url(hub)
    return hubs.run(url.query["host"], statement, database=url.database, login=login)


def refused(hub, statement, *, login="postgres"):
    with pytest.raises(psycopg.Error) as found:
        ask(hub, statement, login=login)
    return found.value.diag.message_primary


def test_a_story_goes_to_the_editor_over_the_hub_and_comes_back_approved(desks, hub):
    one, other = desks
    article = one.draft()
    one.step(article, Step.FILE, one.reporter)
    assert hubs.sync(one, hubs.login(hub, "rana_malik")).differs == ()
    hubs.sync(other, hubs.login(hub, "ayesha_khan"))
    other.step(article, Step.TAKE, other.editor)
    other.approve(article)
    hubs.sync(other, hubs.login(hub, "ayesha_khan"))
    done = hubs.sync(one, hubs.login(hub, "rana_malik"))
    assert (done.came.articles, done.refused, done.differs) == ({article}, (), ())
    assert one.article(article).state is State.APPROVED
    assert sharing.folds(one) == sharing.folds(other)
    assert doctor.examine(one.store) == []


def test_a_round_with_nothing_new_brings_and_sends_nothing(desks, hub):
    desks[0].approved()
    hubs.sync(desks[0], hub)
    again = hubs.sync(desks[0], hub)
    assert (again.sent, again.came.added, again.came.known, again.files_came, again.files_sent) == (0, 0, 0, 0, 0)


def test_of_what_was_only_read_or_begun_no_headline_is_told(desks, hub):
    one = desks[0]
    article = one.in_review()
    assert hubs.sync(one, hub).stories[-1] == article
    commenting.mark_read(one.store, article, by=one.reporter)
    begun = one.draft(headline="", standfirst="", body="")
    done = hubs.sync(one, hub)
    assert (done.sent, done.stories) == (2, (begun,))
    assert one.read(queries.told_headlines, done.stories) == []
    thrown = one.draft(headline="Sample: trains")
    drafts.discard(one.store, [thrown], by=one.reporter.person)
    assert one.read(queries.told_headlines, hubs.sync(one, hub).stories) == []


def test_pictures_travel_and_are_sent_once(desks, hub):
    one, other = desks
    with one.store.begin() as tx:
        name = tx.add_blob(b"pixels", "image/jpeg")
    one.draft(images=(Image("dam", name),))
    assert hubs.sync(one, hub).files_sent == 1
    assert hubs.sync(other, hub).files_came == 1
    assert hubs.sync(other, hub).files_came == 0
    assert other.read(lambda reading: reading.blob(name)) == ("image/jpeg", b"pixels")


def test_two_who_wrote_apart_are_combined_and_both_have_it(desks, hub):
    one, other = desks
    article = one.draft(body="The groups meet in Baku.\n\nThey talk about the line.")
    hubs.sync(one, hub)
    hubs.sync(other, hub)
    one.edit(article, by=one.reporter, body="The groups meet in Baku today.\n\nThey talk about the line.")
    other.edit(article, by=other.reporter, body="The groups meet in Baku.\n\nThey talk about the line, too.")
    for desk in (one, other, one):
        hubs.sync(desk, hub)
    assert one.read(writing.text_of, article).body == "The groups meet in Baku today.\n\nThey talk about the line, too."
    assert sharing.total(one) == sharing.total(other)


def test_a_new_computer_is_set_up_from_the_hub(desks, hub, tmp_path, renderer):
    article = desks[0].approved()
    people.add_staff(desks[0].store, name="Omar", role=Role.EDITOR)
    hubs.sync(desks[0], hub)
    store, done = postgres.join(tmp_path / "new.ovn", postgres.address(hub), settle=merging.combine)
    new = Desk(store, renderer)
    assert (done.differs, done.refused) == ((), ())
    assert new.article(article) == desks[0].article(article)
    assert new.person("Omar").role is Role.EDITOR
    assert doctor.examine(store) == []
    store.close()


def test_a_newcomer_reads_who_is_in_the_newsroom_before_anything_is_written(desks, hub, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    invited = joining.invite(desks[0].store, "Omar Said", by=desks[0].chief)
    hubs.sync(desks[0], hub)
    sizes = ask(hub, "SELECT (SELECT count(*) FROM ovn.rows), (SELECT last_value FROM ovn.places)")
    found = postgres.read_newsroom(postgres.address(hubs.login(hub, "rana_malik")))
    with desks[0].store.read() as reading:
        assert (found.name, found.founding) == (reading.house().name, reading.roster().founding)
        assert found.people == tuple(reading.staff())
    assert [(one.name, one.person) for one in found.invited] == [("Omar Said", invited.person.id)]
    assert ask(hub, "SELECT (SELECT count(*) FROM ovn.rows), (SELECT last_value FROM ovn.places)") == sizes
    assert list(scratch.iterdir()) == []


def test_a_login_that_the_hub_has_not_let_in_is_told_so(desks, hub, tmp_path):
    ask(hub, "CREATE ROLE guest LOGIN IN ROLE ovn_" + make_url(hub).database)
    guest = postgres.address(hubs.login(hub, "guest"))
    for act in (
        lambda: postgres.read_newsroom(guest),
        lambda: postgres.join(tmp_path / "new.ovn", guest, settle=merging.combine),
        lambda: postgres.sync(desks[0].store, guest, settle=merging.combine),
    ):
        with pytest.raises(DeskError, match="has not let it in"):
            act()
    assert not (tmp_path / "new.ovn").exists()


def test_what_a_newer_desk_wrote_is_passed_on_by_the_hub(desks, hub):
    one, other = desks
    article = one.draft()
    said = {"article": article, "content": "from the future", "by": one.reporter.id, "key": one.reporter.key.id}
    said |= {"device": "d", "at": records.time_text(records.now()), "v": 9}
    record = records.canonical(said).decode()
    for kind in ("revision/9", "event/9"):
        name = records.name_of(kind, record)
        signature = signing.sign(one.reporter.key, records.signed_bytes(name))
        exchange.absorb(one.store, [RecordRow(kind, name, record, signature)])
    hubs.sync(one, hub)
    done = hubs.sync(other, hub)
    assert (len(done.came.newer), done.differs) == (2, ())


@pytest.mark.parametrize("after", range(1, 13, 3))
def test_a_round_cut_after_any_statement_is_done_again_and_all_is_there(desks, hub, monkeypatch, after):
    one, other = desks
    monkeypatch.setattr(exchange, "ROWS_A_PAGE", 2)
    monkeypatch.setattr(pulling, "ROWS_A_PAGE", 2)
    article = one.approved()
    other_article = other.draft()
    hubs.sync(one, hub)
    left = itertools.count()
    real = syncing._Round._ask

    def cut(self, *given, **options):
        if next(left) == after:
            raise ConnectionError("the line is cut")
        return real(self, *given, **options)

    with monkeypatch.context() as patch:
        patch.setattr(syncing._Round, "_ask", cut)
        with suppress(ConnectionError):
            hubs.sync(other, hub)
    assert hubs.sync(other, hub).differs == ()
    assert hubs.sync(one, hub).differs == ()
    assert set(sharing.folds(one)) == set(sharing.folds(other)) == {article, other_article}
    assert sharing.folds(one) == sharing.folds(other)


def test_a_hub_set_back_to_an_older_state_gets_everything_again(desks, hub):
    one, other = desks
    one.draft()
    hubs.sync(one, hub)
    ask(hub, "ALTER TABLE ovn.rows DISABLE TRIGGER USER")
    ask(hub, "DELETE FROM ovn.rows WHERE kind = 'revision/2'")
    ask(hub, "DELETE FROM ovn.totals WHERE article <> ''")
    ask(hub, "ALTER TABLE ovn.rows ENABLE TRIGGER USER")
    done = hubs.sync(one, hub)
    assert (done.sent, done.differs) == (1, ())
    hubs.sync(other, hub)
    assert sharing.folds(other) == sharing.folds(one)


def test_writers_at_the_same_time_leave_no_row_behind_a_reader(desks, hub):
    """A reader who asks all the while, after a cursor, sees every row that two writers put in."""
    stop, seen, writers = threading.Event(), [], []

    def read():
        place = 0
        while not stop.is_set():
            for (seq,) in ask(hub, f"SELECT seq FROM ovn.rows WHERE seq > {place} ORDER BY seq"):
                place = seq
                seen.append(seq)

    def write(login, start):
        with psycopg.connect(host=make_url(hub).query["host"], dbname=make_url(hub).database, user=login) as line:
            for number in range(start, start + 40):
                record = json.dumps({"article": f"a{number}"})
                name = hashlib.sha256(f"ovn-desk/event/9\n{record}".encode()).hexdigest()
                line.execute(
                    "INSERT INTO ovn.rows (kind, id, article, said, signature) VALUES ('event/9', %s, %s, %s, '')",
                    (name, f"a{number}", record),
                )
                line.execute("SELECT pg_sleep(0.001)")
                line.commit()

    reader = threading.Thread(target=read)
    reader.start()
    for login, start in (("rana_malik", 0), ("ayesha_khan", 100)):
        writers.append(threading.Thread(target=write, args=(login, start)))
        writers[-1].start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()
    read_after = [seq for (seq,) in ask(hub, "SELECT seq FROM ovn.rows ORDER BY seq")]
    assert len(read_after) == 80
    assert seen == read_after[: len(seen)]


# What the hub refuses


NEVER = [
    "UPDATE ovn.rows SET said = '{}'",
    "DELETE FROM ovn.rows",
    "TRUNCATE ovn.rows",
    "DELETE FROM ovn.blobs",
    "UPDATE ovn.blobs SET media = ''",
]
NOT_THEIRS = [
    "DELETE FROM ovn.rows",
    "UPDATE ovn.house SET newsroom = ''",
    "INSERT INTO ovn.staff VALUES ('mallory', 'x', 'Mallory')",
    "SELECT * FROM ovn.staff",
    "UPDATE ovn.totals SET number = 0",
    "INSERT INTO ovn.rows (seq, kind, id, article, said) VALUES (1, 'event/2', '', '', '{}')",
    "INSERT INTO ovn.rows (kind, id, article, said, carrier) VALUES ('event/2', '', '', '{}', 'ayesha_khan')",
    "CREATE TABLE ovn.mine (x int)",
]


def test_not_even_whoever_runs_the_hub_changes_a_record_by_the_way(hub):
    for statement in NEVER:
        assert refused(hub, statement) == "records are never changed"


def test_staff_may_read_and_add_and_nothing_else(hub):
    for statement in NOT_THEIRS:
        assert refused(hub, statement, login="rana_malik").startswith(("permission denied", "must be owner"))


def test_who_carried_a_row_is_written_by_the_hub(desks, hub):
    desks[0].draft()
    hubs.sync(desks[0], hubs.login(hub, "rana_malik"))
    assert {row[0] for row in ask(hub, "SELECT DISTINCT carrier FROM ovn.rows")} == {"rana_malik"}


def test_somebody_who_is_in_the_group_and_not_on_the_staff_sees_nothing(desks, hub):
    desks[0].draft()
    hubs.sync(desks[0], hub)
    ask(hub, "DELETE FROM ovn.staff WHERE login = 'rana_malik'")
    assert ask(hub, "SELECT * FROM ovn.rows", login="rana_malik") == []
    with pytest.raises(DeskError, match="has not let it in"):
        hubs.sync(desks[1], hubs.login(hub, "rana_malik"))


def own_approval(desk):
    """An approval by the reporter, signed, past every rule of this program."""
    people.change_role(desk.store, "Rana", Role.EDITOR)
    article = desk.in_review()
    with desk.store.begin() as tx:
        tx.add_event(recording.new_event(tx, article, Step.APPROVE, desk.reporter, digest="d"))
    return article


def test_an_approval_by_the_reporter_is_carried_and_counts_at_no_desk(desks, hub):
    article = own_approval(desks[0])
    done = hubs.sync(desks[0], hubs.login(hub, "rana_malik"))
    assert (done.refused, done.differs) == ((), ())
    hubs.sync(desks[1], hub)
    assert desks[1].article(article).state is State.IN_REVIEW


def stored(row, **changes):
    """An insertion of a row as a careless or careful forger would write it."""
    kind, name, article, said, packed, signature = packing.pack(row)
    values = {"kind": kind, "id": name, "article": article, "said": said, "signature": signature} | changes
    data = "NULL" if packed is None else f"'\\x{packed.hex()}'::bytea"
    texts = ", ".join("'" + str(value).replace("'", "''") + "'" for value in values.values())
    return f"INSERT INTO ovn.rows ({', '.join(values)}, packed) VALUES ({texts}, {data})"


def test_the_hub_refuses_what_it_can_read_and_is_not_so(desks, hub):
    one, _ = desks
    article = one.draft()
    one.step(article, Step.FILE, one.reporter)
    revision, event = (row for row in sharing.rows(one, [article]) if not row.kind.startswith(("roster/", "house/")))
    said = event.record.replace('"file"', '"take"')
    assert refused(hub, stored(event, said=said)) == "its text does not match its hash"
    assert refused(hub, stored(event, article="b")) == "it is filed under another article than it says"
    for changes in ({"kind": "rumour/1"}, {"kind": "event/x"}, {"article": "a\nb"}, {"signature": "x" * 201}):
        with pytest.raises(psycopg.Error):
            ask(hub, stored(revision, **changes), login="rana_malik")
    packed_event = stored(event).replace("NULL", "'x'::bytea")
    assert refused(hub, packed_event) == "only versions are kept compressed"
    assert ask(hub, "SELECT count(*) FROM ovn.rows") == [(0,)]


def test_a_desk_refuses_a_row_whose_inside_is_not_what_the_hub_was_told(desks, hub):
    one, other = desks
    article = one.draft()
    row = sharing.rows(one, [article])[-1]
    said = json.loads(packing.pack(row)[3]) | {"by": one.chief.id}
    ask(hub, stored(row, said=records.canonical(said).decode()), login="rana_malik")
    done = hubs.sync(other, hub)
    (refusal,) = done.came.refused
    assert refusal.sentence == "the hub was told something else about it than it says. rana_malik carried it to the hub"
    assert (sharing.folds(other), done.differs) == ({}, ())


def test_a_row_that_unpacks_without_end_is_refused(desks, hub):
    bomb = zlib.compress(b'"' + b"x" * 20_000_000)
    ask(
        hub,
        f"INSERT INTO ovn.rows (kind, id, article, said, signature, packed) "
        f"VALUES ('revision/2', '{'0' * 64}', '', '{{}}', '', '\\x{bomb.hex()}'::bytea)",
    )
    assert hubs.sync(desks[0], hub).came.refused[0].why == "it cannot be unpacked"


# Addresses and faults


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://rana:secret@hub.example/news", "Leave the password out"),
        ("postgresql://rana@hub.example/news?sslmode=prefer", "has to be encrypted"),
        ("postgresql://rana@hub.example/news?sslmode=disable", "has to be encrypted"),
        ("postgresql://rana@10.0.0.7/news?sslmode=allow", "has to be encrypted"),
        ("postgresql://rana@localhost.example/news?sslmode=disable", "has to be encrypted"),
        ("postgresql://rana@localhost,hub.example/news", "Name one host"),
        ("postgresql:///news", "Name one host"),
        ("postgresql://rana@hub.example/news?passfile=x", "may not say “passfile”"),
        ("mysql://rana@hub.example/news", "not the address of a hub"),
        ("hub.example", "not the address of a hub"),
    ],
)
def test_an_address_that_would_give_something_away_is_refused(address, words):
    with pytest.raises(DeskError, match=words):
        postgres.address(address)


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgresql://rana@hub.example/news", "require"),
        ("postgresql://rana@hub.example/news?sslmode=verify-full", "verify-full"),
        ("postgresql://rana@localhost/news", "prefer"),
        ("postgresql://rana@127.0.0.1/news", "prefer"),
        ("postgresql://rana@[::1]/news?sslmode=disable", "disable"),
        ("postgresql://rana@/news?host=/run/postgresql", "prefer"),
    ],
)
def test_off_this_computer_the_line_is_encrypted(address, mode):
    assert postgres.address(address).query["sslmode"] == mode


def test_every_fault_of_the_hub_is_one_sentence(desks, database, tmp_path):
    store = desks[0].store
    faults = [
        (database.replace("hub", "nohub"), "There is no database"),
        (database, "is not a hub yet"),
        (f"postgresql://x@/x?host={tmp_path}", "cannot be reached: no database listens"),
        ("postgresql://x@127.0.0.1:1/x", "cannot be reached: no database listens"),
    ]
    for address, words in faults:
        with pytest.raises(DeskError, match=words) as found:
            postgres.sync(store, postgres.address(address), settle=merging.combine)
        assert "\n" not in str(found.value)


def test_a_hub_of_a_newer_or_older_desk_is_said_and_left_as_it_is(desks, hub):
    for number, words in ((99, "A newer OVN Desk made the hub"), (0, "An older OVN Desk made the hub")):
        ask(hub, f"UPDATE ovn.house SET format = {number}")
        with pytest.raises(DeskError, match=words):
            hubs.sync(desks[0], hub)
    assert ask(hub, "SELECT count(*) FROM ovn.rows") == [(0,)]


def test_the_hub_of_another_newsroom_is_refused(desks, database, tmp_path, renderer):
    with sharing.newsroom(tmp_path / "elsewhere", renderer, number=1) as (stranger,):
        postgres.make(postgres.address(database), stranger.store)
    with pytest.raises(DeskError, match="hub of another newsroom"):
        hubs.sync(desks[0], database)


def test_a_hub_that_stops_in_the_middle_is_said_in_words_and_loses_nothing(desks, hub, monkeypatch):
    one, other = desks
    one.draft()
    hubs.sync(one, hub)
    real = syncing._Round._pull

    def killed(self):
        name = make_url(hub).database
        ask(
            hub,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' "
            "AND pid <> pg_backend_pid()",
        )
        real(self)

    with monkeypatch.context() as patch:
        patch.setattr(syncing._Round, "_pull", killed)
        with pytest.raises(DeskError, match=r"is stopping or starting|cannot be reached"):
            hubs.sync(other, hub)
    hubs.sync(other, hub)
    assert sharing.folds(one) == sharing.folds(other)


def test_a_hub_is_made_once_by_a_newsroom_with_a_chief(desks, hub, tmp_path):
    url = postgres.address(hub)
    with pytest.raises(DeskError, match="There is a hub in this database already"):
        postgres.make(url, desks[0].store)
    first = postgres.add_staff(url, desks[0].reporter)
    again = postgres.add_staff(url, desks[0].reporter)
    assert (first.login, first.password != again.password) == ("rana_malik", True)
    assert re.fullmatch(r"([a-hj-km-np-z2-9]{4}-){4}[a-hj-km-np-z2-9]{4}", first.password), "can be read out"
    found = postgres.status(url)
    assert (found.rows, found.files, len(found.staff)) == (0, 0, 3)
    assert postgres.status(postgres.address(hubs.login(hub, "rana_malik"))).staff == ()
    (verifier,) = ask(hub, "SELECT rolpassword FROM pg_authid WHERE rolname = 'rana_malik'")[0]
    assert verifier.startswith("SCRAM-SHA-256$")


def test_when_the_last_round_ended_is_remembered(desks, hub):
    assert desks[0].read(postgres.synced_at) is None
    before = records.now()
    hubs.sync(desks[0], hub)
    assert desks[0].read(postgres.synced_at) >= before
