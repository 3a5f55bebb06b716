"""Somebody without an invitation asks to be let in: what that grants, what it does not, and who tries to abuse it."""

import re
import shutil
from dataclasses import replace

import pytest

import make
from make import content
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Role
from ovn_desk.domain.roster import Act, Record
from ovn_desk.domain.workflow import State, Step
from ovn_desk.signing import Signer
from ovn_desk.store import open_store, records, replication
from ovn_desk.sync import bundle, exchange, ingest
from ovn_desk.sync.exchange import IngestReport
from ovn_desk.usecases import join_requests, joining, people, reviewing, writing
from ovn_desk.usecases.recording import sign

NAME = "Sana Baloch"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    place = tmp_path_factory.mktemp("asking") / "newsroom.ovn"
    make.newsroom(place).close()
    return place


@pytest.fixture
def chief(template, tmp_path):
    """The chief's desk, whose other people have keys there as well."""
    place = tmp_path / "chief" / "newsroom.ovn"
    shutil.copytree(template.parent, place.parent)
    with_store = open_store(place)
    yield with_store
    with_store.close()


@pytest.fixture
def other(chief, tmp_path):
    """A new laptop that was set up from a file, by somebody whom nobody invited."""
    (tmp_path / "other").mkdir()
    store, _ = exchange.join(tmp_path / "other" / "newsroom.ovn", rows(chief))
    yield store
    store.close()


def rows(store, articles=None):
    with store.read() as reading:
        return list(replication.rows(reading, articles))


def carry(one, another) -> IngestReport:
    return exchange.absorb(another, rows(one))


def ask(store, name=NAME):
    return join_requests.ask(store, join_requests.newcomer(name))


def asked(store):
    with store.read() as reading:
        return join_requests.open_requests(reading)


def number(store, request):
    with store.read() as reading:
        return join_requests.number(reading, request)


def own(store):
    with store.read() as reading:
        return join_requests.own_request(reading)


def boss(store):
    return people.open_chief(store)


def folded(store, article):
    with store.read() as reading:
        return reading.history(article).article


def row(store, article):
    with store.read() as reading:
        return reading.row(article)


def put(store, tx_record):
    """A record of the roster from elsewhere, as a carrier brings it."""
    row = replication.RecordRow(records.ROSTER, tx_record.id, records.text_of(tx_record), tx_record.signature)
    return exchange.absorb(store, [row])


def forge(store, key, **said):
    """A request by somebody who can write what they like, and sign it with a key of their own."""
    with store.read() as reading:
        made = Record(
            "", Act.ASK, "", "", key.id, "elsewhere", records.now(), after=reading.roster().newest, about=key.id
        )
    person = said.pop("person", "stranger")
    return sign(replace(made, person=person, by=said.pop("by", person), public=key.public, **said), key)


def test_asking_grants_nothing_and_being_let_in_makes_it_theirs(chief, other):
    by = ask(other)
    story = writing.start(other, content(headline="Pumps stand still"), by=by)
    reviewing.take_step(other, story, Step.FILE, by=by)
    came = carry(other, chief)
    assert (came.refused, came.waiting) == ((), ())
    for store in (other, chief):
        assert folded(store, story).is_unconfirmed
        assert row(store, story).is_unconfirmed
        assert folded(store, story).state is State.FILED
        with store.read() as reading:
            assert NAME not in [one.name for one in reading.staff()]
    (request,) = asked(chief)
    assert asked(other) == []
    assert re.fullmatch(r"\d{4}\N{NO-BREAK SPACE}\d{4}", number(chief, request))
    assert number(chief, request) == number(other, own(other))
    editor = make.Desk(chief, None).editor
    for step in (Step.TAKE, Step.SPIKE):
        with pytest.raises(StepRefused, match="let in yet"):
            reviewing.take_step(chief, story, step, by=editor, reason="Why not.")
    with pytest.raises(StepRefused, match="let in yet"):
        writing.keep(chief, story, content(body="Other words."), by=boss(chief))
    person = join_requests.let_in(chief, request.key, by=boss(chief))
    assert (person.name, person.role, person.id) == (NAME, Role.REPORTER, by.id)
    assert not row(chief, story).is_unconfirmed
    assert folded(chief, story).state is State.FILED
    reviewing.take_step(chief, story, Step.TAKE, by=editor)
    assert carry(chief, other).refused == ()
    assert own(other) is None
    with other.read() as reading:
        assert join_requests.is_granted(reading)
    assert not row(other, story).is_unconfirmed
    assert folded(other, story).holder == editor.id
    assert {one.id for one in rows(chief)} == {one.id for one in rows(other)}


