"""Rows from elsewhere: what is believed, what waits, what is refused, and that nothing is lost or written over."""

import hashlib
import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sharing
from contents import CONTENTS
from make import Desk, content
from ovn_desk import signing
from ovn_desk.domain.article import EventId, Revision, tidy
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import open_store, records, replication
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync import exchange
from ovn_desk.sync.checking import LARGEST_RECORD, RowRefused, check
from ovn_desk.usecases import commenting, doctor, people, recording, restoring, signatures, writing


def named(kind, data):
    """A row as another program writes it, under the name that its text has."""
    record = data if isinstance(data, str) else records.canonical(data).decode()
    return RecordRow(kind, hashlib.sha256(f"ovn-desk/{kind}\n{record}".encode()).hexdigest(), record)


def signed(row, by):
    """The row with the signature of a person's key, whoever it says made it."""
    return row._replace(signature=signing.sign(by.key, records.signed_bytes(row.id)))


def changed(row, by=None, /, **changes):
    """The row with other words, signed anew if somebody does that."""
    data = json.loads(row.record)
    made = named(row.kind, {name: value for name, value in (data | changes).items() if value is not ...})
    return signed(made, by) if by else made


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
    assert other.read(signatures.signature_problem, event) is None
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
        for some in replication.batches(mixed, size):
            exchange.absorb(other.store, some)
        assert sharing.folds(other) == sharing.folds(one)
        assert other.read(replication.quarantined_rows) == []
        assert sharing.total(one) == sharing.total(other)


def test_what_rests_on_something_that_did_not_come_waits_and_takes_its_place_later(desks):
    one, other = desks
    article = one.draft()
    one.edit(article, by=one.reporter, body="Second.")
    first, second = [row for row in sharing.rows(one) if row.kind == records.REVISION]
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
    while (offer := exchange.next_offer(one.store, places)).rows:
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
    assert exchange.missing_ids(one.store, ids) == []
    assert exchange.missing_ids(other.store, ids) == [row_of(one, records.REVISION).id]


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
    ("its by is not an id", lambda row: changed(row, by=7)),
    ("its device is not an id", lambda row: changed(row, device=...)),
    ("its key is not an id", lambda row: changed(row, key="")),
    ("its after is not a list", lambda row: changed(row, after="x")),
    ("its version is not that of its kind", lambda row: changed(row, v=3)),
    ("its version is not that of its kind", lambda row: changed(row, v=...)),
    ("not written as records are", lambda row: changed(row, after=[])),
    ("not written as records are", lambda row: changed(row, content=json.loads(row.record)["content"] | {"slug": ""})),
    ("id was not made by who begins it", lambda row: changed(row, nonce="other")),
    ("id was not made by who begins it", lambda row: changed(row, by="somebody-else")),
    ("an older OVN Desk wrote it", lambda row: named("revision/1", json.loads(row.record) | {"v": 1})),
    ("its content is not one \\(the whole\\)", lambda row: changed(row, content=[])),
    ("its content is not one \\(headline\\)", lambda row: changed(row, content={"headline": 7})),
    (
        "its content is not one \\(sources.excerpts\\)",
        lambda row: changed(row, content={"sources": [{"excerpts": [7]}]}),
    ),
    ("its time is not one", lambda row: changed(row, at="yesterday")),
    ("its time is not one", lambda row: changed(row, at="2026-11-24T12:00:00+05:00")),
    ("its time is not one", lambda row: changed(row, at="0001-01-01T00:00:00.000+14:00")),
    ("its time is not one", lambda row: changed(row, at=...)),
]


@pytest.mark.parametrize(("reason", "spoil"), BAD)
def test_a_row_that_is_not_what_it_says_is_refused_in_words(desk, reason, spoil):
    desk.draft()
    with pytest.raises(RowRefused, match=reason):
        check(spoil(row_of(desk, records.REVISION)))


def test_a_record_that_can_not_be_read_here_is_what_its_hash_says_all_the_same(desk):
    """Nothing else of a newer kind can be looked at, and it is passed on."""
    desk.draft()
    row = row_of(desk, records.REVISION)
    newer = named("revision/9", json.loads(row.record) | {"v": 9})
    assert check(newer).newer
    with pytest.raises(RowRefused, match="does not match its hash"):
        check(newer._replace(record=newer.record.replace("July", "June")))


def test_a_row_without_end_is_refused(desk):
    desk.draft()
    with pytest.raises(RowRefused, match="larger than 8 MB"):
        check(changed(row_of(desk, records.REVISION), content={"body": "x" * LARGEST_RECORD}))


@settings(max_examples=25)
@given(CONTENTS)
def test_every_content_a_desk_can_write_is_believed(made):
    article = records.article_id("p", "n")
    revision = Revision("", article, tidy(made), (), "p", "d", records.now(), key="k", nonce="n")
    revision = records.with_hash_id(revision)
    assert check(RecordRow(records.REVISION, revision.id, records.text_of(revision))).value == revision


