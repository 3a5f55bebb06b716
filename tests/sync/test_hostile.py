"""A hostile colleague, on every way to another desk: nothing they forge changes one byte of the site."""

import json
import random
import shutil
from contextlib import closing

import pytest
import sqlcipher3.dbapi2 as driver

import forging
import hubs
import sharing
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import Step
from ovn_desk.store import replication
from ovn_desk.sync import bundle, exchange
from ovn_desk.usecases import housekeeping, publishing, restoring

pytestmark = pytest.mark.campaign  # attacks and a program of its own: half a minute of make test


def newsroom(desk):
    """An article in each place where a forgery would pay: live, approved, in review, live and being corrected."""
    live, corrected = desk.approved(headline="Live"), desk.approved(headline="Corrected")
    export(desk, desk.store.path.parent / "first")
    approved, review = desk.approved(headline="Approved"), desk.in_review(headline="In review")
    desk.correct(corrected)
    return live, approved, review, corrected


def export(desk, folder):
    shutil.rmtree(folder, ignore_errors=True)
    done = publishing.plan(
        desk.store, publishing.ExportRequest(None, folder), by=desk.editor.person, renderer=desk.renderer
    )
    publishing.export(desk.store, publishing.ExportRequest(None, folder), by=desk.editor, renderer=desk.renderer)
    return done


def state(desk):
    """What readers and colleagues are shown: the fold of each article without what is kept and does not count."""
    folds = sharing.folds(desk)
    shown = (
        "state",
        "heads",
        "holder",
        "approval",
        "published",
        "live_approval",
        "claims",
        "newest",
        "plan",
        "assignment",
    )
    return {article: [getattr(one, name) for name in shown] for article, one in folds.items()}


@pytest.fixture
def room(desks):
    one, other = desks
    articles = newsroom(one)
    sharing.meet(one, other)
    return one, other, articles


def some(found, number, seed):
    chosen = list(found)
    return random.Random(seed).sample(chosen, min(number, len(chosen)))


def test_rows_forged_by_a_reporter_in_every_name_change_nothing(room, tmp_path):
    one, other, articles = room
    before, roster = state(one), one.read(lambda reading: reading.roster())
    house = one.read(lambda reading: reading.house().text)
    found = some(forging.forgeries(other, articles, other.reporter), 120, 1)
    for batch in replication.batches(found, 20):
        for _, row in batch:
            exchange.absorb(one.store, [row])
        assert state(one) == before, [what for what, _ in batch]
    after = one.read(lambda reading: reading.roster())
    assert (after.people, after.keys, after.invitations) == (roster.people, roster.keys, roster.invitations)
    assert one.read(lambda reading: reading.house().text) == house


def test_a_reporter_with_only_their_own_login_takes_no_page_off_by_the_hub(room, database, tmp_path):
    """As it was seen: withdraw in an editor's name on a laptop that has no editor's key, sync, export."""
    from ovn_desk.sync import postgres

    one, other, articles = room
    url = postgres.address(database)
    postgres.make(url, one.store)
    for person in (one.reporter, one.editor):
        postgres.add_staff(url, person.person)
    hubs.sync(one, database)
    forged = [row for what, row in forging.in_anothers_name(other, articles[0], other.reporter, [other.editor])]
    with other.store.begin() as tx:  # past every check of the reporter's own desk
        for row in forged:
            data = json.loads(row.record)
            replication.insert_row(tx, row, data)
    done = hubs.sync(other, hubs.login(database, "rana_malik"))
    assert done.sent
    before = state(one)
    came = hubs.sync(one, hubs.login(database, "ayesha_khan"))
    assert came.came.refused or came.came.added
    assert state(one) == before


def test_a_bundle_full_of_forgeries_brings_none(room, tmp_path):
    one, other, articles = room
    before = state(one)
    with other.store.begin() as tx:
        for _, row in some(forging.in_anothers_name(other, articles[0], other.reporter, [other.editor]), 40, 2):
            replication.insert_row(tx, row, json.loads(row.record))
    bundle.write(other.store, tmp_path / "forged.ovnb", by=other.reporter)
    bundle.import_bundle(one.store, tmp_path / "forged.ovnb")
    assert state(one) == before


def test_a_restored_backup_full_of_forgeries_brings_none(room, tmp_path):
    one, other, articles = room
    before = state(one)
    copy = other.store.back_up(to=tmp_path)
    rows = some(forging.forgeries(other, articles, other.reporter), 150, 3)
    tables = {kind: made.table.name for kind, made in replication.KINDS.items()}
    with closing(driver.connect(str(copy), isolation_level=None)) as connection:
        for seq, (_, row) in enumerate(rows, 10_000):
            data = json.loads(row.record)
            values = {"seq": seq, "id": row.id, "record": row.record, "signature": row.signature}
            values |= {"device": str(data.get("device")), "previous": str(data.get("previous", ""))}
            if tables[row.kind] in {"revisions", "events"}:
                values["article"] = str(data.get("article"))
            marks = ", ".join("?" * len(values))
            names = ", ".join(values)
            connection.execute(
                f"INSERT OR IGNORE INTO {tables[row.kind]} ({names}) VALUES ({marks})", (*values.values(),)
            )
    try:
        restoring.restore(one.store, copy)
    except DeskError as error:
        assert "damaged" in str(error) or "read" in str(error)
    assert state(one) == before


def test_the_site_is_the_same_to_the_last_byte_with_forgeries_on_the_desk(room, tmp_path):
    one, other, articles = room
    export(one, tmp_path / "site")
    before = forging.site(tmp_path / "site")
    for _, row in some(forging.forgeries(other, articles, other.reporter), 60, 4):
        exchange.absorb(one.store, [row])
    housekeeping.rebuild(one.store)
    publishing.export(
        one.store, publishing.ExportRequest(None, tmp_path / "site"), by=one.editor, renderer=one.renderer
    )
    assert forging.site(tmp_path / "site") == before


def test_the_kit_forges_what_would_count_if_the_owner_had_signed_it(room):
    """A forgery that no key could make count would prove nothing: the same with the right key does count."""
    one, other, (live, *_) = room
    withdraw = [
        row
        for what, row in forging.in_anothers_name(other, live, other.reporter, [other.editor])
        if what.startswith("withdraw as Ayesha Khan, unsigned")
    ]
    row = next(row for row in withdraw if other.editor.key.id in row.record and '"after"' in row.record)
    signed = row._replace(signature=signing.sign(one.editor.key, forging.records.signed_bytes(row.id)))
    exchange.absorb(one.store, [signed])
    assert one.article(live).state == "withdrawn"
    assert Step.WITHDRAW