def test_what_was_written_before_the_answer_waits_nowhere_and_is_lost_nowhere(chief, other):
    """The answer may come before the text, and the text before the request."""
    by = ask(other)
    story = writing.start(other, content(), by=by)
    every = rows(other)
    texts = [one for one in every if not one.kind.startswith("roster/")]
    came = exchange.absorb(chief, texts)
    assert len(came.waiting) == 1
    assert folded(chief, story) is None
    assert exchange.absorb(chief, every).waiting == ()
    assert folded(chief, story).is_unconfirmed


def test_a_known_person_at_a_new_computer_is_believed_in_nothing_before_and_loses_nothing(chief, other):
    with other.read() as reading:
        rana = reading.person("Rana Malik")
    old = writing.start(chief, content(), by=make.Desk(chief, None).reporter)
    carry(chief, other)
    by = join_requests.ask(other, rana)
    writing.keep(other, old, content(body="Whose line is this?"), by=by)
    with pytest.raises(StepRefused, match="this one waits"):
        writing.save(other, old, by=by)
    with other.read() as reading:
        assert reading.working_copy(old).content.body == "Whose line is this?"
    carry(other, chief)
    (request,) = asked(chief)
    join_requests.let_in(chief, request.key, by=boss(chief))
    carry(chief, other)
    assert writing.save(other, old, by=people.signer(other, rana)).content.body == "Whose line is this?"


def test_an_editor_is_a_reporter_here_until_let_in(chief, other):
    with other.read() as reading:
        ayesha = reading.person("Ayesha Khan")
    by = join_requests.ask(other, ayesha)
    assert by.role is Role.REPORTER
    carry(other, chief)
    (request,) = asked(chief)
    assert join_requests.let_in(chief, request.key, by=boss(chief)).role is Role.EDITOR


def test_declining_takes_the_story_out_of_the_newsroom_and_leaves_it_with_its_writer(chief, other):
    by = ask(other)
    story = writing.start(other, content(), by=by)
    carry(other, chief)
    (request,) = asked(chief)
    join_requests.decline(chief, request.key, by=boss(chief))
    assert asked(chief) == []
    assert folded(chief, story) is None
    with pytest.raises(DeskError, match="answered already"):
        join_requests.let_in(chief, request.key, by=boss(chief))
    carry(chief, other)
    assert own(other).is_declined
    assert folded(other, story).is_unconfirmed, "nothing that was typed is lost"
    assert carry(other, chief).added == 0, "played again it opens nothing"
    assert asked(chief) == []
    join_requests.ask_again(other, by=people.signer(other, by.person))
    carry(other, chief)
    (again,) = asked(chief)
    assert number(chief, again) == number(other, own(other))
    join_requests.let_in(chief, again.key, by=boss(chief))
    assert folded(chief, story).is_unconfirmed is False


def test_when_one_chief_lets_in_and_another_declines_nobody_is_in_in_whatever_order_that_is_heard(
    chief, other, tmp_path
):
    ask(other)
    carry(other, chief)
    (request,) = asked(chief)
    shutil.copytree(chief.path.parent, tmp_path / "second")
    second = open_store(tmp_path / "second" / "newsroom.ovn")
    with second.begin() as tx:
        tx.begin_chain()
    join_requests.let_in(chief, request.key, by=boss(chief))
    join_requests.decline(second, request.key, by=boss(second))
    carry(second, chief), carry(chief, second)
    for store in (chief, second):
        with store.read() as reading:
            assert request.key not in reading.roster().keys
            assert reading.roster().requests[request.key].is_declined
    second.close()


FORGED = {
    "another's name with a key of one's own, signed by somebody else": {"by": "someone"},
    "the seat of a chief": {"name": "Zed", "role": "chief"},
    "a role that there is not": {"name": "Zed", "role": "owner"},
    "nobody at all": {"name": " "},
}


@pytest.mark.parametrize("said", FORGED.values(), ids=FORGED)
def test_a_forged_request_is_refused_and_changes_nothing(chief, said):
    before = rows(chief)
    came = put(chief, forge(chief, signing.generate(), **said))
    assert len(came.refused) == 1
    assert (asked(chief), rows(chief)) == ([], before)


