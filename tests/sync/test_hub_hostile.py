"""A member of staff with their own login and psql: what they put into the hub, and what that does to the others."""

import contextlib
import itertools
import json
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import rfc8785
from sqlalchemy import Engine, event, make_url

import hubs
import sharing
from hub_rights import RIGHTS, rights
from make import Desk, content
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import records, replication
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync import exchange, postgres
from ovn_desk.sync.postgres import connecting, packing, syncing
from ovn_desk.usecases import doctor, people, pictures, publishing, writing
from photos import photo

pytestmark = pytest.mark.campaign  # attacks and a program of its own: half a minute of make test

RANA, AYESHA = "rana_malik", "ayesha_khan"
OLD_SCHEMA = Path(__file__).with_name("hub-format-2.sql")


def ask(hub, statement, *, login="postgres"):
    url = make_url(hub)
    return hubs.run(url.query["host"], statement, database=url.database, login=login)


def refused(hub, statement, *, login=RANA):
    with pytest.raises(psycopg.Error) as found:
        ask(hub, statement, login=login)
    return found.value.diag.message_primary


def put(hub, packed, *, login=RANA, may_be_refused=False):
    """Puts rows into the hub, past this program; returns how many it took."""
    url = make_url(hub)
    columns, taken = "kind, id, article, said, packed, signature", 0
    with psycopg.connect(host=url.query["host"], dbname=url.database, user=login, autocommit=True) as line:
        for row in packed:
            try:
                line.execute(f"INSERT INTO ovn.rows ({columns}) VALUES (%s, %s, %s, %s, %s, %s)", row)
                taken += 1
            except psycopg.Error:
                if not may_be_refused:
                    raise
    return taken


@contextlib.contextmanager
def statements():
    """What is said to the hub meanwhile."""
    found = []

    def hear(_connection, _cursor, statement, *_):
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def limit(hub, **changes):
    return postgres.limit(postgres.address(hub), changes)


def packed_rows(desk, article=None):
    with desk.store.read() as reading:
        rows = replication.rows(reading, None if article is None else [article])
        return [packing.pack(row) for row in rows if article is None or packing.pack(row).article == article]


# The functions, the totals and the places


def test_the_functions_of_the_triggers_do_nothing_on_a_table_of_ones_own(desks, hub):
    """Not even where somebody gave staff what they must not have."""
    desks[0].draft()
    hubs.sync(desks[0], hub)
    before = ask(hub, "SELECT * FROM ovn.totals ORDER BY article"), ask(hub, "SELECT last_value FROM ovn.places")
    assert refused(hub, "CREATE TEMP TABLE mine (x int)").startswith("permission denied")
    assert refused(hub, "CREATE TABLE public.mine (x int)").startswith("permission denied")
    name = make_url(hub).database
    ask(hub, f"GRANT TEMP ON DATABASE {name} TO PUBLIC; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ovn TO PUBLIC")
    table = "CREATE TEMP TABLE mine (LIKE ovn.rows INCLUDING DEFAULTS);"
    row = "INSERT INTO mine SELECT * FROM ovn.rows"
    for when, function in (
        ("BEFORE INSERT ON mine FOR EACH ROW", "take_row"),
        ("BEFORE INSERT ON mine FOR EACH ROW", "take_file"),
        ("AFTER INSERT ON mine REFERENCING NEW TABLE AS came FOR EACH STATEMENT", "add_up"),
    ):
        attack = f"{table} CREATE TRIGGER t {when} EXECUTE FUNCTION ovn.{function}(); {row}"
        assert refused(hub, attack) == "this is for the hub's own tables"
    assert refused(hub, "SELECT ovn.next_place('records', 0)").startswith("permission denied")
    assert (
        ask(hub, "SELECT * FROM ovn.totals ORDER BY article"),
        ask(hub, "SELECT last_value FROM ovn.places"),
    ) == before


