"""What a review screen is given: which versions can be compared, and every change of the desk's, wherever it stands."""

from dataclasses import replace

import pytest

from make import content
from ovn_desk.domain.workflow import Step
from ovn_desk.usecases import checking, comparing, publishing, suggesting, writing
from ovn_desk.usecases.comparing import Since
from ovn_desk.usecases.suggesting import Status

BODY = "The groups meet in July [@dawn-rail].\n\nA second paragraph stands here.\n\nA third one, too."
EDITED = BODY.replace("July", "August").replace("second", "last").replace("third", "fourth")


def writing_of(desk, article):
    return desk.read(writing.text_of, article).body


def offered(desk, article, who):
    return desk.read(comparing.available_comparisons, article, by=who.id)


def test_a_story_that_was_filed_once_is_compared_with_what_was_filed(desk):
    article = desk.in_review(body=BODY)
    assert list(offered(desk, article, desk.editor)) == [Since.FILED]
    shown = desk.read(comparing.review, article, older=offered(desk, article, desk.editor)[Since.FILED])
    assert shown.ids == []
    assert shown.changes.after.body == BODY


def test_a_story_that_came_back_is_compared_with_what_was_sent_back(desk):
    article = desk.in_review(body=BODY)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Which July?")
    assert Since.SENT_BACK not in offered(desk, article, desk.reporter)
    desk.edit(article, body=BODY.replace("July", "July 2025"), by=desk.reporter)
    desk.step(article, Step.FILE, desk.reporter)
    made = offered(desk, article, desk.editor)
    assert next(iter(made)) is Since.SENT_BACK
    assert len(set(made.values())) == len(made)


def test_every_change_of_the_desks_can_be_reached_after_each_decision(desk):
    """Seen at the desk: after one reject the others could not be reached."""
    article = desk.in_review(body=BODY)
    desk.edit(article, body=EDITED)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="See my changes.")
    base = offered(desk, article, desk.reporter)[Since.FILED]
    first, second, third = desk.read(comparing.review, article, older=base).ids
    suggesting.decide(desk.store, article, second, accept=False, by=desk.reporter)
    shown = desk.read(comparing.review, article, older=base)
    assert shown.ids == [first, third, second]
    assert [shown.status(one) for one in shown.ids] == [Status.UNDECIDED, Status.UNDECIDED, Status.REJECTED]
    assert shown.undecided == [first, third]


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_what_was_accepted_stays_accepted_where_the_text_was_filed_again(desk, is_withdrawn):
    """Seen at the desk: filed again, an accepted change looked as if it waited, with both buttons."""
    article = desk.in_review(body=BODY)
    filed = desk.article(article).head
    desk.edit(article, body=EDITED)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="See my changes.")
    names = desk.read(comparing.review, article, older=filed).ids
    for name in names:
        suggesting.decide(desk.store, article, name, accept=True, by=desk.reporter)
    if is_withdrawn:
        suggesting.withdraw_decision(desk.store, article, names[0], by=desk.reporter)
        suggesting.decide(desk.store, article, names[0], accept=False, by=desk.reporter)
    desk.edit(article, body=writing_of(desk, article) + "\n\nA word of mine.", by=desk.reporter)
    desk.step(article, Step.FILE, desk.reporter)
    shown = desk.read(comparing.review, article, older=filed)
    kept = names[1:] if is_withdrawn else names
    assert [shown.status(one) for one in shown.ids] == [Status.ACCEPTED] * len(kept) + [None]
    assert shown.undecided == []


def test_a_change_whose_words_the_reporter_wrote_anew_still_waits_to_be_decided(desk):
    article = desk.in_review(body=BODY)
    desk.edit(article, body=EDITED)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="See my changes.")
    desk.edit(article, body=EDITED.replace("August", "September"), by=desk.reporter)
    base = offered(desk, article, desk.reporter)[Since.FILED]
    shown = desk.read(comparing.review, article, older=base)
    assert [one.change.after for one in shown.absent] == ["August"]
    assert len(shown.undecided) == 3


