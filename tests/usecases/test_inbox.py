"""What concerns whom, and the news budget; each list is one query."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

import sharing
from make import content
from ovn_desk.domain.assignments import Due
from ovn_desk.domain.notifications import Reason
from ovn_desk.domain.workflow import State, Step
from ovn_desk.usecases import commenting, housekeeping, inbox, planning

NOW = datetime.now(UTC)


def items(desk, person):
    return desk.read(lambda reading: inbox.inbox(reading, person, now=NOW))


def whys(desk, person):
    return [item.row.why for item in items(desk, person)]


def test_a_filed_story_waits_for_every_editor_but_its_reporter(desk):
    article = desk.draft()
    desk.step(article, Step.FILE, desk.reporter, note="Please read.")
    assert [(item.row.why, item.row.words) for item in items(desk, desk.editor)] == [(Reason.WAITING, "Please read.")]
    assert whys(desk, desk.chief) == [Reason.WAITING]
    assert whys(desk, desk.reporter) == []


def test_a_story_in_review_is_in_the_hands_of_one_and_was_taken_from_another(desk):
    article = desk.in_review()
    assert whys(desk, desk.editor) == [Reason.HELD]
    desk.step(article, Step.TAKE, desk.chief, note="You are off.")
    assert [(item.row.why, item.row.words) for item in items(desk, desk.editor)] == [
        (Reason.TAKEN_OVER, "You are off.")
    ]
    assert whys(desk, desk.chief) == [Reason.HELD]


def test_everybody_who_worked_on_a_story_is_told_that_it_was_sent_back(desk):
    article = desk.in_review()
    desk.edit(article, desk.chief, body=content().body + " More.")
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Who says so?")
    for person in (desk.reporter, desk.chief):
        assert [(item.row.why, item.row.words) for item in items(desk, person)] == [(Reason.SENT_BACK, "Who says so?")]
    assert whys(desk, desk.editor) == []


def test_comments_concern_who_is_called_and_who_must_mend_until_they_are_answered_or_settled(desk):
    article = desk.in_review()
    fix = commenting.comment(desk.store, article, "Check this.", by=desk.editor, must_fix=True).id
    call = commenting.comment(desk.store, article, "@Bilal, is this ours?", by=desk.editor).id
    assert whys(desk, desk.reporter) == [Reason.MUST_FIX]
    assert whys(desk, desk.chief) == [Reason.MENTIONED]
    commenting.reply(desk.store, article, call, "It is.", by=desk.chief)
    commenting.resolve(desk.store, article, fix, by=desk.editor)
    assert whys(desk, desk.reporter) == whys(desk, desk.chief) == []


def test_what_is_over_comes_first_and_says_so(desk):
    for name, hours in (("A", 40), ("B", 2), ("C", -2)):
        article = desk.draft(headline=f"Story {name}")
        due = NOW + timedelta(hours=hours)
        planning.assign(desk.store, article, by=desk.editor, to=desk.reporter, what="Write it", due=due)
    found = items(desk, desk.reporter)
    assert [(item.row.headline, item.due) for item in found] == [
        ("Story C", Due.OVER),
        ("Story B", Due.SOON),
        ("Story A", Due.LATER),
    ]
    assert {item.row.why for item in found} == {Reason.ASSIGNED}


def test_a_spiked_story_concerns_nobody(desk):
    article = desk.in_review()
    desk.step(article, Step.SPIKE, desk.editor, reason="Not ours.")
    assert whys(desk, desk.editor) == whys(desk, desk.reporter) == []


@pytest.mark.parametrize("ask", ["inbox", "budget"])
def test_a_list_is_one_query_however_long_it_is(desk, ask):
    for name in "ABCDE":
        desk.step(desk.draft(headline=f"Story {name}"), Step.FILE, desk.reporter)
    with desk.store.read() as reading:
        reading.house()
        asked = []
        event.listen(reading.connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        day = timedelta(days=1)
        found = reading.inbox(desk.editor) if ask == "inbox" else reading.budget(NOW - day, NOW + day)
    assert len(found) == 5
    assert len(asked) == 1


def budget(desk, day, period=inbox.Period.DAY):
    return desk.read(lambda reading: inbox.budget(reading, day=day, period=period))


def test_the_budget_of_a_day_has_what_is_due_what_is_worked_on_and_what_went_out(desk):
    with desk.store.read() as reading:
        zone = reading.house().zone
    today = datetime.now(zone).date()
    noon = datetime.now(zone).replace(hour=12, minute=0, second=0, microsecond=0)
    written = desk.draft(headline="Worked on", target_words=500)
    late = desk.draft(headline="Overdue")
    planning.assign(desk.store, late, by=desk.editor, to=desk.editor, due=noon - timedelta(days=3), words=800)
    next_week = desk.draft(headline="Next week")
    planning.plan(desk.store, next_week, by=desk.editor, planned_at=noon + timedelta(days=3))
    spiked = desk.draft(headline="Dropped")
    desk.step(spiked, Step.SPIKE, desk.editor, reason="Not ours.")
    rows = budget(desk, today)
    assert [row.headline for row in rows] == ["Overdue", "Worked on"]
    assert (rows[0].owner, rows[0].aim, rows[0].due_at) == (desk.editor.id, 800, noon - timedelta(days=3))
    assert (rows[1].owner, rows[1].aim, rows[1].words, rows[1].state) == (desk.reporter.id, 500, 10, State.DRAFT)
    assert written == rows[1].article
    assert [row.headline for row in budget(desk, today, inbox.Period.WEEK)] == ["Overdue", "Next week", "Worked on"]


def test_the_budget_counts_claims_and_what_is_open(desk):
    body = "They met 14 times [@dawn-rail].\n\nDawn wrote: “The groups meet in July” [@dawn-rail]."
    article = desk.in_review(body=body)
    commenting.comment(desk.store, article, "Check this.", by=desk.editor, must_fix=True)
    (row,) = budget(desk, datetime.now(desk.read(lambda reading: reading.house().zone)).date())
    assert (row.claims, row.supported, row.open) == (2, 1, 2)


def test_the_inbox_comes_out_the_same_when_made_anew(desk):
    article = desk.in_review()
    commenting.comment(desk.store, article, "@Bilal, look.", by=desk.editor, must_fix=True)
    planning.assign(desk.store, desk.draft(), by=desk.editor, to=desk.reporter, due=NOW)
    people = (desk.reporter, desk.editor, desk.chief)
    before = [items(desk, person) for person in people]
    housekeeping.rebuild(desk.store)
    assert [items(desk, person) for person in people] == before
    assert all(before)


@pytest.fixture
def desks(tmp_path, renderer):
    with sharing.newsroom(tmp_path, renderer) as made:
        yield made


def test_who_had_a_story_is_told_that_it_was_taken_over_until_they_have_seen_it(desk):
    article = desk.in_review()
    desk.step(article, Step.TAKE, desk.chief)
    desk.approve(article, by=desk.chief)
    assert whys(desk, desk.editor) == [Reason.TAKEN_OVER]
    commenting.mark_read(desk.store, article, by=desk.editor)
    assert whys(desk, desk.editor) == []


def test_two_who_took_it_apart_are_both_told_until_one_keeps_it(desks):
    one, other = desks
    article = one.draft()
    one.step(article, Step.FILE, one.reporter)
    sharing.send(one, other)
    one.step(article, Step.TAKE, one.editor)
    other.step(article, Step.TAKE, other.chief)
    sharing.meet(one, other)
    for desk in desks:
        assert whys(desk, desk.editor) == whys(desk, desk.chief) == [Reason.TAKEN_TWICE]
    other.step(article, Step.TAKE, other.chief)
    sharing.meet(one, other)
    for desk in desks:
        assert (whys(desk, desk.editor), whys(desk, desk.chief)) == ([Reason.TAKEN_OVER], [Reason.HELD])


def recalled_and_taken(desks):
    """Two desks with a filed story, for its reporter to recall it at one while an editor takes it at the other."""
    one, other = desks
    article = one.draft()
    one.step(article, Step.FILE, one.reporter)
    sharing.send(one, other)
    return one, other, article


def test_whose_take_came_after_a_recall_is_told_so_until_they_have_seen_it(desks):
    one, other, article = recalled_and_taken(desks)
    one.step(article, Step.RECALL, one.reporter)
    other.step(article, Step.TAKE, other.editor)
    sharing.meet(one, other)
    assert other.article(article).state is State.DRAFT
    assert [(item.row.why, item.row.by) for item in items(other, other.editor)] == [
        (Reason.RECALLED, other.reporter.id)
    ]
    commenting.mark_read(other.store, article, by=other.editor)
    assert whys(other, other.editor) == []


def test_whose_recall_came_after_a_take_is_told_who_has_it_until_they_have_seen_it(desks):
    one, other, article = recalled_and_taken(desks)
    other.step(article, Step.TAKE, other.editor)
    one.step(article, Step.RECALL, one.reporter)
    sharing.meet(one, other)
    assert one.article(article).state is State.IN_REVIEW
    for desk in desks:  # and who has it is told that it is wanted, which nobody told them
        (item,) = items(desk, desk.editor)
        assert (item.row.why, item.row.by) == (Reason.WANTED_BACK, desk.reporter.id)
    assert [(item.row.why, item.row.by) for item in items(one, one.reporter)] == [(Reason.RECALLED_LATE, one.editor.id)]
    commenting.mark_read(one.store, article, by=one.reporter)
    assert whys(one, one.reporter) == []


def test_an_editor_who_changed_a_filed_story_is_told_that_it_was_recalled(desk):
    article = desk.draft()
    desk.step(article, Step.FILE, desk.reporter)
    desk.edit(article, desk.editor, body=content().body + " More.")
    desk.step(article, Step.RECALL, desk.reporter)
    assert whys(desk, desk.editor) == [Reason.RECALLED]
    assert whys(desk, desk.reporter) == []
