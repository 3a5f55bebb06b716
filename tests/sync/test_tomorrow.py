"""This desk and one of the next version, whose records have one more field: both keep, pass on and combine alike.

Adding a field once made every desk refuse what the next version wrote, and split articles for good.
"""

import json
from pathlib import Path

import pytest

import hubs
import sharing
from freezing import state
from make import Desk
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import replication
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync import bundle, exchange, postgres
from ovn_desk.usecases import doctor, merging, publishing
from tomorrow import Tomorrow, program

pytestmark = pytest.mark.campaign  # attacks and a program of its own: half a minute of make test

BODY = "The groups meet in Baku.\n\nThey talk about the line."


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return program(tmp_path_factory.mktemp("tomorrow") / "src")


@pytest.fixture
def room(template, tmp_path, renderer, sources):
    """Two of today's desks, and one of tomorrow's, of one newsroom."""
    with sharing.opened(template, tmp_path, renderer, number=2) as desks:
        yield *desks, Tomorrow(sources, tmp_path / "desk2.ovn")


def folds(desk):
    return {name: [one.state, one.head, sorted(one.heads)] for name, one in sharing.folds(desk).items()}


def absorb(desk, rows):
    came = exchange.IngestReport()
    for page in exchange.pages(rows):
        came += exchange.absorb(desk.store, page)
    merging.combine(desk.store, came.articles)
    return came


def test_what_both_know_is_the_same_on_both(room):
    one, _, tomorrow = room
    article = one.draft(body=BODY)
    assert tomorrow.absorb(sharing.rows(one)) == [[], [], []]
    tomorrow.do(["edit", article, "Rana", {"body": f"{BODY}\n\nMore."}])
    assert absorb(one, tomorrow.rows()).newer == ()
    one.step(article, Step.FILE, one.reporter)
    one.step(article, Step.TAKE, one.editor)
    one.approve(article)
    assert tomorrow.absorb(sharing.rows(one)) == [[], [], []]
    there, total = tomorrow.do(["folds"], ["total"])
    assert (there, total) == (folds(one), sharing.total(one).text)
    assert there[article][0] == State.APPROVED


def test_both_combine_two_versions_to_the_same_one(room):
    one, _, tomorrow = room
    article = one.draft(body=BODY)
    tomorrow.absorb(sharing.rows(one))
    one.edit(article, by=one.reporter, body=BODY.replace("Baku", "Baku today"))
    tomorrow.do(["edit", article, "Rana", {"body": BODY.replace("line", "railway line")}])
    absorb(one, tomorrow.rows())
    tomorrow.absorb(sharing.rows(one))
    there, total = tomorrow.do(["folds"], ["total"])
    assert (there, total) == (folds(one), sharing.total(one).text)
    (head,) = there[article][2]
    assert one.read(lambda reading: reading.revision(head)).is_combined


NEW_FIELDS = {
    "of a source": ["edit", "ARTICLE", "Rana", {}, {"mood": "calm"}],
    "of the text": ["edit", "ARTICLE", "Rana", {"kicker": "Rail"}],
    "of a step": ["event", "ARTICLE", "Rana", "file", None, {"weight": "heavy"}],
    "of a comment": ["event", "ARTICLE", "Ayesha", "comment", {"text": "Who?", "tone": "kind"}, {}],
}


@pytest.mark.campaign
@pytest.mark.parametrize("field", NEW_FIELDS)
def test_a_record_with_a_new_field_is_kept_to_the_byte_passed_on_and_closes_only_its_article(room, field, tmp_path):
    one, other, tomorrow = room
    article, second = one.draft(body=BODY), one.draft(headline="Another")
    tomorrow.absorb(sharing.rows(one))
    (id,) = tomorrow.do([article if part == "ARTICLE" else part for part in NEW_FIELDS[field]])
    rows = tomorrow.rows()
    (written,) = [row for row in rows if row.id == id]
    assert (
        '"' + {"of a source": "mood", "of the text": "kicker", "of a step": "weight"}.get(field, "tone")
        in written.record
    )

    came = absorb(one, rows)
    assert came.refused == ()
    assert written in sharing.rows(one)
    one.step(second, Step.FILE, one.reporter)
    one.step(second, Step.TAKE, one.editor)
    one.approve(second)
    with pytest.raises(DeskError, match="newer desk"):
        one.step(article, Step.FILE, one.reporter)
        one.step(article, Step.TAKE, one.editor)
        one.approve(article)
    done = publishing.export(
        one.store,
        publishing.ExportRequest((article, second), tmp_path / "out", "page"),
        by=one.editor,
        renderer=one.renderer,
    )
    assert [refusal.id for refusal in (*done.refused, *done.waiting)] == [article]
    assert done.written

    file = tmp_path / "on.ovnb"
    bundle.write(one.store, file, [article, second], by=one.reporter)
    bundle.import_bundle(other.store, file)
    assert written in sharing.rows(other)
    assert sharing.total(one) == sharing.total(other)
    assert [problem for problem in doctor.examine(other.store) if problem[0] == article] == []
    assert tomorrow.absorb(sharing.rows(other)) == [[], [], []]
    assert id in {row.id for row in tomorrow.rows()}


