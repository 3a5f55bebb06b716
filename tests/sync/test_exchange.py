"""Rows from elsewhere: what is believed, what waits, what is refused, and that nothing is lost or written over."""

import hashlib
import json
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sharing
from contents import CONTENTS
from make import Desk, content
from ovn_desk import signing
from ovn_desk.domain.article import EventId
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import carrying, open_store, records
from ovn_desk.store.carrying import Row
from ovn_desk.sync import exchange
from ovn_desk.sync.checking import LARGEST_RECORD, RowRefused, check
from ovn_desk.usecases import approvals, commenting, doctor, housekeeping, people, recording, writing


def named(kind, data):
    """A row as another program writes it, under the name that its text has."""
    record = data if isinstance(data, str) else records.canonical(data).decode()
    return Row(kind, hashlib.sha256(f"ovn-desk/{kind}\n{record}".encode()).hexdigest(), record)


def changed(row, **changes):
    data = json.loads(row.record)
    return named(row.kind, {name: value for name, value in (data | changes).items() if value is not ...})


def row_of(desk, kind, article=None):
    return [row for row in sharing.rows(desk, article and [article]) if row.kind == kind][-1]


def why(desk, *rows):
    """The one reason for which these rows were refused."""
    came = exchange.absorb(desk.store, rows)
    assert not came.added
    return came.refused[0].why


def test_an_article_comes_with_its_history_comments_and_approval(desks):
    one, other = desks
    article = one.approved()
    commenting.comment(one.store, article, by=one.chief, text="Good.")
    came = sharing.send(one, other)
    assert came.articles == {article}
    assert (came.refused, came.waiting, came.newer) == ((), (), ())
    assert other.article(article) == one.article(article)
    assert other.article(article).state is State.APPROVED
    event = other.read(lambda reading: reading.article(article)).approval
    assert other.read(approvals.signature_problem, event) == ""
    assert doctor.examine(other.store) == []


def test_the_same_again_changes_nothing(desks):
    one, other = desks
    one.approved()
    sharing.send(one, other)
    again = sharing.send(one, other)
    assert (again.added, again.articles) == (0, frozenset())
    assert sharing.total(one) == sharing.total(other)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1_000), size=st.integers(1, 7))
def test_rows_may_come_in_any_order_twice_and_a_few_at_a_time(template, tmp_path, renderer, seed, size):
    folder = tmp_path / f"{seed}-{size}-{random.random()}"
    with sharing.opened(template, folder, renderer) as (one, other):
        article = one.approved()
        one.edit(article, body="More.")
        mixed = sharing.rows(one) * 2
        random.Random(seed).shuffle(mixed)
        for some in carrying.batches(mixed, size):
            exchange.absorb(other.store, some)
        assert sharing.folds(other) == sharing.folds(one)
        assert other.read(carrying.held) == []
        assert sharing.total(one) == sharing.total(other)


def test_what_rests_on_something_that_did_not_come_waits_and_takes_its_place_later(desks):
    one, other = desks
    article = one.draft()
    one.edit(article, by=one.reporter, body="Second.")
    first, second = [row for row in sharing.rows(one) if row.kind == "revision/1"]
    came = exchange.absorb(other.store, [second])
    assert came.waiting[0].why == f"it rests on {first.id[:12]}, which has not come yet"
    assert other.read(lambda reading: reading.article_ids()) == []
    came = exchange.absorb(other.store, [first])
    assert (came.added, came.waiting) == (2, ())
    assert other.article(article).heads == (second.id,)


def test_a_page_and_its_cursor_are_kept_together(desks):
    one, other = desks
    one.draft()
    exchange.absorb(other.store, sharing.rows(one), cursor=("hub cursor", "7"))
    assert other.read(lambda reading: reading.setting("hub cursor")) == "7"


def test_pages_of_an_offer_are_all_there_is_in_an_order_to_put_in(desks, monkeypatch):
    one, other = desks
    monkeypatch.setattr(exchange, "ROWS_A_PAGE", 5)
    for number in range(4):
        one.edit(one.draft(headline=f"Story {number}"), by=one.reporter, body="More.")
    places, sizes = {}, []
    while (offer := exchange.offered(one.store, places)).rows:
        came = exchange.absorb(other.store, offer.rows)
        assert not came.waiting
        places = offer.places
        sizes.append(len(offer.rows))
    assert max(sizes) == 5
    assert sharing.folds(other) == sharing.folds(one)