ATTACKS = [
    "SELECT nextval('ovn.places')",
    "SELECT setval('ovn.places', 9000000000000000000)",
    "UPDATE ovn.totals SET number = 0",
    "INSERT INTO ovn.totals VALUES ('x', 1, B'0'::bit(256))",
    "DELETE FROM ovn.used",
    "UPDATE ovn.limits SET records_a_day = 1000000",
    "SELECT * FROM ovn.used",
    "SELECT * FROM ovn.turn FOR UPDATE",
    "BEGIN; LOCK TABLE ovn.rows IN SHARE MODE",
    "BEGIN; LOCK TABLE ovn.rows IN ROW EXCLUSIVE MODE",
    "SELECT ovn.add_up()",
    "SELECT pg_advisory_lock(1)",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000))",
    "SET session_replication_role = replica",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION ayesha_khan",
    "ALTER ROLE ayesha_khan NOLOGIN",
    "ALTER ROLE rana_malik CONNECTION LIMIT -1",
    "ALTER ROLE rana_malik CREATEROLE",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OPERATOR public.+ (LEFTARG = text, RIGHTARG = text, FUNCTION = textcat)",
    "ALTER TABLE ovn.rows DISABLE TRIGGER ALL",
    "DROP TRIGGER never ON ovn.rows",
    "CREATE RULE r AS ON INSERT TO ovn.rows DO NOTHING",
    "CREATE POLICY p ON ovn.rows USING (true)",
    "COPY ovn.rows (kind, id, article, said, signature) FROM PROGRAM 'true'",
    "COPY (SELECT 1) TO '/tmp/of-a-hostile-login'",
    "CREATE PUBLICATION p FOR TABLE ovn.rows",
    "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION ovn.never()",
    "BEGIN; PREPARE TRANSACTION 'mine'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT rolpassword FROM pg_authid",
]
_NO = ("permission denied", "must be", "only superusers", "prepared transactions are", "absolute path")


def test_nothing_else_is_theirs_to_do(hub):
    url = make_url(hub)
    with psycopg.connect(host=url.query["host"], dbname=url.database, user=RANA, autocommit=True) as line:
        for attack in ATTACKS:
            with pytest.raises(psycopg.Error) as found:
                line.execute(attack)
            assert found.value.diag.message_primary.startswith(_NO), attack
            line.rollback()


def test_what_they_pass_on_of_their_rights_is_nothing(hub):
    for attack in (
        "GRANT SELECT ON ovn.rows TO PUBLIC",
        f"GRANT {RANA} TO {AYESHA}",
        "GRANT USAGE ON SCHEMA ovn TO PUBLIC",
    ):
        try:
            ask(hub, attack, login=RANA)
        except psycopg.Error as error:
            assert "permission denied" in str(error) or "must have admin" in str(error)
    assert rights(hub) == RIGHTS


def test_totals_are_not_mixed_up_by_a_snapshot_from_before(desks, hub):
    """Somebody who does not see yet what another sent would have it counted twice, and so not at all."""
    article = desks[0].draft()
    (twin,) = (row for row in packed_rows(desks[0], article))
    url = make_url(hub)
    with psycopg.connect(host=url.query["host"], dbname=url.database, user=RANA) as line:
        line.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        line.execute("SELECT count(*) FROM ovn.rows")
        hubs.sync(desks[0], hub)
        with pytest.raises(psycopg.Error, match="read what is committed"):
            line.execute(
                "INSERT INTO ovn.rows (kind, id, article, said, packed, signature) VALUES (%s, %s, %s, %s, %s, %s)",
                twin._replace(signature="AAAA"),
            )


# Squatting


def twins(row):
    """What can be said in the name of a record: each would once have kept the record itself away."""
    yield row._replace(signature="A" * 86 + "==")
    yield row._replace(signature="")
    if row.packed is not None:
        yield row._replace(packed=zlib.compress(b"{}"))
        yield row._replace(packed=b"not even packed")
        said = json.loads(row.said)
        yield row._replace(said=json.dumps(said | {"by": "nobody"}))
        yield row._replace(said=json.dumps(said | {"article": "elsewhere"}), article="elsewhere")
        yield row._replace(kind="revision/9")


def story(desk):
    """An article filed, taken and approved: revisions and events of two people."""
    article = desk.draft()
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)
    return article


@pytest.mark.parametrize("is_early", [True, False], ids=["before the desk comes", "between its looking and sending"])
def test_a_record_comes_through_whatever_stands_in_its_name(desks, hub, is_early, monkeypatch):
    one, other = desks
    article = story(one)
    people.add_staff(one.store, name="Omar", role=Role.EDITOR)
    forged = [twin for row in packed_rows(one) for twin in twins(row)]
    if is_early:
        put(hub, forged)
        done = hubs.sync(one, hubs.login(hub, AYESHA))
    else:
        real, left = syncing._Round._push, itertools.count()

        def push(self):
            if next(left) == 0:
                put(hub, forged)
            real(self)

        monkeypatch.setattr(syncing._Round, "_push", push)
        done = hubs.sync(one, hubs.login(hub, AYESHA))
    assert len(done.came.refused) == len(forged)
    assert {trouble.carrier for trouble in done.came.refused} == {RANA}
    assert (done.differs, done.refused) == ((), ())
    came = hubs.sync(other, hubs.login(hub, AYESHA))
    assert came.differs == ()
    assert other.article(article).state is State.APPROVED
    assert other.person("Omar").role is Role.EDITOR
    assert sharing.folds(one) == sharing.folds(other)
    assert sharing.total(one) == sharing.total(other)
    assert doctor.examine(other.store) == []


