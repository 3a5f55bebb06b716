"""Comments, readings, assignments and plans through the use cases."""

from datetime import UTC, datetime, timedelta

import pytest

from make import content
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.workflow import Step, last_seen
from ovn_desk.text.comments import place_comments, quote_words
from ovn_desk.usecases import commenting, planning, writing

SOON = datetime.now(UTC) + timedelta(hours=2)


def comment(desk, article, text="Who says so?", by=None, **options):
    return commenting.comment(desk.store, article, text, by=by or desk.editor, **options).id


def threads(desk, article):
    return desk.read(commenting.comments, article)


def test_a_thread_is_answered_settled_and_opened_again(desk):
    article = desk.in_review()
    name = comment(desk, article, "@rana who says so?", on=quote_words(content(), "meet in July"))
    commenting.reply(desk.store, article, name, "The ministry.", by=desk.reporter)
    commenting.resolve(desk.store, article, name, by=desk.editor, text="Thanks.")
    (thread,) = threads(desk, article)
    assert thread.mentions == (desk.reporter.id,)
    assert [answer.text for answer in thread.answers] == ["The ministry.", "Thanks."]
    assert not thread.is_open
    commenting.reopen(desk.store, article, name, by=desk.reporter)
    assert threads(desk, article)[0].is_open
    with pytest.raises(StepRefused, match="open already"):
        commenting.reopen(desk.store, article, name, by=desk.reporter)


def test_what_must_be_fixed_stops_approval_until_an_editor_settles_it(desk):
    article = desk.in_review()
    name = comment(desk, article, must_fix=True)
    with pytest.raises(StepRefused, match="One comment must be settled"):
        desk.approve(article)
    with pytest.raises(StepRefused, match="another editor will settle it"):
        commenting.resolve(desk.store, article, name, by=desk.reporter)
    commenting.resolve(desk.store, article, name, by=desk.editor)
    desk.approve(article)


def test_a_comment_on_words_that_went_is_kept_with_them(desk):
    article = desk.in_review()
    comment(desk, article, on=quote_words(content(), "A second paragraph stands here"))
    desk.edit(article, body="The groups meet in July [@dawn-rail].")
    with desk.store.read() as reading:
        (found,) = place_comments(commenting.comments(reading, article), writing.text_of(reading, article))
    assert found.is_orphaned
    assert found.comment.on.exact == "A second paragraph stands here"


def test_an_empty_comment_and_an_unknown_one_are_refused_in_words(desk):
    article = desk.draft()
    with pytest.raises(DeskError, match="Write what you want to say"):
        comment(desk, article, "  \n ")
    with pytest.raises(DeskError, match="not one comment"):
        commenting.reply(desk.store, article, "f00", "Yes.", by=desk.reporter)


def test_a_reading_is_kept_once_for_each_revision_and_moves_nothing(desk):
    article = desk.draft()
    before = desk.read(lambda reading: reading.row(article).updated_at)
    for _ in range(3):
        commenting.mark_read(desk.store, article, by=desk.editor)
    events = desk.read(lambda reading: reading.events(article))
    assert [event.step for event in events] == [Step.READ]
    assert last_seen(events, desk.editor.id) == desk.article(article).head
    assert desk.read(lambda reading: reading.row(article).updated_at) == before
    desk.edit(article, desk.reporter, body="More.")
    commenting.mark_read(desk.store, article, by=desk.editor)
    assert len(desk.read(lambda reading: reading.events(article))) == 2


def test_an_editor_assigns_and_a_reporter_takes_a_story_on_only_for_themselves(desk):
    article = desk.draft()
    planning.assign(desk.store, article, by=desk.editor, to=desk.reporter, what="Rail", due=SOON, words=600)
    found = desk.article(article).assignment
    assert (found.who, found.what, found.words) == (desk.reporter.id, "Rail", 600)
    assert abs(found.due_at - SOON) < timedelta(milliseconds=1)
    with pytest.raises(StepRefused, match="Only an editor may assign"):
        planning.assign(desk.store, article, by=desk.reporter, to=desk.editor)
    planning.assign(desk.store, article, by=desk.reporter, to=desk.reporter)
    planning.assign(desk.store, article, by=desk.editor, to=None)
    assert desk.article(article).assignment is None


def test_an_embargo_is_lifted_early_only_with_a_reason(desk):
    article = desk.draft()
    planning.plan(desk.store, article, by=desk.editor, embargo_until=SOON)
    with pytest.raises(StepRefused, match="agreed with a source"):
        planning.plan(desk.store, article, by=desk.editor)
    with pytest.raises(StepRefused, match="Only an editor"):
        planning.plan(desk.store, article, by=desk.reporter, reason="Soon enough.")
    planning.plan(desk.store, article, by=desk.editor, reason="The ministry agreed.")
    assert desk.article(article).plan.embargo_until == ""
