"""What a desk says the hub holds is what the hub's own table holds, after every round and after every cut of one."""

from contextlib import suppress

import pytest
from sqlalchemy import make_url

import hubs
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import Step
from ovn_desk.store import copy_marks, replication
from ovn_desk.sync import postgres
from ovn_desk.sync.postgres import syncing
from ovn_desk.usecases import merging, store_settings, writing
from ovn_desk.usecases.whereabouts import whereabouts


def ask(hub, statement):
    url = make_url(hub)
    return hubs.run(url.query["host"], statement, database=url.database, login="postgres")


def not_at_hub(desk, hub):
    """The ids of this desk's records that the hub's table has not: the oracle."""
    there = {row[0] for row in ask(hub, "SELECT id FROM ovn.rows")}
    with desk.store.read() as reading:
        return {
            row.id for kind in replication.KINDS for _, row, _ in replication.page(reading, kind, after=0, limit=10_000)
        } - there


def said_not_at_hub(desk):
    with desk.store.read() as reading:
        (mark,) = [one for one in copy_marks.marks(reading) if one.place.startswith(copy_marks.HUB_PLACE)]
        return {row.id for row in copy_marks.rows_lacking(reading, [mark], limit=10_000)}


def name_hub(desk, hub):
    store_settings.set_hub_address(desk.store, postgres.without_password(postgres.address(hub)))


def set_back(hub, kinds):
    ask(hub, "ALTER TABLE ovn.rows DISABLE TRIGGER USER")
    ask(hub, f"DELETE FROM ovn.rows WHERE kind IN ({kinds})")
    ask(hub, "DELETE FROM ovn.totals")
    ask(
        hub,
        "INSERT INTO ovn.totals (article, number, mixed) SELECT article, count(*), bit_xor(('x' || id)::bit(256)) "
        "FROM ovn.rows GROUP BY article",
    )
    ask(hub, "ALTER TABLE ovn.rows ENABLE TRIGGER USER")


def test_a_hub_that_was_never_reached_holds_nothing(desks, hub):
    one, _ = desks
    article = one.draft()
    name_hub(one, hub)
    found = one.read(whereabouts)
    assert found.hub.at is None
    assert found.only_here[article].versions == 1
    assert not found.is_everything_elsewhere


def test_after_a_round_the_hub_holds_everything_and_what_is_written_then_is_here_alone(desks, hub):
    one, other = desks
    first = one.draft()
    name_hub(one, hub)
    hubs.sync(one, hub)
    assert one.read(whereabouts).is_everything_elsewhere
    assert not_at_hub(one, hub) == said_not_at_hub(one) == set()
    one.edit(first, one.reporter, body="More of it.")
    one.step(first, Step.FILE, one.reporter)
    found = one.read(whereabouts)
    assert found.only_here.keys() == {first}
    assert (found.only_here[first].versions, found.only_here[first].steps) == (1, 1)
    assert not_at_hub(one, hub) == said_not_at_hub(one) != set()
    name_hub(other, hub)
    hubs.sync(other, hub)
    assert other.read(whereabouts).is_everything_elsewhere


def test_text_that_is_no_version_is_never_at_the_hub(desks, hub):
    one, _ = desks
    article = one.draft()
    name_hub(one, hub)
    hubs.sync(one, hub)
    known = one.read(writing.open_text, article)
    writing.keep(one.store, article, known.content.__class__(body="Typed."), by=one.reporter, known=known)
    hubs.sync(one, hub)
    found = one.read(whereabouts)
    assert found.only_here[article].text_since
    assert not found.hub.has_everything


@pytest.mark.parametrize("after", [1, 4, 7, 10])
def test_a_round_that_is_cut_claims_nothing_that_is_not_so(desks, hub, monkeypatch, after):
    one, other = desks
    other.draft(headline="Theirs")
    hubs.sync(other, hub)
    one.draft(headline="Ours")
    name_hub(one, hub)
    whole, count = syncing._Round._ask, iter(range(1, 1_000))

    def cut(self, *given, **named):
        if next(count) > after:
            raise DeskError("hub-stopping", at="here")
        return whole(self, *given, **named)

    with monkeypatch.context() as patch, suppress(DeskError):
        patch.setattr(syncing._Round, "_ask", cut)
        postgres.sync(one.store, postgres.address(hub), settle=merging.combine)
    assert not_at_hub(one, hub) <= said_not_at_hub(one)
    with one.store.read() as reading:
        theirs = {
            row.id
            for kind in replication.KINDS
            for _, row, _ in replication.page(reading, kind, after=0, limit=10_000)
            if "Theirs" in row.record
        }
    assert not theirs & said_not_at_hub(one), "what came from the hub is at the hub"


@pytest.mark.parametrize("kinds", ["'revision/2'", "'revision/2', 'event/2'", "'event/2'"])
def test_what_a_hub_lost_is_sent_again_and_counted(desks, hub, kinds):
    one, other = desks
    article = one.draft()
    one.step(article, Step.FILE, one.reporter)
    name_hub(one, hub)
    hubs.sync(one, hub)
    set_back(hub, kinds)
    lost = not_at_hub(one, hub)
    other.draft(headline="Written meanwhile by another")
    hubs.sync(other, hub)
    done = hubs.sync(one, hub)
    assert done.lost == len(lost)
    assert not_at_hub(one, hub) == said_not_at_hub(one) == set()


def test_what_the_hub_does_not_take_is_said_to_be_here_alone(desks, hub):
    one, _ = desks
    name_hub(one, hub)
    hubs.sync(one, hub)
    article = one.draft(headline="Refused")
    ask(hub, "ALTER TABLE ovn.rows ADD CONSTRAINT none_such CHECK (article <> '" + article + "') NOT VALID")
    later = one.draft(headline="Taken")
    done = hubs.sync(one, hub)
    assert done.refused
    assert not_at_hub(one, hub) == said_not_at_hub(one) != set()
    found = one.read(whereabouts)
    assert found.only_here.keys() == {article}
    assert later not in found.hub.lacks