def test_missing_names_what_is_not_here(desks):
    one, other = desks
    one.draft()
    ids = [row.id for row in sharing.rows(one)]
    assert exchange.missing(one.store, ids) == []
    assert exchange.missing(other.store, ids) == [row_of(one, "revision/1").id]


BAD = [
    ("its text does not match its hash", lambda row: row._replace(record=row.record.replace("Baku", "Bako"))),
    ("its kind or id is not one", lambda row: row._replace(kind="../../etc")),
    ("its kind or id is not one", lambda row: row._replace(id="A" * 64)),
    ("its text is not Unicode", lambda row: row._replace(record='"\ud800"')),
    ("it is not JSON", lambda row: named(row.kind, "[" * 100_000)),
    ("it is not JSON", lambda row: named(row.kind, '{"article": "spaced"}')),
    ("it is not JSON", lambda row: named(row.kind, "[]")),
    ("it is not JSON", lambda row: named(row.kind, "{")),
    ("its parents is not a list", lambda row: changed(row, parents=...)),
    ("its parents is not a list", lambda row: changed(row, parents=[{}])),
    ("it names a parent twice", lambda row: changed(row, parents=["a", "a"])),
    ("its article is not an id", lambda row: changed(row, article="../up")),
    ("its author is not a text", lambda row: changed(row, author=7)),
    ("its content is not one \\(the whole\\)", lambda row: changed(row, content=[])),
    ("its content is not one \\(headline\\)", lambda row: changed(row, content={"headline": 7})),
    (
        "its content is not one \\(sources.excerpts\\)",
        lambda row: changed(row, content={"sources": [{"excerpts": [7]}]}),
    ),
    ("its time is not one", lambda row: changed(row, made_at="yesterday")),
    ("its time is not one", lambda row: changed(row, made_at="2026-11-24T12:00:00+05:00")),
    ("its time is not one", lambda row: changed(row, made_at="0001-01-01T00:00:00.000+14:00")),
    ("its time is not one", lambda row: changed(row, made_at=...)),
]


@pytest.mark.parametrize(("reason", "spoil"), BAD)
def test_a_row_that_is_not_what_it_says_is_refused_in_words(desk, reason, spoil):
    desk.draft()
    with pytest.raises(RowRefused, match=reason):
        check(spoil(row_of(desk, "revision/1")))


def test_a_row_without_end_is_refused(desk):
    desk.draft()
    with pytest.raises(RowRefused, match="larger than 8 MB"):
        check(changed(row_of(desk, "revision/1"), content={"body": "x" * LARGEST_RECORD}))


@settings(max_examples=25)
@given(CONTENTS)
def test_every_content_a_desk_can_write_is_believed(made):
    revision = records.make_revision(made, article="a", parents=(), author="p", device="d", made_at=records.now())
    assert check(Row("revision/1", revision.id, records.revision_record(revision))).value == revision


def test_a_second_beginning_of_an_article_is_refused(desks):
    one, other = desks
    one.draft()
    row = row_of(one, "revision/1")
    sharing.send(one, other)
    assert why(other, changed(row, author=one.chief.id)) == "its article has another beginning"


def test_a_record_that_rests_on_another_article_is_refused(desks):
    one, other = desks
    one.draft()
    row = row_of(one, "revision/1")
    sharing.send(one, other)
    moved = changed(row, article="elsewhere", parents=[row.id])
    assert why(other, moved) == "it rests on a record of another article"


def test_an_approval_with_a_false_signature_is_refused_and_the_text_is_not(desks):
    one, other = desks
    article = one.approved()
    approval = row_of(one, "event/1")
    sent = [row for row in sharing.rows(one) if row != approval]
    came = exchange.absorb(other.store, [*sent, changed(approval, digest="0" * 64)])
    assert [trouble.why for trouble in came.refused] == ["its signature is not that of the person named as approver"]
    assert other.article(article).state is State.IN_REVIEW
    exchange.absorb(other.store, [approval])
    assert other.article(article).state is State.APPROVED