def test_what_was_refused_is_named_once_with_its_carrier_and_never_fetched_again(desks, hub):
    one, other = desks
    story(one)
    put(hub, [twin for row in packed_rows(one) for twin in twins(row)])
    hubs.sync(one, hubs.login(hub, AYESHA))
    assert hubs.sync(other, hub).came.refused
    for desk in desks:
        with statements() as said:
            again = hubs.sync(desk, hub)
        assert (again.came.refused, again.differs, again.mended, again.sent) == ((), (), 0, 0)
        assert not [one for one in said if "packed, signature FROM" in one]
    one.draft()
    hubs.sync(one, hub)
    assert hubs.sync(other, hub).came.refused == ()


def test_nobody_begins_an_article_in_its_authors_name(desks, hub):
    """A text that claims to be the beginning stood in the way of the true one, and decided who may approve."""
    one, other = desks
    article = one.draft()
    beginning = packed_rows(one, article)[0]
    said = json.loads(beginning.said) | {"by": one.editor.id}
    forged = beginning._replace(id="0" * 64, said=records.canonical(said).decode())
    put(hub, [forged])
    one.step(article, Step.FILE, one.reporter)
    one.step(article, Step.TAKE, one.editor)
    one.approve(article)
    assert hubs.sync(one, hubs.login(hub, AYESHA)).refused == ()
    hubs.sync(other, hub)
    assert other.article(article).state is State.APPROVED


def test_a_picture_that_somebody_called_a_text_before_is_on_the_page_all_the_same(desks, hub, tmp_path):
    one, other = desks
    (image,) = pictures.import_images(one.store, [photo((400, 300))]).images
    shown = replace(image, key="train", alt="A train", caption="On the line", credit="Ali Raza")
    body = content().body + "\n\n![](image:train)\n"
    article = one.approved(body=body, images=(shown,))
    _, data = one.read(lambda reading: reading.blob(image.sha256))
    put_file = "INSERT INTO ovn.blobs (sha256, media, data) VALUES (%s, 'text/plain', %s)"
    url = make_url(hub)
    with psycopg.connect(host=url.query["host"], dbname=url.database, user=RANA, autocommit=True) as line:
        line.execute(put_file, (image.sha256, data))
    hubs.sync(one, hub)
    hubs.sync(other, hub)
    made = {}
    for number, desk in enumerate(desks):
        to = tmp_path / str(number)
        done = publishing.export(
            desk.store, publishing.ExportRequest((article,), to, "page"), by=desk.editor, renderer=desk.renderer
        )
        assert done.refused == ()
        made[number] = {file.name: file.read_bytes() for file in to.rglob("*.jpg")}
    assert made[0] == made[1] != {}


def test_somebody_who_waits_here_in_a_record_s_name_makes_way_for_it(desks, hub):
    """A bundle brought something unsigned under the id of a record; the record then comes from the hub."""
    one, other = desks
    article = story(one)
    hubs.sync(one, hub)
    rows = sharing.rows(one, [article])
    exchange.absorb(other.store, [row._replace(signature="A" * 86 + "==") for row in rows[-2:]])
    assert hubs.sync(other, hub).differs == ()
    assert sharing.folds(one) == sharing.folds(other)


def test_a_computer_is_set_up_although_another_newsroom_founds_itself_at_the_hub(desks, hub, tmp_path, renderer):
    with sharing.newsroom(tmp_path / "elsewhere", renderer, number=1) as (stranger,):
        put(hub, packed_rows(stranger))
    story(desks[0])
    hubs.sync(desks[0], hub)
    store, done = postgres.join(tmp_path / "new.ovn", postgres.address(hub), settle=lambda *_: None)
    assert done.differs == ()
    assert sharing.folds(Desk(store, renderer)) == sharing.folds(desks[0])
    store.close()


# Nonsense