def test_a_request_for_the_key_of_somebody_else_is_refused(chief, other):
    by = ask(other)
    mine, theirs = signing.generate(), by.key
    stolen = forge(chief, mine, name="Zed")
    for record in (
        replace(stolen, about=theirs.id, public=theirs.public),
        replace(stolen, key=theirs.id, about=theirs.id, public=theirs.public),
    ):
        assert len(put(chief, sign(record, mine)).refused) == 1
    assert asked(chief) == []


def test_a_request_in_the_name_of_a_chief_shows_whom_it_names_and_another_number(chief, other):
    """The name of a person on the roster is the roster's; what a request says of it is not shown."""
    with chief.read() as reading:
        bilal = reading.person("Bilal Ahmed")
    genuine = join_requests.ask(other, bilal)
    carry(other, chief)
    attacker = signing.generate()
    assert put(chief, forge(chief, attacker, person=bilal.id, name="Sana Baloch")).refused == ()
    first, second = asked(chief)
    assert first.key == genuine.key.id
    assert number(chief, first) != number(chief, second)
    with chief.read() as reading:
        assert reading.roster().asker(second.key).name == "Bilal Ahmed"
        assert not reading.roster().is_chiefs(second.key)
        assert reading.roster().owner(second.key) is None
    with pytest.raises(DeskError, match="its signature is missing"):
        join_requests.let_in(chief, first.key, by=Signer(bilal, attacker))


def test_two_newcomers_of_one_name_are_not_one_person(chief, other, tmp_path):
    ask(other)
    (tmp_path / "third").mkdir()
    third, _ = exchange.join(tmp_path / "third" / "newsroom.ovn", rows(chief))
    ask(third, "sana  baloch")
    for store in (other, third):
        carry(store, chief)
    third.close()
    first, second = asked(chief)
    assert number(chief, first) != number(chief, second)
    join_requests.let_in(chief, first.key, by=boss(chief))
    with pytest.raises(DeskError, match="in this newsroom already"):
        join_requests.let_in(chief, second.key, by=boss(chief))
    assert [one.key for one in asked(chief)] == [second.key]


def test_a_name_of_the_roster_is_chosen_and_not_typed(other):
    with pytest.raises(DeskError, match="they choose that name"):
        ask(other, "bilal AHMED")
    with pytest.raises(DeskError, match="at most 80"):
        ask(other, "x" * 81)
    assert join_requests.newcomer("Sa\u200bna \u202eBaloch").name == "Sana Baloch"
    assert own(other) is None


def test_who_left_the_newsroom_can_ask_for_nothing(chief, other):
    people.retire_staff(chief, "Rana Malik", by=boss(chief))
    with other.read() as reading:
        rana = reading.person("Rana Malik")
    by = join_requests.ask(other, rana)
    story = writing.start(other, content(), by=by)
    carry(other, chief)
    assert asked(chief) == []
    assert folded(chief, story) is None
    carry(chief, other)
    with pytest.raises(DeskError):
        join_requests.ask(other, rana)


def test_a_request_fills_no_disk(chief, other, monkeypatch):
    monkeypatch.setattr(ingest, "MOST_ASKING", 3)
    by = ask(other)
    stories = [writing.start(other, content(headline=f"Story {n}"), by=by) for n in range(5)]
    file = other.path.with_name("file.ovnb")
    bundle.write(other, file, by=by)
    bundle.import_bundle(chief, file)
    assert sum(folded(chief, one) is not None for one in stories) == 3
    assert not any(one.kind.startswith("revision") for one, _ in quarantined(chief))
    (request,) = asked(chief)
    join_requests.let_in(chief, request.key, by=boss(chief))
    bundle.import_bundle(chief, file)
    assert all(folded(chief, one).is_unconfirmed is False for one in stories), "nothing is lost"


def quarantined(store):
    with store.read() as reading:
        return replication.quarantined_rows(reading)


def test_a_bundle_of_somebody_who_asks_is_looked_into_and_taken_in_and_says_whose_it_is(chief, other, tmp_path):
    by = ask(other)
    story = writing.start(other, content(), by=by)
    bundle.write(other, tmp_path / "request.ovnb", by=by)
    seen = bundle.preview_bundle(chief, tmp_path / "request.ovnb")
    assert (seen.by, seen.problem, seen.is_asking) == (NAME, "", True)
    bundle.import_bundle(chief, tmp_path / "request.ovnb")
    assert folded(chief, story).is_unconfirmed
    (request,) = asked(chief)
    join_requests.decline(chief, request.key, by=boss(chief))
    assert bundle.preview_bundle(chief, tmp_path / "request.ovnb").problem
    with pytest.raises(DeskError, match="newsroom"):
        bundle.import_bundle(chief, tmp_path / "request.ovnb")


