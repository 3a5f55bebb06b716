"""An export refuses a clock that stands before what is known, and no single clock that runs ahead stops everybody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import sharing
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.workflow import CommentText, State, Step
from ovn_desk.store import records
from ovn_desk.usecases import publishing, recording
from ovn_desk.usecases.publishing import clock

FUTURE = datetime(2036, 1, 3, 10, tzinfo=UTC)
PAST = datetime(2015, 1, 1, tzinfo=UTC)


@pytest.fixture
def desks(template, tmp_path, renderer):
    with sharing.opened(template, tmp_path / "desks", renderer, number=3) as opened:
        yield opened


def export(desk, folder, ids=None):
    return publishing.export(desk.store, publishing.ExportRequest(ids, folder), by=desk.editor, renderer=desk.renderer)


def say(desk, article, by, at):
    """A comment that was written when this desk's clock stood there."""
    with desk.store.begin() as tx:
        made = recording.new_event(tx, article, Step.COMMENT, by, details=CommentText("Look."))
        tx.add_event(recording.sign(replace(made, at=at), by.key))


def set_clock(monkeypatch, at):
    monkeypatch.setattr(records, "now", lambda: at)


def test_a_clock_back_in_2015_exports_nothing_and_says_both_times(desk, tmp_path, monkeypatch):
    desk.approved()
    set_clock(monkeypatch, PAST)
    with pytest.raises(DeskError) as refused:
        export(desk, tmp_path / "site")
    said = str(refused.value)
    assert "This computer's clock says 2015-01-01 05:00" in said
    assert "made on this computer, is of 20" in said
    assert "Set the clock of this computer" in said
    assert not (tmp_path / "site").exists()
    with pytest.raises(DeskError, match="clock says 2015"):
        publishing.plan(
            desk.store, publishing.ExportRequest(None, tmp_path / "site"), by=desk.editor.person, renderer=desk.renderer
        )


@pytest.mark.parametrize(("behind", "is_refused"), [(timedelta(minutes=9), False), (timedelta(minutes=11), True)])
def test_some_minutes_are_no_reason(desk, tmp_path, monkeypatch, behind, is_refused):
    desk.approved()
    set_clock(monkeypatch, records.now() - behind)
    if is_refused:
        with pytest.raises(DeskError, match="clock says"):
            export(desk, tmp_path)
    else:
        assert export(desk, tmp_path).written


def test_a_new_computer_in_2015_learns_the_time_from_two_people(desks, tmp_path, monkeypatch):
    one, other, _ = desks
    article = one.approved()
    sharing.meet(one, other)
    say(other, article, other.chief, records.now())
    third = desks[2]
    sharing.meet(other, third)
    set_clock(monkeypatch, PAST)
    with pytest.raises(DeskError, match=r"the newest record here, by .*, is of"):
        export(third, tmp_path)


@pytest.mark.parametrize("name", ["reporter", "editor", "chief"])
def test_one_colleague_in_2036_stops_nobody_but_their_own_computer(desks, tmp_path, name):
    one, other, third = desks
    article = one.approved()
    sharing.meet(one, other)
    for number in range(3):
        say(other, article, getattr(other, name), FUTURE + timedelta(days=number))
    say(other, article, other.chief, FUTURE)  # the same computer, whoever sits there
    sharing.meet(one, other)
    sharing.meet(other, third)
    assert export(one, tmp_path / "one").written
    assert export(third, tmp_path / "third").written
    with pytest.raises(DeskError, match="made on this computer, is of 2036"):
        export(other, tmp_path / "other")


def test_two_people_in_2036_are_believed_until_a_chief_says_that_the_clock_is_right(desks, tmp_path):
    one, other, third = desks
    article = one.approved()
    for each in (other, third):
        sharing.meet(one, each)
    both_say(desks, article)
    with pytest.raises(DeskError, match="2036"):
        export(one, tmp_path)
    with pytest.raises(StepRefused, match="Only a chief"):
        clock.believe(one.store, by=one.editor, why="It is.")
    with pytest.raises(StepRefused, match="Say why"):
        clock.believe(one.store, by=one.chief, why=" ")
    clock.believe(one.store, by=one.chief, why="The radio says so.")
    assert export(one, tmp_path).written
    both_say(desks, article)
    with pytest.raises(DeskError, match="2036"):
        export(one, tmp_path)


def both_say(desks, article):
    one, other, third = desks
    say(other, article, other.reporter, FUTURE)
    say(third, article, third.editor, FUTURE)
    for each in (other, third):
        sharing.meet(one, each)


def test_a_computer_whose_clock_was_ahead_exports_again_when_a_chief_says_so(desk, tmp_path):
    article = desk.approved()
    say(desk, article, desk.reporter, FUTURE)
    with pytest.raises(DeskError, match="2036"):
        export(desk, tmp_path)
    clock.believe(desk.store, by=desk.chief, why="It was set to 2036 by hand.")
    assert export(desk, tmp_path).written


def test_a_story_approved_by_a_clock_in_2036_waits_alone(desks, tmp_path, monkeypatch):
    one, other, _ = desks
    first = one.approved(headline="Right")
    review = one.in_review(headline="Ahead")
    sharing.meet(one, other)
    monkeypatch.setattr(records, "now", lambda: FUTURE)
    other.approve(review)
    monkeypatch.undo()
    sharing.meet(one, other)
    done = export(one, tmp_path)
    assert [(one.id, "2036-01-03 15:00" in one.reason) for one in done.refused] == [(review, True)]
    assert one.article(first).state is State.PUBLISHED
    clock.believe(one.store, by=one.chief, why="The approver's clock was wrong.")
    assert export(one, tmp_path).refused == ()
    assert one.article(review).state is State.PUBLISHED


def test_what_nobody_signed_tells_no_time(desks, tmp_path):
    one, other, _ = desks
    article = one.approved()
    sharing.meet(one, other)
    with other.store.begin() as tx:
        for by in (other.reporter, other.editor, other.chief):
            made = recording.new_event(tx, article, Step.COMMENT, by, details=CommentText("Look."))
            tx.add_event(recording.sign(replace(made, at=FUTURE), other.reporter.key))
    sharing.send(other, one)
    assert export(one, tmp_path).written