ODD = [
    None,
    True,
    0,
    -1,
    2**60,
    1e300,
    "",
    "x",
    "\ud800",
    "é\x00",
    [],
    [[]],
    [None],
    ["x"],
    {},
    {"x": 1},
    "0" * 64,
    [["0" * 64]],
]
PACKED = [
    b"",
    b"[]",
    b"1e999",
    b'{"content": NaN}',
    b'{"v": 1e999}',
    b'{"v": 123456789012345678901234567890}',
    b'{"by": "\\ud800"}',
    b"[" * 100_000,
    b'{"a": ' * 50_000,
    b"\xff",
    b'{"v": ' + b"9" * 5_000 + b"}",
    b'{"article": []}',
]


def odd_fields(data):
    for name, value in itertools.product(data, [*ODD, ...]):
        yield {key: said for key, said in data.items() if key != name} | ({} if value is ... else {name: value})


def odd_records(desk, rows):
    """Each record with each field odd, or gone, or more than it has: signed by somebody of the house."""
    for row in rows:
        data = json.loads(row.record)
        inside = [data | {"content": changed} for changed in odd_fields(data.get("content", {}))]
        for changed in (*odd_fields(data | {"details": {}, "unknown": ""}), *inside):
            with contextlib.suppress(ValueError, rfc8785.CanonicalizationError):
                record = records.canonical(changed).decode()
                id = records.name_of(row.kind, record)
                yield RecordRow(row.kind, id, record, signing.sign(desk.reporter.key, records.signed_bytes(id)))


def test_nonsense_in_any_field_ends_no_round(desks, hub):
    one, other = desks
    article = story(one)
    hubs.sync(one, hub)
    put(
        hub,
        [
            packing.PackedRow("revision/2", f"{n:064x}", "", "{}", zlib.compress(one), "")
            for n, one in enumerate(PACKED)
        ],
    )
    odd = [packing.pack(row) for row in odd_records(one, sharing.rows(one))]
    assert put(hub, odd, may_be_refused=True) > 500
    done = hubs.sync(other, hub)
    assert done.differs == ()
    assert other.article(article).state is State.APPROVED
    assert hubs.sync(other, hub).differs == hubs.sync(one, hub).differs == ()


# Pouring


def strange_row(desk, number, *, size=100, kind=records.EVENT):
    """A record that is one in all but its key, which nobody knows."""
    said = {"article": f"a{number}", "at": records.time_text(records.now()), "by": "nobody", "device": "d"}
    said |= {"key": "ovn-unknown", "note": "x" * size, "revision": "0" * 64, "step": "file", "v": 2}
    record = records.canonical(said).decode()
    return packing.pack(RecordRow(kind, records.name_of(kind, record), record, "A" * 88))


def test_what_nobody_known_signed_is_not_kept_on_any_desk(desks, hub):
    put(hub, [strange_row(desks[0], number) for number in range(50)])
    done = hubs.sync(desks[0], hub)
    assert len(done.came.refused) == 50
    assert done.differs == ()
    assert desks[0].read(replication.quarantined_rows) == []
    assert hubs.sync(desks[0], hub).came.refused == ()


def test_what_came_before_its_makers_key_is_asked_for_again_once_the_key_is_known(desks, hub):
    one, other = desks
    hubs.sync(one, hub)
    people.add_staff_with_key(one.store, name="Omar", role=Role.REPORTER)
    article = writing.start(one.store, content(), by=one.signer("Omar"))
    put(hub, packed_rows(one, article))
    done = hubs.sync(other, hub)
    assert ([trouble.carrier for trouble in done.came.refused], done.differs) == ([RANA], ())
    assert sharing.folds(other) == {}
    hubs.sync(one, hub)
    done = hubs.sync(other, hub)
    assert (done.came.refused, done.differs) == ((), ())
    assert sharing.folds(other) == sharing.folds(one)
    assert set(sharing.folds(one)) == {article}


def test_a_day_has_its_share_and_what_is_over_it_waits_and_goes_later(desks, hub):
    one, other = desks
    hubs.sync(one, hub)
    limit(hub, records_a_day=3)
    articles = [one.draft() for _ in range(5)]
    done = hubs.sync(one, hubs.login(hub, RANA))
    assert done.sent == 3
    assert "takes no more from you today: a login may send 3 records and 100 MB of them a day." in str(done.full)
    assert one.read(postgres.synced_at) is None or done.differs
    assert hubs.sync(one, hubs.login(hub, RANA)).sent == 0
    assert hubs.sync(other, hubs.login(hub, AYESHA)).came.added == 3
    ask(hub, "UPDATE ovn.used SET day = day - 1")  # the next day
    assert hubs.sync(one, hubs.login(hub, RANA)).full is None
    hubs.sync(other, hubs.login(hub, AYESHA))
    assert set(sharing.folds(other)) == set(articles)