def test_the_first_text_is_shown_whole_without_a_change(desk):
    shown = desk.read(comparing.review, desk.draft(body=BODY), older=None)
    assert (shown.ids, shown.changes.after) == ([], content(body=BODY))


def test_the_words_that_belong_to_where_the_story_is_come_with_it(desk):
    """The note of an older filing stood beside the reason to send the story back, also after filing again."""
    article = desk.draft()

    def said():
        return [(note.by, note.text) for note in desk.read(comparing.notes_of, article)]

    asked, answered = (desk.editor.id, "It is August."), (desk.reporter.id, "August it is.")
    desk.step(article, Step.FILE, desk.reporter, note="Please check July.")
    desk.step(article, Step.TAKE, desk.editor)
    assert said() == [(desk.reporter.id, "Please check July.")]
    desk.step(article, Step.SEND_BACK, desk.editor, reason="It is August.")
    assert said() == [asked]
    desk.step(article, Step.FILE, desk.reporter)
    assert said() == [(desk.reporter.id, ""), asked]  # the reason alone said that it is sent back still
    desk.step(article, Step.RECALL, desk.reporter)
    desk.step(article, Step.FILE, desk.reporter, note="August it is.")
    assert said() == [answered, asked]
    desk.step(article, Step.TAKE, desk.editor)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Say which department.")
    assert said() == [(desk.editor.id, "Say which department.")]


def published(desk, folder, **changes):
    article = desk.approved(**changes)
    asked = publishing.ExportRequest((article,), folder / "site")
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    return article


def test_a_story_that_was_published_is_compared_with_what_readers_have(desk, tmp_path):
    """Seen at the desk: its editor had filed their own change, and the review said “No changes”."""
    article = published(desk, tmp_path, body=BODY)
    live = desk.article(article).published.revision
    desk.correct(article, by=desk.editor)
    desk.edit(article, body=BODY.replace("July", "August"))
    desk.step(article, Step.FILE, desk.editor)
    desk.step(article, Step.TAKE, desk.editor)
    made = offered(desk, article, desk.editor)
    assert next(iter(made.items())) == (Since.PUBLISHED, live)
    shown = desk.read(comparing.review, article, older=live)
    assert [one.change.after for one in desk.read(suggesting.suggestions, article).undecided] == ["August"]
    assert len(shown.undecided) == 1
    assert len(shown.ids) == 2  # the word, and the correction


@pytest.mark.parametrize("by", ["editor", "reporter"])
def test_a_correction_that_a_story_was_opened_with_is_not_to_be_decided(desk, tmp_path, by):
    article = published(desk, tmp_path, body=BODY)
    desk.correct(article, by=getattr(desk, by))
    assert desk.read(suggesting.suggestions, article).undecided == ()
    assert not [one for one in desk.read(checking.checked_article, article).problems if one.rule == "suggestions"]


def test_changes_to_decide_are_never_looked_for_in_the_text_as_it_is(desk):
    """Whatever the story went through: the first comparison is one in which something differs."""
    article = desk.in_review(body=BODY)
    desk.edit(article, body=EDITED)
    desk.step(article, Step.SEND_BACK, desk.editor, reason="See my changes.")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    base = next(iter(offered(desk, article, desk.editor).values()))
    assert len(desk.read(comparing.review, article, older=base).undecided) == 3


def test_words_that_are_no_version_that_counts_are_not_said_to_be_the_reporters(desk):
    article = desk.in_review()
    with desk.store.read() as reading:
        older = reading.article(article).head
        now = replace(reading.revision(older).content, headline="Other words")
        shown = comparing.review(reading, article, older=older, content=now)
        kept = comparing.review(reading, article, older=older)
    (change,) = shown.ids
    assert shown.author_of(change) is None
    assert kept.is_version
