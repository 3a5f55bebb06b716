"""A text that rests becomes a version for the hub, and nothing else becomes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from make import content
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import records
from ovn_desk.usecases import drafts, recording, resting, writing


def type_on(desk, article, words, by=None):
    known = desk.read(writing.open_text, article)
    return writing.keep(desk.store, article, replace(known.content, body=words), by=by or desk.reporter, known=known)


@pytest.fixture
def later(monkeypatch):
    """Ten minutes after whatever was written."""
    now = records.now

    def turn(minutes=10):
        monkeypatch.setattr(records, "now", lambda: now() + timedelta(minutes=minutes))

    return turn


def save(desk, article, known, by=None, **options):
    return resting.save_rested(desk.store, article, by=by or desk.reporter, known=known, **options)


def test_a_text_that_rests_becomes_a_version_once_in_a_while(desk, later):
    article = desk.draft()
    known = type_on(desk, article, "Rested.")
    assert save(desk, article, known) is None, "there is a version of this minute"
    later()
    assert save(desk, article, known).content.body == "Rested."
    assert desk.read(lambda reading: reading.working_copy(article)) is None
    again = type_on(desk, article, "Rested again.")
    assert save(desk, article, again) is None
    assert save(desk, article, again, is_asked=True).content.body == "Rested again."


def test_a_clock_that_was_set_back_keeps_no_text_here(desk, later):
    article = desk.draft()
    known = type_on(desk, article, "Rested.")
    later(-60)
    assert save(desk, article, known)


def test_what_was_typed_since_is_no_rested_text(desk, later):
    article = desk.draft()
    known = type_on(desk, article, "Rested.")
    later()
    type_on(desk, article, "Rested. And on.")
    assert save(desk, article, known) is None


def test_no_approval_lapses_by_itself(desk, later):
    article = desk.approved()
    known = type_on(desk, article, "One letter more", by=desk.editor)
    later()
    assert save(desk, article, known, by=desk.editor) is None
    assert save(desk, article, known, by=desk.editor, is_asked=True) is None
    assert desk.article(article).state is State.APPROVED


def test_in_review_only_whoever_has_it(desk, later):
    article = desk.in_review()
    known = type_on(desk, article, "By the chief.", by=desk.chief)
    later()
    assert save(desk, article, known, by=desk.chief) is None
    assert save(desk, article, known, by=desk.editor)


def test_what_may_not_be_written_or_was_thrown_away_is_left(desk, later):
    article = desk.draft()
    known = type_on(desk, article, "Typed before it was filed.")
    desk_known = known
    later()
    with desk.store.begin() as tx:
        assert tx.working_copy(article)
    desk.step(article, Step.FILE, desk.reporter)
    known = type_on(desk, article, "An editor's", by=desk.editor)
    assert save(desk, article, desk_known) is None
    assert save(desk, article, known) is None
    other = desk.draft(headline="Thrown away")
    known = type_on(desk, other, "Words.")
    drafts.discard(desk.store, [other], by=desk.reporter)
    later(30)
    assert save(desk, other, desk.read(writing.open_text, other)) is None
    assert known.content.body == "Words."


def test_no_second_version_comes_of_it_where_another_came(desk, later):
    """As on a desk that was restored from an older copy: what it had typed then is not sent over what was decided."""
    article = desk.draft()
    known = type_on(desk, article, "Typed then.")
    with desk.store.begin() as tx:
        head = tx.article(article)
        theirs = content(body="What stands by now.")
        made = recording.new_revision(tx, article, theirs, parents=(head.head,), by=desk.editor, after=head.newest)
        tx.add_revision(made)
    later()
    assert save(desk, article, known) is None
    assert save(desk, article, known, is_asked=True) is None
    assert desk.article(article).heads == (made.id,)


def test_what_a_stop_of_the_desk_left_becomes_versions_where_its_writer_asks(desk):
    left, open_here, decided = desk.draft(), desk.draft(), desk.approved()
    for article, by in ((left, desk.reporter), (open_here, desk.reporter), (decided, desk.editor)):
        type_on(desk, article, "Left behind.", by=by)
    resting.save_left_texts(desk.store, by=desk.chief)
    before = desk.read(lambda reading: [copy.article for copy in reading.working_copies()])
    assert set(before) == {left, open_here, decided}, "another person asked"
    resting.save_left_texts(desk.store, by=desk.reporter, but=open_here)
    resting.save_left_texts(desk.store, by=desk.editor)
    kept = desk.read(lambda reading: [copy.article for copy in reading.working_copies()])
    assert set(kept) == {open_here, decided}
    assert desk.article(decided).state is State.APPROVED
    assert desk.read(lambda reading: reading.revision(reading.article(left).head)).content.body == "Left behind."