def test_one_who_has_used_up_their_share_still_gets_what_the_others_send(desks, hub):
    one, other = desks
    hubs.sync(one, hub)
    limit(hub, records_a_day=1)
    one.draft(), one.draft()
    article = other.draft()
    hubs.sync(other, hubs.login(hub, AYESHA))
    done = hubs.sync(one, hubs.login(hub, RANA))
    assert done.full
    assert article in sharing.folds(one)


def test_files_have_a_share_of_their_own(desks, hub):
    one, _ = desks
    hubs.sync(one, hub)
    limit(hub, files_a_day=2, file_bytes_a_day=1_000)
    with one.store.begin() as tx:
        for number in range(3):
            tx.add_blob(bytes([number]) * 10, "image/jpeg")
    one.draft()
    done = hubs.sync(one, hubs.login(hub, RANA))
    assert (done.files_sent, done.sent, done.differs) == (2, 1, ())
    assert "2 files and 0 MB of them a day" in str(done.full)
    with one.store.begin() as tx:
        tx.add_blob(b"x" * 2_000, "image/jpeg")
    assert hubs.sync(one, hubs.login(hub, AYESHA)).files_sent < 2


def test_a_pour_stops_at_the_days_share_in_one_statement_as_in_many(desks, hub):
    limit(hub, record_bytes_a_day=1_000_000)
    pour = """INSERT INTO ovn.rows (kind, id, article, said, packed, signature)
              SELECT 'revision/2', encode(sha256(n::text::bytea), 'hex'), '', '{}',
              convert_to(repeat('x', 100000), 'UTF8'), ''
              FROM generate_series(1, 1000) AS n"""
    assert "a login may send" in refused(hub, pour)
    assert ask(hub, "SELECT count(*) FROM ovn.rows") == [(0,)]
    few = pour.replace("1000)", "5)")
    ask(hub, few, login=RANA)
    assert "a login may send" in refused(hub, few.replace("n::text", "'again' || n").replace("5)", "6)"))
    assert hubs.sync(desks[0], hub).differs == ()


def test_a_record_larger_than_the_hub_takes_is_refused_and_the_rest_goes(desks, hub):
    one, _ = desks
    hubs.sync(one, hub)
    limit(hub, record_bytes=20_000)
    words = " ".join(str(number**5) for number in range(20_000))
    large, small = one.draft(body=words), one.draft()
    done = hubs.sync(one, hubs.login(hub, RANA))
    assert [trouble.why for trouble in done.refused] == ["it is larger than this hub takes (19 kB)"]
    assert done.differs == (large,)
    assert small in {article for (article,) in ask(hub, "SELECT article FROM ovn.totals")}


def test_rows_that_unpack_to_much_are_unpacked_a_few_at_a_time(desks, hub):
    """100 kB at the hub were 100 MB in the memory of every desk."""
    one, other = desks
    base = json.loads(sharing.rows(one, [one.draft()])[-1].record)
    for number in range(20):
        record = records.canonical(base | {"content": {"body": "x" * 4_000_000}, "nonce": str(number)}).decode()
        put(hub, [packing.pack(RecordRow(records.REVISION, records.name_of(records.REVISION, record), record, ""))])
    tracemalloc.start()
    try:
        done = hubs.sync(other, hub)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(done.came.refused) == 20
    assert peak < 70_000_000


def test_no_column_takes_more_than_it_needs(hub):
    row = strange_row(None, 1)
    media = "INSERT INTO ovn.blobs (sha256, media, data) VALUES (encode(sha256('x'), 'hex'), repeat('a', 1000), 'x')"
    assert "violates check constraint" in refused(hub, media)
    for column in ("kind", "article", "signature"):
        with pytest.raises(psycopg.Error):
            put(hub, [row._replace(**{column: "a" * 5_000})])


# A hub of an older desk


@pytest.fixture
def old_hub(database, desks):
    """A hub as the last version made it, with what three people sent to it, and with something that is no record."""
    url = make_url(database)
    group = f"ovn_{url.database}"
    ask(database, f"CREATE ROLE {group} NOLOGIN; {OLD_SCHEMA.read_text().replace('${staff}', group)}")
    founding = desks[0].read(lambda reading: reading.roster().founding)
    ask(database, f"INSERT INTO ovn.house (format, id, newsroom) VALUES (2, 'old', '{founding}')")
    ask(database, f"CREATE ROLE {RANA} LOGIN; GRANT {group} TO {RANA}")
    ask(database, f"INSERT INTO ovn.staff VALUES ('{RANA}', '{desks[0].reporter.id}', 'Rana Malik')")
    return database