def test_somebody_who_asks_in_anothers_name_hides_nothing_from_them(chief, other, tmp_path):
    """What a colleague is known to have is told by their own bundles alone."""
    story = writing.start(chief, content(), by=make.Desk(chief, None).reporter)
    carry(chief, other)
    with other.read() as reading:
        ayesha = reading.person("Ayesha Khan")
    by = join_requests.ask(other, ayesha)
    bundle.write(other, tmp_path / "liar.ovnb", by=by)
    bundle.import_bundle(chief, tmp_path / "liar.ovnb")
    with chief.read() as reading:
        assert replication.peer_totals(reading, ayesha.id) == {}
    assert bundle.write(chief, tmp_path / "to.ovnb", by=boss(chief), unseen_by=ayesha).articles == 1
    assert story


def test_what_came_to_a_newcomer_before_they_asked_is_known_to_be_there(chief, other, tmp_path):
    writing.start(chief, content(), by=make.Desk(chief, None).reporter)
    carry(chief, other)
    by = ask(other)
    bundle.write(other, tmp_path / "request.ovnb", [], by=by)
    bundle.import_bundle(chief, tmp_path / "request.ovnb")
    with chief.read() as reading:
        assert bundle.unseen_articles(reading, by.person) == []


def test_a_request_changes_nothing_of_what_is_exported(chief, other):
    with chief.read() as reading:
        before = reading.law_fingerprint(), reading.roster().newest
    by = ask(other)
    carry(other, chief)
    with chief.read() as reading:
        assert (reading.law_fingerprint(), reading.roster().newest) == before
    with pytest.raises(DeskError, match="not changed"):
        people.add_staff(other, name="Zed", role=Role.CHIEF, by=by)


def test_whoever_has_left_comes_back_as_somebody_new_of_the_same_name(chief, other):
    with chief.read() as reading:
        before = reading.person("Rana Malik")
    people.retire_staff(chief, before.id, by=boss(chief))
    carry(chief, other)
    ask(other, "Rana Malik")
    carry(other, chief)
    (request,) = asked(chief)
    with chief.read() as reading:
        assert join_requests.departure(reading, request).by == boss(chief).name
    now = join_requests.let_in(chief, request.key, by=boss(chief))
    assert now.id != before.id
    assert (now.name, now.is_retired) == ("Rana Malik", False)
    carry(chief, other)
    with pytest.raises(DeskError, match="There is a Rana Malik"):
        ask(other, "Rana Malik")
    with chief.read() as reading:
        assert join_requests.departure(reading, replace(request, name="Sana Baloch")) is None


def test_whoever_has_left_may_be_invited_anew(chief):
    with chief.read() as reading:
        before = reading.person("Rana Malik")
    people.retire_staff(chief, before.id, by=boss(chief))
    invited = joining.invite(chief, "Rana Malik", by=boss(chief))
    assert invited.person.id != before.id
    assert joining.invite(chief, "rana malik", by=boss(chief)).person.id == invited.person.id


def test_whoever_came_by_an_invitation_and_has_left_comes_back_as_somebody_new(chief):
    by = boss(chief)
    first = joining.invite(chief, "Sana Iqbal", by=by)
    joining.join(chief, first.words)
    people.retire_staff(chief, first.person.id, by=by)
    again = joining.invite(chief, "Sana Iqbal", by=by)
    assert again.person.id != first.person.id
    came = joining.join(chief, again.words)
    with chief.read() as reading:
        assert not reading.person(came.person.id).is_retired
        assert reading.person("sana iqbal") == reading.person(came.person.id)


def test_an_invitation_that_is_used_where_one_asked_ends_the_asking_at_both_desks(chief, other):
    """Seen at the desk: “Welcome”, and still “Not let in yet” at hers, and a question at the chief's."""
    with other.read() as reading:
        rana = reading.person("Rana Malik")
    key = join_requests.ask(other, rana).key
    carry(other, chief)
    assert len(asked(chief)) == 1
    invited = joining.invite(chief, "Rana Malik", by=boss(chief))
    carry(chief, other)
    came = joining.join(other, invited.words)
    assert (came.person, came.key.id) == (rana, key.id)
    with other.read() as reading:
        assert join_requests.own_request(reading) is None
    carry(other, chief)
    assert asked(chief) == []