def test_a_second_beginning_of_an_article_is_refused(desks):
    one, other = desks
    one.draft()
    row = row_of(one, records.REVISION)
    sharing.send(one, other)
    again = changed(row, one.reporter, at="2016-01-01T00:00:00.000+00:00")
    assert why(other, again) == "its article has another beginning"


def test_nobody_begins_an_article_that_is_somebody_elses(desks):
    one, other = desks
    one.draft()
    squatted = changed(row_of(one, records.REVISION), one.editor, by=one.editor.id, key=one.editor.key.id)
    assert why(other, squatted) == "its article's id was not made by who begins it"
    sharing.send(one, other)
    assert sharing.folds(other) == sharing.folds(one)


def test_a_record_that_rests_on_another_article_is_refused(desks):
    one, other = desks
    one.draft()
    row = row_of(one, records.REVISION)
    sharing.send(one, other)
    moved = changed(row, one.reporter, article="elsewhere", parents=[row.id], nonce=...)
    assert why(other, moved) == "it rests on a record of another article"


def test_an_approval_with_a_false_signature_is_refused_and_the_text_is_not(desks):
    one, other = desks
    article = one.approved()
    approval = row_of(one, records.EVENT)
    sent = [row for row in sharing.rows(one) if row != approval]
    came = exchange.absorb(other.store, [*sent, changed(approval, digest="0" * 64)])
    assert [trouble.why for trouble in came.refused] == ["its signature is not that of the key it names"]
    assert other.article(article).state is State.IN_REVIEW
    exchange.absorb(other.store, [approval])
    assert other.article(article).state is State.APPROVED


def test_an_approval_by_the_reporter_moves_nothing_anywhere(desks):
    one, other = desks
    people.change_role(one.store, "Rana", Role.EDITOR)
    article = one.in_review()
    with one.store.begin() as tx:
        event = recording.new_event(tx, article, Step.APPROVE, one.reporter, digest="d")
        tx.add_event(event)
    came = sharing.send(one, other)
    assert came.refused == ()  # it is kept and carried on, and moves nothing
    assert other.article(article).state is State.IN_REVIEW
    assert "reported this article" in dict(doctor.examine(other.store))[event.id]


def test_an_approval_waits_for_the_key_that_signed_it(desks, tmp_path):
    one, other = desks
    people.add_staff_with_key(one.store, name="Omar", role=Role.EDITOR)
    person = one.signer("Omar")
    article = one.draft()
    one.step(article, Step.FILE, one.reporter)
    one.step(article, Step.TAKE, person)
    one.approve(article, by=person)
    everything = sharing.rows(one)
    came = exchange.absorb(other.store, [row for row in everything if row.kind != records.ROSTER])
    assert any("is not on the roster here" in trouble.why for trouble in came.waiting)
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
    assert {trouble.kind for trouble in came.refused} == {records.ROSTER}
    assert "Rana Malik" in [person.name for person in desks[0].read(lambda reading: reading.staff())]
    assert desks[0].read(people.roster).problems == ()


def test_a_role_that_no_chief_gave_is_refused(desks):
    one, other = desks
    row = [row for row in sharing.rows(one) if row.kind == records.ROSTER][-1]
    newest = desks[0].read(people.roster).newest
    forged = changed(row, act="role", person=one.reporter.id, role="chief", after=list(newest), about=..., public=...)
    assert why(other, forged) == "its signature is missing or does not match"
    assert other.person("Rana").role is Role.REPORTER


NEWER = [
    ("revision/3", {"content": "from the future", "v": 3}),
    (records.REVISION, {"mood": "good"}),
    ("photo/1", {"pixels": 9, "v": 1}),
]


@pytest.mark.parametrize(("kind", "changes"), NEWER)
def test_what_a_newer_desk_wrote_is_kept_passed_on_and_said(desks, kind, changes):
    one, other = desks
    article = one.draft()
    data = json.loads(row_of(one, records.REVISION).record)
    parents = [row_of(one, records.REVISION).id]
    newer = signed(named(kind, data | {"parents": parents} | changes), one.reporter)
    came = exchange.absorb(one.store, [newer])
    assert [trouble.id for trouble in came.newer] == [newer.id]
    with pytest.raises(Exception, match="newer desk"):
        one.step(article, Step.FILE, one.reporter)
        one.step(article, Step.TAKE, one.editor)
        one.approve(article)
    sharing.send(one, other)
    assert [row for row, _ in other.read(replication.quarantined_rows)] == [newer]
    assert sharing.total(one) == sharing.total(other)