def test_a_hub_of_the_last_version_is_brought_up_to_date_in_place(desks, old_hub):
    one, other = desks
    article = story(one)
    with one.store.begin() as tx:
        tx.add_blob(b"pixels", "image/jpeg")
    put(old_hub, packed_rows(one))
    ask(old_hub, "INSERT INTO ovn.blobs (sha256, media, data) VALUES (encode(sha256('x'), 'hex'), 'image/png', 'x')")
    junk = records.canonical({"article": "a"}).decode()
    put(old_hub, [packing.PackedRow("rumour/1", records.name_of("rumour/1", junk), "a", junk, None, "")])
    kept = ask(old_hub, "SELECT seq, id, carrier, came_at FROM ovn.rows WHERE kind <> 'rumour/1' ORDER BY seq")
    with pytest.raises(DeskError, match="bring it up to date with: ovn-desk hub upgrade"):
        hubs.sync(one, old_hub)
    assert postgres.upgrade(postgres.address(old_hub)) == ()
    assert ask(old_hub, "SELECT seq, id, carrier, came_at FROM ovn.rows ORDER BY seq") == kept
    assert rights(old_hub) == RIGHTS
    assert hubs.sync(other, hubs.login(old_hub, RANA)).differs == ()
    assert other.article(article).state is State.APPROVED
    done = hubs.sync(one, hubs.login(old_hub, RANA))
    assert (done.sent, done.files_sent, done.differs) == (0, 1, ())
    one.draft()
    assert hubs.sync(one, hubs.login(old_hub, RANA)).sent == 1
    with pytest.raises(DeskError, match="is today's already"):
        postgres.upgrade(postgres.address(old_hub))


def test_a_hub_from_before_records_were_signed_is_refused_in_words_and_left(old_hub):
    ask(old_hub, "UPDATE ovn.house SET format = 1")
    with pytest.raises(DeskError, match="made before records were signed"):
        postgres.upgrade(postgres.address(old_hub))
    assert ask(old_hub, "SELECT to_regnamespace('ovn_before'), format FROM ovn.house") == [(None, 1)]


def test_limits_are_set_by_whoever_runs_the_hub(hub):
    assert limit(hub, records_a_day=7).records_a_day == 7
    assert postgres.status(postgres.address(hub)).limits.records_a_day == 7
    with pytest.raises(DeskError, match="may not do that"):
        limit(hubs.login(hub, RANA), records_a_day=9)
    with pytest.raises(DeskError, match="A limit is 1 or more; records a day is not"):
        limit(hub, records_a_day=0)


def test_whoever_keeps_the_others_waiting_is_named_and_ended(desks, hub, monkeypatch):
    """A row that is added and never committed holds up every other one: no database can tell it from a slow line."""
    one, _ = desks
    one.draft()
    monkeypatch.setattr(connecting, "STATEMENT_S", 1)
    url = make_url(hub)
    with psycopg.connect(host=url.query["host"], dbname=url.database, user=RANA) as line:
        columns = "kind, id, article, said, packed, signature"
        line.execute(f"INSERT INTO ovn.rows ({columns}) VALUES (%s, %s, %s, %s, %s, %s)", strange_row(None, 1))
        with pytest.raises(DeskError, match="did not answer in time"):
            hubs.sync(one, hubs.login(hub, AYESHA))
        (said,) = postgres.status(postgres.address(hub)).waits
        assert str(said).startswith("rana_malik has had a transaction open for 0 minutes")
        postgres.remove_staff(postgres.address(hub), one.reporter)
        assert hubs.sync(one, hubs.login(hub, AYESHA)).differs == ()
        with pytest.raises(psycopg.OperationalError):
            line.execute("SELECT 1")


def test_no_login_takes_every_connection(desks, hub):
    url = make_url(hub)
    lines = []
    try:
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            lines.extend(psycopg.connect(host=url.query["host"], dbname=url.database, user=RANA) for _ in range(20))
        assert len(lines) == 8
        assert postgres.remove_staff(postgres.address(hub), desks[0].reporter) == RANA
    finally:
        for line in lines:
            line.close()