def test_an_article_is_not_split_by_two_who_write_on_with_and_without_the_field(room, sources, tmp_path):
    """Today's desk writes on from what it can read; tomorrow's combines the two, and so does today's once updated."""
    one, _, tomorrow = room
    article = one.draft(body=BODY)
    tomorrow.absorb(sharing.rows(one))
    tomorrow.do(["edit", article, "Rana", {"body": BODY.replace("line", "railway line")}, {"mood": "calm"}])
    one.edit(article, by=one.reporter, body=BODY.replace("Baku", "Baku today"))
    absorb(one, tomorrow.rows())
    assert len(folds(one)[article][2]) == 1
    tomorrow.absorb(sharing.rows(one))
    there, moods = tomorrow.do(["folds"], ["source", article])
    (head,) = there[article][2]
    assert moods == ["calm"]
    absorb(one, tomorrow.rows())
    assert {head} <= {row.id for row, _ in one.read(replication.quarantined_rows)}

    path = one.store.path
    one.store.close()
    updated = Tomorrow(sources, path)
    assert json.loads(updated.command("doctor", "--json"))["ok"]
    held, again, total = updated.do(["held"], ["folds"], ["total"])
    assert (held, again) == ([], there)
    assert total == tomorrow.do(["total"])[0]


@pytest.mark.campaign
def test_the_same_over_the_hub(room, sources, database):
    """Nobody signs what was combined, and today's desk can not tell that it was: the hub has it until it can."""
    one, other, tomorrow = room
    postgres.make(postgres.address(database), one.store)
    article = one.draft(body=BODY)
    hubs.sync(one, database)
    nothing = [[], [], []]
    assert tomorrow.do(["sync", database]) == [nothing]
    tomorrow.do(["edit", article, "Rana", {"body": BODY.replace("line", "railway line")}, {"mood": "calm"}])
    one.edit(article, by=one.reporter, body=BODY.replace("Baku", "Baku today"))
    assert hubs.sync(one, database).differs == ()
    assert tomorrow.do(["sync", database]) == [nothing]
    for desk in (one, other, one):
        done = hubs.sync(desk, database)
        assert (done.differs, done.refused) == ((), ())
    path = one.store.path
    one.store.close()
    synced, there = Tomorrow(sources, path).do(["sync", database], ["folds"])
    assert synced == nothing
    assert [there] == tomorrow.do(["folds"])
    assert len(there[article][2]) == 1


def test_a_change_of_the_roster_with_a_new_field_is_kept_and_passed_on(room):
    one, other, tomorrow = room
    tomorrow.do(["person", "Omar", {"badge": "7"}])
    came = absorb(one, tomorrow.rows())
    assert (came.refused, len(came.newer)) == ((), 1)
    assert one.person("Omar").role == "reporter"
    sharing.send(one, other)
    assert sharing.total(one) == sharing.total(other)
    assert tomorrow.absorb(sharing.rows(other)) == [[], [], []]
    assert tomorrow.do(["total"])[0] == sharing.total(other).text


def test_a_version_that_writes_defaults_down_would_be_noticed_here(template, tmp_path, renderer):
    """What the tests above are worth: a program that adds its field to every record is refused by today's."""
    careless = program(tmp_path / "src")
    values = careless / "ovn_desk" / "domain" / "values.py"
    rule = "!= default or default is MISSING"
    text = values.read_text(encoding="utf-8")
    assert text.count(rule) == 1
    values.write_text(text.replace(rule, "is not MISSING"), encoding="utf-8")
    with sharing.opened(template, tmp_path / "room", renderer, number=1) as (one,):
        article = one.draft(body=BODY)
        tomorrow = Tomorrow(careless, tmp_path / "room" / "desk2.ovn")
        refused, *_ = tomorrow.absorb(sharing.rows(one))
        assert "it is not written as records are" in refused
        assert article


# The last version, frozen: `tests/freezing.py` wrote it down on 2026-11-28, and it never changes.

LAST = Path(__file__).with_name("last-desk.json")


@pytest.fixture
def last():
    return json.loads(LAST.read_text(encoding="utf-8"))


def test_a_newsroom_of_the_last_version_adds_up_to_the_same_and_is_passed_on_to_the_byte(last, tmp_path, renderer):
    rows = [RecordRow(*row) for row in last["rows"]]
    store, came = exchange.join(tmp_path / "new.ovn", rows)
    desk = Desk(store, renderer)
    assert (came.refused, came.waiting, came.newer, came.notes) == ((), (), (), ())
    assert state(desk) == last["adds up to"]
    assert sorted(sharing.rows(desk)) == sorted(rows)
    assert doctor.examine(store) == []
    store.close()


def test_today_combines_to_the_very_version_that_the_last_one_did(last, tmp_path, renderer):
    rows = [RecordRow(*row) for row in last["rows"]]
    combined = [row for row in rows if not row.signature]
    assert len(combined) == 1
    resting = [row for row in rows if combined[0].id in row.record]
    store, came = exchange.join(tmp_path / "new.ovn", [row for row in rows if row not in combined + resting])
    with store.read() as reading:
        (article,) = json.loads(combined[0].record)["article"].split()
        assert (came.combined, reading.article(article).heads) == (1, (combined[0].id,))
    store.close()