def test_an_approval_by_the_reporter_is_refused(desks):
    one, other = desks
    people.change_role(one.store, "Rana", Role.EDITOR)
    article = one.in_review()
    key = people.open_key(one.store, one.reporter)
    with one.store.begin() as tx:
        event = recording.new_event(tx, article, Step.APPROVE, one.reporter, digest="d")
        event = replace(event, name="Rana Malik", key=key.id)
        event = replace(event, signature=signing.sign(key, records.approval_bytes(event)))
        tx.add_event(records.name_event(event))
    came = sharing.send(one, other)
    assert [trouble.why for trouble in came.refused] == ["its approver reported the article"]


def test_an_approval_waits_for_the_key_that_signed_it(desks, tmp_path):
    one, other = desks
    person = people.add_staff(one.store, name="Omar", role=Role.EDITOR)
    article = one.draft()
    one.step(article, Step.FILE, one.reporter)
    one.step(article, Step.TAKE, person)
    one.approve(article, by=person)
    everything = sharing.rows(one)
    came = exchange.absorb(other.store, [row for row in everything if row.kind != "roster/1"])
    assert "is not on the roster here" in came.waiting[0].why
    came = exchange.absorb(other.store, everything)
    assert (came.waiting, other.article(article).state) == ((), State.APPROVED)
    assert sharing.total(one) == sharing.total(other)


def test_a_person_who_was_added_elsewhere_is_on_the_roster_here(desks):
    one, other = desks
    people.add_staff(one.store, name="Omar", role=Role.EDITOR)
    people.retire_staff(one.store, "Rana")
    sharing.send(one, other)
    assert other.person("Omar").role is Role.EDITOR
    assert other.person("Rana").is_retired
    assert doctor.examine(other.store) == []


def test_the_roster_of_another_newsroom_is_refused(desks, tmp_path, renderer):
    with sharing.newsroom(tmp_path / "elsewhere", renderer, number=1) as (stranger,):
        article = stranger.draft()
        came = sharing.send(stranger, desks[0], [article])
    assert {trouble.kind for trouble in came.refused} == {"roster/1"}
    assert "Rana Malik" in [person.name for person in desks[0].read(lambda reading: reading.staff())]
    assert desks[0].read(people.roster).problems == ()


def test_a_role_that_no_chief_gave_is_refused(desks):
    one, other = desks
    row = [row for row in sharing.rows(one) if row.kind == "roster/1"][-1]
    newest = desks[0].read(people.roster).newest
    forged = changed(row, act="role", person=one.reporter.id, role="chief", after=list(newest), key="", public="")
    assert why(other, forged) == "its signature is missing or does not match"
    assert other.person("Rana").role is Role.REPORTER


NEWER = [
    ("revision/2", {"content": "from the future"}),
    ("revision/1", {"mood": "good"}),
    ("photo/1", {"pixels": 9}),
]


@pytest.mark.parametrize(("kind", "changes"), NEWER)
def test_what_a_newer_desk_wrote_is_kept_passed_on_and_said(desks, kind, changes):
    one, other = desks
    article = one.draft()
    data = json.loads(row_of(one, "revision/1").record)
    newer = named(kind, data | {"parents": [row_of(one, "revision/1").id]} | changes)
    came = exchange.absorb(one.store, [newer])
    assert [trouble.id for trouble in came.newer] == [newer.id]
    with pytest.raises(Exception, match="newer desk"):
        one.step(article, Step.FILE, one.reporter)
        one.step(article, Step.TAKE, one.editor)
        one.approve(article)
    sharing.send(one, other)
    assert [row for row, _ in other.read(carrying.held)] == [newer]
    assert sharing.total(one) == sharing.total(other)


def test_a_field_of_the_content_that_is_not_known_here_is_kept_whole(desks):
    one, other = desks
    one.draft()
    data = json.loads(row_of(one, "revision/1").record)
    newer = named("revision/1", data | {"parents": [], "article": "x", "content": data["content"] | {"mood": "good"}})
    came = exchange.absorb(other.store, [newer])
    assert "field “mood”" in came.newer[0].why
    assert [row for row, _ in other.read(carrying.held)] == [newer]