def test_a_field_of_the_content_that_is_not_known_here_is_kept_whole(desks):
    one, other = desks
    one.draft()
    data = json.loads(row_of(one, records.REVISION).record)
    content_of = data["content"] | {"mood": "good"}
    newer = signed(named(records.REVISION, data | {"parents": [], "content": content_of}), one.reporter)
    came = exchange.absorb(other.store, [newer])
    assert "field “mood”" in came.newer[0].why
    assert [row for row, _ in other.read(replication.quarantined_rows)] == [newer]


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
    restoring.recover(tmp_path / "back.ovn", copy)
    back = Desk(open_store(tmp_path / "back.ovn"), renderer)
    with back.store.begin() as tx:  # the image of a whole disk: the number is the old one
        tx.set_setting("device", one.read(lambda reading: reading.device()))
        tx.set_setting("newest record", "")
    came = sharing.send(other, back)
    assert "set back to an older state" in str(came.notes[0])
    assert back.article(article).state is State.FILED
    assert back.read(lambda reading: reading.device()) != one.read(lambda reading: reading.device())
    assert doctor.examine(back.store) == []
    back.store.close()


def test_a_clock_ten_years_wrong_is_no_reason_to_refuse(desks):
    one, other = desks
    one.draft()
    row = changed(row_of(one, records.REVISION), one.reporter, at="2016-01-01T00:00:00.000+00:00")
    assert exchange.absorb(other.store, [row]).added == 1


def test_every_event_of_the_roster_has_seen_what_its_desk_knew(desks):
    one, other = desks
    first = one.in_review(headline="First")
    second = one.in_review(headline="Second")
    sharing.send(one, other, [second])
    sharing.send(one, other, [first])
    seen = set(other.read(lambda reading: reading.newest_records()))
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
        with pytest.raises(Exception, match=r"somebody else has it now|took this article too"):
            one.approve(article, by=by)
    one.step(article, Step.TAKE, one.editor)
    assert (one.article(article).holder, one.article(article).rivals) == (one.editor.id, ())
    one.approve(article)
    sharing.send(one, other)
    assert other.article(article).state is State.APPROVED


@pytest.mark.parametrize("kind", [records.REVISION, records.EVENT, records.HOUSE])
def test_what_nobody_of_this_house_signed_is_not_taken_in(desks, kind):
    """Whoever carries it: no signature, another record's, a stranger's, or somebody else's in this person's name."""
    one, other = desks
    article = one.in_review()
    row = row_of(one, kind)
    sent = [each for each in sharing.rows(one) if each.kind == records.REVISION]
    exchange.absorb(other.store, sent)
    newer = changed(row, at="2016-01-01T00:00:00.000+00:00", nonce=..., after=...)
    if kind == records.REVISION:
        newer = changed(newer, parents=[row.id])
    for bad in (newer, newer._replace(signature=row.signature), newer._replace(signature="AAAA")):
        assert why(other, bad) == "its signature is not that of the key it names"
    stranger = signing.generate()
    row = changed(newer, key=stranger.id)
    came = exchange.absorb(other.store, [row])
    assert "is not on the roster here" in came.waiting[0].why
    assert other.article(article).state is State.DRAFT


def test_a_row_in_anothers_name_is_kept_for_the_chief_to_see_and_moves_nothing(desks):
    one, other = desks
    article = one.in_review()
    event = row_of(one, records.EVENT)
    sharing.send(one, other)
    newest = list(one.article(article).newest)
    forged = changed(
        event, one.reporter, step="send_back", reason="Mine.", after=newest, by=one.editor.id, key=one.reporter.key.id
    )
    came = exchange.absorb(other.store, [forged])
    assert (came.added, came.refused) == (1, ())
    assert "A step that came does not count: Its signature is missing" in str(came.notes[0])
    assert other.article(article).state is State.IN_REVIEW
    said = [why for record, why in doctor.examine(other.store) if record == forged.id]
    assert "not that of the person it names" in said[0]


def test_a_key_that_a_chief_retired_takes_back_what_it_signs_from_then_on_on_every_desk(desks):
    one, other = desks
    article = one.draft()
    sharing.send(one, other)
    people.retire_key(one.store, "Rana", reason="The laptop is lost.")
    other.step(article, Step.FILE, other.reporter)  # by whoever has the laptop
    sharing.send(one, other)
    assert other.article(article).state is State.DRAFT
    assert other.read(lambda reading: reading.row(article)).state is State.DRAFT
    sharing.send(other, one)
    assert one.article(article) == other.article(article)
    assert "was retired before" in doctor.examine(one.store)[0][1]


def test_that_a_story_was_read_or_begun_without_a_word_is_no_news(desks):
    one, other = desks
    article = one.in_review()
    sharing.send(one, other)
    commenting.mark_read(one.store, article, by=one.reporter)
    begun = one.draft(headline="", standfirst="", body="")
    came = sharing.send(one, other)
    assert (came.articles, came.arrived) == ({article, begun}, frozenset())
    one.edit(begun, one.reporter, body="A word.")
    commenting.comment(one.store, article, by=one.editor, text="Since when?")
    assert sharing.send(one, other).arrived == {article, begun}