def test_a_text_that_is_being_written_stays_and_its_next_version_is_a_second_head(desks):
    one, other = desks
    article = one.draft(body="One.\n\nTwo.")
    sharing.send(one, other)
    writing.keep(other.store, article, content(body="Mine."), by=other.reporter)
    one.edit(article, by=one.reporter, body="Theirs.")
    sharing.send(one, other)
    assert other.read(writing.text_of, article).body == "Mine."
    assert len(other.article(article).heads) == 1
    writing.save(other.store, article, by=other.reporter)
    assert len(other.article(article).heads) == 2


def test_a_text_begun_before_another_version_came_is_kept_as_made_from_the_old_one(desks):
    one, other = desks
    article = one.draft(body="One.")
    sharing.send(one, other)
    before = other.read(writing.open_text, article)
    one.edit(article, by=one.reporter, body="Theirs.")
    sharing.send(one, other)
    writing.keep(other.store, article, content(body="Mine."), by=other.reporter, known=before)
    assert writing.save(other.store, article, by=other.reporter).parents == (before.base,)


def test_a_working_copy_that_says_what_it_began_with_makes_no_version(desks):
    one, other = desks
    article = one.draft(body="One.")
    sharing.send(one, other)
    writing.keep(other.store, article, other.read(writing.text_of, article), by=other.reporter)
    one.edit(article, by=one.reporter, body="Theirs.")
    sharing.send(one, other)
    assert writing.save(other.store, article, by=other.reporter) is None
    assert other.read(writing.text_of, article).body == "Theirs."


def test_a_computer_set_back_to_an_older_state_gets_its_work_back_and_a_new_number(desks, tmp_path, renderer):
    one, other = desks
    article = one.draft()
    copy = one.store.back_up(to=tmp_path / "image")
    one.step(article, Step.FILE, one.reporter)
    sharing.send(one, other)
    housekeeping.recover(tmp_path / "back.ovn", copy)
    back = Desk(open_store(tmp_path / "back.ovn"), renderer)
    with back.store.begin() as tx:  # the image of a whole disk: the number is the old one
        tx.set("device", one.read(lambda reading: reading.device()))
    came = sharing.send(other, back)
    assert "set back to an older state" in came.notes[0]
    assert back.article(article).state is State.FILED
    assert back.read(lambda reading: reading.device()) != one.read(lambda reading: reading.device())
    assert doctor.examine(back.store) == []
    back.store.close()


def test_a_clock_ten_years_wrong_is_no_reason_to_refuse(desks):
    one, other = desks
    one.draft()
    row = changed(row_of(one, "revision/1"), made_at="2016-01-01T00:00:00.000+00:00", article="old")
    assert exchange.absorb(other.store, [row]).added == 1


def test_every_event_of_the_roster_has_seen_what_its_desk_knew(desks):
    one, other = desks
    first = one.in_review(headline="First")
    second = one.in_review(headline="Second")
    sharing.send(one, other, [second])
    sharing.send(one, other, [first])
    seen = set(other.read(lambda reading: reading.newest_events()))
    assert {event.id for event in other.read(lambda reading: reading.events(second))} & seen
    assert EventId("") not in seen


def test_two_editors_who_took_it_apart_are_told_and_no_clock_decides(desks):
    one, other = desks
    article = one.draft()
    one.step(article, Step.FILE, one.reporter)
    sharing.send(one, other)
    one.step(article, Step.TAKE, one.editor)
    other.step(article, Step.TAKE, other.chief)
    sharing.send(one, other)
    sharing.send(other, one)
    found = one.article(article)
    assert found == other.article(article)
    assert {found.holder, *found.rivals} == {one.editor.id, one.chief.id}
    for by in (one.editor, one.chief):
        with pytest.raises(Exception, match=r"somebody else has it now|took this article at the same time"):
            one.approve(article, by=by)
    one.step(article, Step.TAKE, one.editor)
    assert (one.article(article).holder, one.article(article).rivals) == (one.editor.id, ())
    one.approve(article)
    sharing.send(one, other)
    assert other.article(article).state is State.APPROVED
