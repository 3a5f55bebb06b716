"""Reviewing in the window: changes, suggestions, comments, and the questions before a step."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from make import content
from ovn_desk.domain.evidence import CorrectionKind, WaiverKind
from ovn_desk.domain.image import Image
from ovn_desk.domain.workflow import Quote, State, Step
from ovn_desk.text import comments as placing
from ovn_desk.ui.dialogs.correction import CorrectionDialog
from ovn_desk.ui.review.change_notice import ChangeNotice
from ovn_desk.usecases import commenting, comparing, publishing, suggesting
from ovn_desk.usecases.suggesting import Status


def statuses(desk, article):
    with desk.store.read() as reading:
        return [one.status for one in suggesting.suggestions(reading, article).all]


def edited(desk, space, window):
    """An article the editor took and changed in two places, open at the editor's desk."""
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    body = content().body.replace("groups meet", "working groups meet").replace("second paragraph", "last paragraph")
    space.text.edit(body=body)
    space.article.save()
    return article


def reviewed(qtbot, window):
    with qtbot.waitSignal(window.panes.review.shown, timeout=10_000):
        window.features.review.toggle_changes()
    return window.panes.review


def signed(qtbot, window, desk, article):
    """Approves by key what the review shows: the step, and one more Enter."""
    qtbot.keyClick(window.panes.review.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.panes.review_side.approval.is_asking)
    qtbot.keyClick(window.panes.review_side.approval.sign, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED)


def credits_in(approval):
    """The line about the page's credits, without the marks that keep it in its own direction."""
    return approval.credits.text().replace("\u2068", "").replace("\u2069", "")


def give_reason(qtbot, window, words):
    form = window.panes.review.form
    assert form.isVisible()
    form.box.setFocus()
    qtbot.keyClicks(form.box, words)
    qtbot.keyClick(form.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def editors(desk, space, window, **changes):
    """A story in review, open at the desk of the editor who has it."""
    article = desk.in_review(**changes)
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    return article


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def choose_words(view, words):
    """Chooses words in the review as a hand does."""
    view.setTextCursor(view.document().find(words))


def press(qtbot, widget, letter, held=Qt.KeyboardModifier.AltModifier):
    """A command's key, which the window sees to."""
    qtbot.keyClick(widget, letter, held)


def test_words_that_are_typed_into_the_text_under_review_are_told_where_to_go(qtbot, window, desk, space):
    """Seen at the desk: “March” accepted a change, rejected another and began a comment."""
    article = edited(desk, space, window)
    review = reviewed(qtbot, window)
    before = statuses(desk, article), review.chosen, review.view.toPlainText()
    assert not review.view.cursorWidth(), "no caret where one cannot write"
    qtbot.keyClicks(review.view, "March, jack")
    assert (statuses(desk, article), review.chosen, review.view.toPlainText()) == before
    assert review.view.hasFocus()
    assert not review.form.isVisible()
    assert "go back to Write" in review.notice.words.text()
    qtbot.keyClick(review.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert review.view.cursorWidth(), "words are chosen by key, too"
    review.notice.button.click()
    assert not review.isVisible()


def test_a_category_that_is_set_while_one_reads_is_no_change_of_the_text(qapp):
    notice, shown = ChangeNotice(), content(category="news")
    notice.note_text(shown, replace(shown, category="sport"), is_same_page=False)
    assert notice.words.text().startswith("The details of this story changed.")
    notice.note_text(shown, replace(shown, category="sport", body="Other words."), is_same_page=False)
    assert notice.words.text().startswith("The text changed while you read it.")


def test_keys_walk_the_changes_and_go_back_to_the_text(qtbot, window, desk, space):
    edited(desk, space, window)
    review = reviewed(qtbot, window)
    ids = review._ids()
    assert len(ids) == 2
    press(qtbot, review.view, "j")
    assert review.chosen == ids[1]
    press(qtbot, review.view, "k")
    assert review.chosen == ids[0]
    qtbot.keyClick(review.view, Qt.Key.Key_Escape)
    assert window.panes.middle.currentWidget() is window.panes.writing


def test_the_reporter_accepts_one_change_and_rejects_another(qtbot, window, desk, space):
    article = edited(desk, space, window)
    space.steps.take(Step.SEND_BACK, reason="Look at my changes.")
    space.article.switch_person(desk.reporter.person)
    review = reviewed(qtbot, window)
    press(qtbot, review.view, "a")
    qtbot.waitUntil(lambda: statuses(desk, article).count(Status.ACCEPTED) == 1)
    qtbot.waitUntil(lambda: len(review.review.undecided) == 1)
    press(qtbot, review.view, "r")
    qtbot.waitUntil(lambda: Status.REJECTED in statuses(desk, article))
    assert "working groups meet" in window.panes.writing.editor.text()
    assert "second paragraph" in window.panes.writing.editor.text()


def test_after_a_reject_every_other_change_is_reached_and_so_is_the_rejected_one(qtbot, window, desk, space):
    """Seen at the desk: after one reject the other suggestions could not be reached."""
    article = edited(desk, space, window)
    space.steps.take(Step.SEND_BACK, reason="Look at my changes.")
    space.article.switch_person(desk.reporter.person)
    review = reviewed(qtbot, window)
    first, second = review._ids()
    with qtbot.waitSignal(review.shown):
        press(qtbot, review.view, "r")
    assert (review._ids(), review.chosen) == ([second, first], second)
    press(qtbot, review.view, "j")
    assert review.chosen == first
    with qtbot.waitSignal(review.shown):
        press(qtbot, review.view, "a")
    assert Status.REJECTED not in statuses(desk, article)
    assert "working groups meet" in window.panes.writing.editor.text()


def test_what_was_decided_says_so_in_the_bar_and_is_no_question_after_filing(qtbot, window, desk, space):
    """Seen at the desk: “Change 1 of 2” when both were decided, and both buttons again once it was filed."""
    edited(desk, space, window)
    space.steps.take(Step.SEND_BACK, reason="Look at my changes.")
    space.article.switch_person(desk.reporter.person)
    review = reviewed(qtbot, window)
    where = review.bar._where
    assert "accepted" not in where.text()
    for said in (1, 2):
        with qtbot.waitSignal(review.shown):
            press(qtbot, review.view, "a")
        assert len(review.review.undecided) == 2 - said
    assert where.text().endswith(", accepted; none waits")
    filed = review.review.base
    with qtbot.waitSignal(review.shown):
        space.steps.take(Step.FILE)
    qtbot.waitUntil(lambda: review.bar.since.currentData() == comparing.Since.SENT_BACK)
    assert comparing.Since.FILED not in review._bases
    with qtbot.waitSignal(review.shown):
        review.compare(filed, None)
    assert where.text().endswith(", accepted; none waits")
    assert not review.bar.buttons["accept"].isEnabled()
    assert not review.bar.buttons["reject"].isEnabled()


def test_a_change_out_of_sight_is_shown_before_it_is_decided(qtbot, window, desk, space):
    article = desk.in_review(body="\n\n".join(["A paragraph of the long story stands here."] * 80))
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    space.text.edit(body=space.text.content.body + "\n\nA new last one.")
    space.article.save()
    review = reviewed(qtbot, window)
    view = review.view
    assert view.is_outline_in_sight
    view.verticalScrollBar().setValue(0)
    assert not view.is_outline_in_sight
    press(qtbot, view, "r")
    assert statuses(desk, article) == [Status.UNDECIDED]
    assert view.is_outline_in_sight
    with qtbot.waitSignal(review.shown):
        press(qtbot, view, "r")
    assert statuses(desk, article) == [Status.REJECTED]


def test_a_decision_is_taken_back_by_undo_in_the_bar(qtbot, window, desk, space):
    article = edited(desk, space, window)
    space.steps.take(Step.SEND_BACK, reason="Look at my changes.")
    space.article.switch_person(desk.reporter.person)
    review = reviewed(qtbot, window)
    for key in "ra":
        with qtbot.waitSignal(review.shown):
            press(qtbot, review.view, key)
        undo = next(one for one in window.panes.bar.findChildren(QPushButton) if one.text() == "Undo")
        with qtbot.waitSignal(review.shown):
            qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
        assert set(statuses(desk, article)) == {Status.UNDECIDED}
        assert "working groups meet" in space.text.content.body


def test_ctrl_z_takes_the_last_decision_back_and_never_what_was_written_in_the_hidden_text(qtbot, window, desk, space):
    article = edited(desk, space, window)
    space.steps.take(Step.SEND_BACK, reason="Look at my changes.")
    space.article.switch_person(desk.reporter.person)
    qtbot.keyClicks(window.panes.writing.standfirst, "x")
    review = reviewed(qtbot, window)
    now = space.text.content.body
    with qtbot.waitSignal(review.shown):
        press(qtbot, review.view, "r")
    with qtbot.waitSignal(review.shown):
        qtbot.keyClick(review.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert set(statuses(desk, article)) == {Status.UNDECIDED}
    qtbot.keyClick(review.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert space.text.content.body == now


def test_no_command_changes_the_text_at_a_cursor_that_the_review_hides(qtbot, window, desk, space):
    editors(desk, space, window)
    names = ("write.bold", "write.undo", "write.image", "source.cite", "write.move_down", "write.replace")
    window.panes.writing.editor.setFocus()
    assert window.actions_by_name["write.bold"].isEnabled()
    reviewed(qtbot, window)
    assert [name for name in names if window.actions_by_name[name].isEnabled()] == []
    qtbot.keyClick(window.panes.review.view, Qt.Key.Key_Escape)
    assert window.actions_by_name["write.bold"].isEnabled()


def test_a_story_opened_during_a_review_is_reviewed_and_its_hidden_text_has_not_the_keyboard(
    qtbot, window, desk, space
):
    """Seen at the desk: J went into the hidden text of the story that was opened from the list."""
    editors(desk, space, window)
    other = desk.in_review(headline="Another story")
    review = reviewed(qtbot, window)
    with qtbot.waitSignal(review.shown):
        window.features.articles.open(other)
    assert "Another story" in review.view.toPlainText()
    assert window.focusWidget() is review.view
    window.panes.writing.editor.setFocus()
    assert not window.panes.writing.editor.hasFocus()
    press(qtbot, window.focusWidget(), "j")
    assert space.text.content.body == content().body
    window.features.articles.start()
    assert window.panes.middle.shows(window.panes.writing)
    assert window.focusWidget() is window.panes.writing.headline


def test_a_version_that_is_signed_is_cut_before_it_is_shown(qtbot, window, desk, space):
    """What *You sign* names is the version that is signed, also after the editor changed a field beside the text."""
    article = editors(desk, space, window)
    review, approval = reviewed(qtbot, window), window.panes.review_side.approval
    space.text.edit(dateline="Karachi")
    assert review.notice.isVisible()
    with qtbot.waitSignal(review.shown):
        qtbot.mouseClick(review.notice.button, Qt.MouseButton.LeftButton)
    head = desk.article(article).head
    assert f"{head[:4]}…{head[-2:]}" in approval.facts.text().replace("\u2060", "")


def test_what_the_reporter_wrote_is_taken_out_by_the_editor_and_comes_back_by_undo(qtbot, window, desk, space):
    article = desk.in_review()
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Which July?")
    desk.edit(article, by=desk.reporter, body=content().body.replace("in July", "in late July"))
    desk.step(article, Step.FILE, desk.reporter)
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    with qtbot.waitSignal(window.panes.review.shown):
        window.features.workflow.take(Step.TAKE)
    review = window.panes.review
    assert review.bar.since.currentText() == "Since sent back"
    with qtbot.waitSignal(review.shown):
        press(qtbot, review.view, "r")
    assert "late" not in space.text.content.body
    undo = next(one for one in window.panes.bar.findChildren(QPushButton) if one.text() == "Undo")
    with qtbot.waitSignal(review.shown):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert "in late July" in space.text.content.body


def test_an_editor_who_keeps_a_change_without_the_reporter_says_why_in_the_review(qtbot, window, desk, space):
    article = edited(desk, space, window)
    review = reviewed(qtbot, window)
    press(qtbot, review.view, "a")
    with qtbot.waitSignal(review.shown):
        give_reason(qtbot, window, "The ministry calls them so.")
    assert sorted(statuses(desk, article)) == [Status.AS_EDITED, Status.UNDECIDED]


def test_taking_a_story_opens_its_review_with_the_whole_text_as_readers_know_texts(qtbot, window, desk, space):
    """Seen at the desk: Take did not open the review, and the review of a new story was empty."""
    images = (Image("pump", "ab" * 32, caption="Pump hall", credit="KWSC", alt="Two pumps"),)
    body = "The *groups* meet [@dawn-rail].\n\n![](image:pump)\n\n## Next\n\nThey cost \\$5 [@dawn-rail]."
    article = desk.draft(body=body, images=images)
    desk.step(article, Step.FILE, desk.reporter, note="Please check the second paragraph.")
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    with qtbot.waitSignal(window.panes.review.shown):
        qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    review = window.panes.review
    assert review.isVisible()
    assert window.focusWidget() is review.view
    shown = review.view.toPlainText()
    for words in (
        "Rail groups to meet",
        "The groups meet1.",
        "Pump hall",
        "KWSC · alt text: Two pumps",
        "They cost $51.",
    ):
        assert words in shown
    for mark in ("[@", "![](", "##", "*"):
        assert mark not in shown
    assert "Rana Malik, filed" in shown
    assert "Please check the second paragraph." in shown


def test_a_story_that_is_in_review_with_me_is_one_key_from_its_review(qtbot, window, desk, space):
    editors(desk, space, window)
    with qtbot.waitSignal(window.panes.review.shown):
        qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.panes.review.isVisible()


def test_taking_what_another_editor_has_is_asked_first_and_then_opens_the_review(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.chief.person)
    window.features.articles.open(article)
    window.features.workflow.take(Step.TAKE)
    assert "Ayesha Khan" in window.panes.bar.text
    assert desk.article(article).holder == desk.editor.id
    with qtbot.waitSignal(window.panes.review.shown):
        window.panes.bar._give(0)
    assert desk.article(article).holder == desk.chief.id
    assert window.panes.review.isVisible()


def test_one_more_enter_signs_exactly_the_text_that_is_shown_and_escape_signs_nothing(qtbot, window, desk, space):
    article = editors(desk, space, window)
    review, approval = reviewed(qtbot, window), window.panes.review_side.approval
    head = desk.article(article).head
    assert f"version {head[:4]}…{head[-2:]}" in approval.facts.text().replace("\u2060", "")
    assert "1 source" in approval.facts.text()
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: approval.is_asking)
    assert approval.credits.isVisible()
    assert credits_in(approval) == "On the page: Approved by Ayesha Khan."
    qtbot.keyClick(approval.sign, Qt.Key.Key_Escape)
    assert not approval.credits.isVisible()
    assert not approval.is_asking
    assert review.view.hasFocus()
    assert desk.article(article).state is State.IN_REVIEW
    signed(qtbot, window, desk, article)
    assert desk.article(article).approval.revision == head
    qtbot.waitUntil(lambda: "by Ayesha Khan" in approval._who.text())
    assert approval._heading.text() == "Signed"
    assert credits_in(approval) == "On the page: Approved by Ayesha Khan."
    assert not approval._list.isVisible()


def test_who_is_asked_to_sign_sees_first_whom_the_page_will_credit(qtbot, window, desk, space):
    article = edited(desk, space, window)
    space.article.switch_person(desk.editor.person)
    suggesting.keep_as_edited(desk.store, article, by=desk.editor, reason="Agreed.")
    window.features.articles.open(article)
    reviewed(qtbot, window)
    approval = window.panes.review_side.approval
    window.features.workflow.take(Step.APPROVE)
    qtbot.waitUntil(lambda: approval.is_asking)
    assert credits_in(approval) == "On the page: Edited and approved by Ayesha Khan."


def test_enter_on_go_back_signs_nothing(qtbot, window, desk, space):
    article = editors(desk, space, window)
    reviewed(qtbot, window)
    approval = window.panes.review_side.approval
    window.features.workflow.take(Step.APPROVE)
    assert approval.is_asking
    approval._back.setFocus()
    qtbot.keyClick(approval._back, Qt.Key.Key_Return)
    assert not approval.is_asking
    assert desk.article(article).state is State.IN_REVIEW


def test_the_question_is_in_sight_in_a_low_window(qtbot, window, desk, space):
    editors(desk, space, window)
    window.resize(910, 520)
    reviewed(qtbot, window)
    approval = window.panes.review_side.approval
    window.features.workflow.take(Step.APPROVE)
    for widget in (approval.facts, approval.sign, approval._back):
        qtbot.waitUntil(lambda one=widget: one.visibleRegion().boundingRect().height() == one.height())


def test_a_text_that_changed_while_it_was_read_stays_as_it_was_shown_and_is_not_signed(qtbot, window, desk, space):
    """The set under decision never switches by itself, and what is not shown is not signed."""
    article = editors(desk, space, window)
    review, approval = reviewed(qtbot, window), window.panes.review_side.approval
    before = review.view.toPlainText()
    desk.edit(article, by=desk.chief, body=content().body.replace("July", "August"))
    qtbot.waitUntil(lambda: review.notice.isVisible())
    assert "August" in space.text.content.body
    assert review.view.toPlainText() == before
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not approval.is_asking
    assert "changed while you read" in review.notice.words.text()
    with qtbot.waitSignal(review.shown):
        qtbot.mouseClick(review.notice.button, Qt.MouseButton.LeftButton)
    assert "August" in review.view.toPlainText()
    assert not review.notice.isVisible()
    assert desk.article(article).state is State.IN_REVIEW


def test_a_text_that_changes_between_the_question_and_the_enter_is_not_signed(qtbot, window, desk, space):
    article = editors(desk, space, window)
    reviewed(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.panes.review_side.approval.is_asking)
    space.text.edit(dateline="Karachi")
    qtbot.keyClick(window.panes.review_side.approval.sign, Qt.Key.Key_Return)
    notice = window.panes.review.notice
    assert "details of this story changed" in notice.words.text()
    assert "changed" not in window.panes.bar.text  # it is said once
    assert window.focusWidget() is notice.button
    assert desk.article(article).state is State.IN_REVIEW


def test_a_colleagues_comment_that_comes_while_one_reads_is_told(qtbot, window, desk, space):
    article = editors(desk, space, window)
    review = reviewed(qtbot, window)
    said = commenting.comment(desk.store, article, "Wait for the ministry.", by=desk.chief, must_fix=True)
    qtbot.waitUntil(lambda: review.notice.isVisible())
    qtbot.mouseClick(review.notice.button, Qt.MouseButton.LeftButton)
    assert window.panes.review_side.comments.chosen == said.id
    assert not review.notice.isVisible()


def test_changes_the_reporter_has_not_decided_are_kept_with_a_reason_before_signing(qtbot, window, desk, space):
    article = edited(desk, space, window)
    reviewed(qtbot, window)
    window.features.workflow.take(Step.APPROVE)
    give_reason(qtbot, window, "Deadline.")
    qtbot.waitUntil(lambda: window.panes.review_side.approval.is_asking)
    qtbot.keyClick(window.panes.review_side.approval.sign, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED, timeout=20_000)
    assert set(statuses(desk, article)) <= {Status.AS_EDITED}


def test_a_word_that_the_editor_changed_just_now_is_asked_about_at_once(qtbot, window, desk, space):
    """Seen at the desk: the question came as a refusal without a field, and the reason went into the filter."""
    article = editors(desk, space, window)
    start = window.panes.writing.editor.text().index("second")
    window.panes.writing.editor.select(start, start + len("second"))
    qtbot.keyClicks(window.panes.writing.editor, "third")
    with qtbot.waitSignal(window.panes.review.shown):
        window.features.workflow.take(Step.APPROVE)
    assert "third" in window.panes.review.view.toPlainText()
    window.features.workflow.take(Step.APPROVE)
    give_reason(qtbot, window, "It is the third.")
    qtbot.waitUntil(lambda: window.panes.review_side.approval.is_asking)
    qtbot.keyClick(window.panes.review_side.approval.sign, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED, timeout=20_000)


def test_what_stands_in_the_way_is_said_and_only_a_chief_may_pass_over_it(qtbot, window, desk, space):
    article = editors(desk, space, window, body="The groups spent $2 billion.", category="")
    reviewed(qtbot, window)
    window.features.workflow.take(Step.APPROVE)
    opened = "2 to settle before approval: 1 figure has no source (“$2 billion”); Choose a category."
    assert window.panes.bar.text == opened
    assert not window.panes.review.form.isVisible()
    assert desk.article(article).state is State.IN_REVIEW
    with qtbot.waitSignal(window.panes.review.shown):
        space.article.switch_person(desk.chief.person)
    with qtbot.waitSignal(window.panes.review.shown):
        space.steps.take(Step.TAKE)
    window.features.workflow.take(Step.APPROVE)
    assert window.panes.review.form._question.text().startswith(f"{opened} A chief may approve all the same;")
    assert window.panes.review.form.send.text() == "Approve all the same"
    rows = [row.accessibleName() for row in window.panes.review_side.approval.rows]
    assert "Open: Claims 0 / 1: 1 figure has no source" in rows
    give_reason(qtbot, window, "The source is on the plane.")
    qtbot.waitUntil(lambda: window.panes.review_side.approval.is_asking)
    qtbot.keyClick(window.panes.review_side.approval.sign, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED, timeout=20_000)


def test_the_list_before_approval_says_what_is_open_and_leads_there(qtbot, window, desk, space):
    article = edited(desk, space, window)
    on = placing.quote_words(space.text.content, "July")
    said = commenting.comment(desk.store, article, "Which?", by=desk.chief, must_fix=True, on=on)
    review, approval = reviewed(qtbot, window), window.panes.review_side.approval
    rows = "2 changes undecided|1 comment must be resolved|No claims|You changed this text yourself|Category, headline"

    def shown():
        return " ".join(row.accessibleName() for row in approval.rows)

    qtbot.waitUntil(lambda: all(words in shown() for words in rows.split("|")))
    review.chosen = None
    by_words = {row.accessibleName(): row for row in approval.rows}
    by_words["Open: 2 changes undecided"].linkActivated.emit("changes")
    assert review.chosen == review.review.undecided[0]
    by_words["Open: 1 comment must be resolved"].linkActivated.emit("comments")
    assert window.panes.review_side.comments.chosen == said.id


def test_a_story_is_sent_back_with_a_reason_written_in_the_screen_and_kept_until_it_is_sent(qtbot, window, desk, space):
    article = editors(desk, space, window)
    on = placing.quote_words(space.text.content, "July")
    commenting.comment(desk.store, article, "Which year?", by=desk.editor, must_fix=True, on=on)
    review = reviewed(qtbot, window)
    form = review.form
    qtbot.mouseClick(review.bar.send_back, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(form.box, "Please say more.")
    qtbot.keyClick(form.box, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert desk.article(article).state is State.IN_REVIEW
    qtbot.mouseClick(review.bar.send_back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.offer, Qt.MouseButton.LeftButton)
    qtbot.keyClick(form.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.article(article).state is State.SENT_BACK)
    (note, *_) = desk.read(comparing.notes_of, article)
    assert note.text == "Please say more.\n“July”: Which year?"
    qtbot.waitUntil(lambda: "Please say more." in review.view.toPlainText())


def test_what_was_sent_back_is_not_filed_by_its_editor_with_the_next_key(qtbot, window, desk, space):
    """Seen at the desk: “Send back” became “File to the desk” under the pointer, and Return filed it as the editor."""
    article = editors(desk, space, window)
    review = reviewed(qtbot, window)
    qtbot.mouseClick(review.bar.send_back, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(review.form.box, "Say which department.")
    qtbot.keyClick(review.form.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: space.article.folded.state is State.SENT_BACK)
    for bar in (review.bar, window.panes.top_bar):
        assert bar.next.isHidden()
    for keys in ((Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_Return,)):
        qtbot.keyClick(QApplication.focusWidget() or window, *keys)
    assert not window.panes.bar.field.isVisible()
    assert desk.article(article).state is State.SENT_BACK
    assert window.actions_by_name["step.file"].isEnabled()
    space.article.switch_person(desk.reporter.person)
    assert space.article.next_step is Step.FILE


def test_the_review_of_another_story_begins_at_the_top_with_the_reason(qtbot, window, desk, space):
    review = window.panes.review
    for article in [desk.in_review(body="\n\n".join(["Working groups follow talks."] * 90)) for _ in range(2)]:
        desk.step(article, Step.SEND_BACK, desk.editor, reason="Say which department.")
        window.features.articles.open(article)
        with qtbot.waitSignal(review.shown):
            window.panes.review_side.note.words.linkActivated.emit("#review")
        assert "Say which department." in review.view.toPlainText()
        bar = review.view.verticalScrollBar()
        assert bar.maximum() > 0
        assert bar.value() == 0
        bar.setValue(bar.maximum())
        review.act("leave")


def test_the_reason_stands_where_the_reporter_writes_and_leads_to_the_comments(qtbot, window, desk, space):
    """Seen at the desk: “Sent back: read why”, and nowhere to read why."""
    article = desk.in_review()
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Name the ministry.")
    window.features.articles.open(article)
    note = window.panes.review_side.note
    assert note.isVisible()
    assert "Name the ministry." in note.words.text()
    assert "Ayesha Khan, sent back" in note.words.text()
    with qtbot.waitSignal(window.panes.review.shown):
        note.words.linkActivated.emit("#review")
    assert "Name the ministry." in window.panes.review.view.toPlainText()
    desk.step(article, Step.FILE, desk.reporter)
    qtbot.waitUntil(note.isHidden)


def test_what_was_sent_back_leads_to_no_more_than_there_is(qtbot, window, desk, space):
    """Seen at the desk: “See the changes and comments” of a story that had neither."""
    article = desk.in_review()
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Name the ministry.")
    window.features.articles.open(article)
    note = window.panes.review_side.note
    assert "See the" not in note.words.text()
    commenting.comment(desk.store, article, "Which?", by=desk.editor)
    qtbot.waitUntil(lambda: "See the comments" in note.words.text())
    other = desk.in_review(headline="Another")
    desk.edit(other, desk.editor, standfirst="Of the desk.")
    desk.step(other, Step.SEND_BACK, desk.editor, reason="Name the ministry.")
    window.features.articles.open(other)
    assert "See the changes<" in note.words.text()


def test_a_comment_is_on_the_words_chosen_in_the_review(qtbot, window, desk, space):
    """Seen at the desk: C and Ctrl+Shift+M took the selection of the hidden editor."""
    article = editors(desk, space, window)
    window.panes.writing.editor.select(0, 10)
    review, box = reviewed(qtbot, window), window.panes.review_side.comments.box
    choose_words(review.view, "second paragraph")
    press(qtbot, review.view, "m", CTRL | SHIFT)
    assert (box.about.field, box.about.exact) == ("body", "second paragraph")
    assert box.text.hasFocus()
    qtbot.keyClicks(box.text, "Is it?")
    qtbot.keyClick(box.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.text for one in desk.read(commenting.comments, article)] == ["Is it?"]
    assert desk.article(article).state is State.IN_REVIEW
    assert review.view.hasFocus()
    assert not review.view.textCursor().hasSelection()
    choose_words(review.view, "Baku")
    window.actions_by_name["review.comment"].trigger()
    assert (box.about.field, box.about.exact) == ("headline", "Baku")


def test_a_selection_over_a_number_quotes_the_citation_as_it_is_written(qtbot, window, desk, space):
    editors(desk, space, window)
    review = reviewed(qtbot, window)
    choose_words(review.view, "July1")
    assert review.view.selected_words() == ("body", *span_of("July [@dawn-rail]"))


def span_of(words):
    start = content().body.index(words)
    return start, start + len(words)


def test_a_click_on_a_card_shows_its_words_and_a_click_on_the_words_shows_its_card(qtbot, window, desk, space):
    body = "\n\n".join([*(f"Paragraph {n} of the long story stands here." for n in range(60)), "The last word."])
    article = editors(desk, space, window, body=body)
    on = placing.quote_words(space.text.content, "last word")
    said = commenting.comment(desk.store, article, "Whose?", by=desk.chief, on=on)
    review, comments = reviewed(qtbot, window), window.panes.review_side.comments
    qtbot.waitUntil(lambda: len(comments.cards) == 1)
    assert review.view.verticalScrollBar().value() == 0
    qtbot.mouseClick(comments.cards[0], Qt.MouseButton.LeftButton, pos=QPoint(6, 6))
    assert review.view.verticalScrollBar().value() > 0
    assert review.isVisible()
    comments.choose(None)
    place = review.view.cursorRect(review.view.document().find("last word")).center() - QPoint(12, 0)
    qtbot.mouseClick(review.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert comments.chosen == said.id


def test_a_click_on_a_change_chooses_it(qtbot, window, desk, space):
    edited(desk, space, window)
    review = reviewed(qtbot, window)
    place = review.view.cursorRect(review.view.document().find("last")).center() - QPoint(6, 0)
    qtbot.mouseClick(review.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert review.chosen == review._ids()[1]


def test_a_colleague_is_named_with_a_few_letters(qtbot, window, desk, space):
    article = editors(desk, space, window)
    reviewed(qtbot, window)
    box = window.panes.review_side.comments.box
    window.panes.review_side.comments.add.click()
    qtbot.keyClicks(box.text, "Ask @mal")
    qtbot.keyClick(box.text, Qt.Key.Key_Return)
    assert box.text.toPlainText() == "Ask @Rana Malik "
    qtbot.keyClick(box.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (said,) = desk.read(commenting.comments, article)
    assert said.mentions == (desk.reporter.id,)


def test_a_comment_that_was_begun_waits_with_its_story(qtbot, window, desk, space):
    article = editors(desk, space, window)
    other = desk.in_review(headline="Another story")
    window.panes.review_side.comments.add.click()
    box = window.panes.review_side.comments.box
    qtbot.keyClicks(box.text, "Not yet sa")
    qtbot.keyClick(box.text, Qt.Key.Key_Escape)
    window.features.articles.open(other)
    assert box.text.toPlainText() == ""
    window.features.articles.open(article)
    assert box.text.toPlainText() == "Not yet sa"


def test_what_one_person_began_to_write_is_neither_shown_to_the_next_nor_sent_by_them(qtbot, window, desk, space):
    """Seen at the desk: an editor's reason stood there, with “Send back” live, after another had sat down."""
    editors(desk, space, window)
    review, box = reviewed(qtbot, window), window.panes.review_side.comments.box
    qtbot.mouseClick(review.bar.send_back, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(review.form.box, "Between us: who")
    window.panes.review_side.comments.add.click()
    qtbot.keyClicks(box.text, "Not yet sa")
    space.article.switch_person(desk.chief.person)
    assert not review.form.isVisible()
    assert box.text.toPlainText() == ""
    window.features.workflow.send_back()
    assert review.form.box.toPlainText() == ""
    space.article.switch_person(desk.editor.person)
    assert not review.form.isVisible()
    assert box.text.toPlainText() == "Not yet sa"
    window.features.workflow.send_back()
    assert review.form.box.toPlainText() == "Between us: who"


def test_urdu_lies_from_right_to_left_and_words_of_it_are_commented(qtbot, window, desk, space):
    body = "کراچی میں ۱۸ لاکھ افراد کو پانی ملا [@dawn-rail]۔"
    editors(desk, space, window, language="ur", headline="پانی بحال", standfirst="", body=body)
    review = reviewed(qtbot, window)
    found = review.view.document().find("لاکھ افراد")
    assert found.blockFormat().layoutDirection() == Qt.LayoutDirection.RightToLeft
    review.view.setTextCursor(found)
    start = body.index("لاکھ افراد")
    assert review.view.selected_words() == ("body", start, start + len("لاکھ افراد"))
    assert "ملا۱" in review.view.toPlainText()


def test_the_page_shows_nothing_that_went(qtbot, window, desk, space):
    edited(desk, space, window)
    review = reviewed(qtbot, window)
    assert "secondlast" in review.view.toPlainText().replace("\u2009", "")
    qtbot.mouseClick(review.bar.forms.buttons["page"], Qt.MouseButton.LeftButton)
    assert "A last paragraph stands here." in review.view.toPlainText()


@pytest.mark.parametrize("width", [1366, 1000, 760])
def test_every_button_is_whole_or_in_the_menu(qtbot, window, desk, space, width):
    edited(desk, space, window)
    window.resize(width, 700)
    review = reviewed(qtbot, window)
    bar = review.bar
    shown = [one for one in bar.findChildren(QPushButton) if one.isVisible()]
    assert {one.text() for one in shown} >= {"Send back…", "Approve and sign"}
    for one in shown:
        assert one.width() >= one.sizeHint().width()
        assert bar.rect().contains(QRect(one.mapTo(bar, QPoint()), one.size()))


def test_filing_takes_a_note_along(qtbot, window, desk, space):
    article = desk.draft()
    window.features.articles.open(article)
    window.features.workflow.take(Step.FILE)
    qtbot.keyClicks(window.panes.bar.field, "Please check the second paragraph.")
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)
    with desk.store.read() as reading:
        assert [event.note for event in reading.events(article)] == ["Please check the second paragraph."]


def test_a_comment_on_chosen_words_stands_in_the_margin_and_stops_approval_until_settled(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    start = window.panes.writing.editor.text().index("July")
    window.panes.writing.editor.select(start, start + 4)
    window.features.review.comment_on_selection()
    qtbot.keyClicks(window.panes.review_side.comments.box.text, "Which day? @Rana")
    window.panes.review_side.comments.box.must_fix.setChecked(True)
    window.panes.review_side.comments.box._say()
    assert [one.comment.on.exact for one in window.panes.review_side.comments.placed] == ["July"]
    assert window.panes.writing.margin._signs["comments"][0].is_ring
    qtbot.waitUntil(lambda: "comments" in {p.rule for p in window.panes.checks.latest.problems}, timeout=10_000)
    window.panes.review_side.comments._do(commenting.resolve, window.panes.review_side.comments.placed[0].comment)
    qtbot.waitUntil(lambda: "comments" not in {p.rule for p in window.panes.checks.latest.problems}, timeout=10_000)


def test_a_comment_follows_its_words_and_is_kept_when_they_go(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    start = window.panes.writing.editor.text().index("second paragraph")
    window.features.review.write_comment("body", start, start + len("second paragraph"))
    window.panes.review_side.comments.box.text.setPlainText("Is it?")
    window.panes.review_side.comments.box._say()
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(window.panes.writing.editor, "At last: ")
    qtbot.waitUntil(
        lambda: getattr(window.panes.review_side.comments.placed[0].place, "start", 0) == start + len("At last: ")
    )
    space.text.edit(body="Something else entirely.")
    qtbot.waitUntil(lambda: window.panes.review_side.comments.placed[0].is_orphaned)
    assert window.panes.review_side.comments.placed[0].comment.on.exact == "second paragraph"


def test_any_two_versions_are_compared_from_the_history(qtbot, window, desk, space):
    article = desk.draft()
    window.features.articles.open(article)
    space.text.edit(headline="Another headline")
    space.article.save()
    window.panes.inspector.show_tab("history")
    window.panes.history.refresh()
    window.panes.history._list.selectAll()
    with qtbot.waitSignal(window.panes.review.shown, timeout=10_000):
        window.panes.history._compare.click()
    assert "Another headline" in window.panes.review.view.toPlainText()


def test_a_correction_is_opened_with_what_readers_will_be_told(qtbot, window, desk, space, tmp_path):
    article = desk.approved()

    asked = publishing.ExportRequest((article,), tmp_path / "site")
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    window.features.articles.open(article)
    reviewed(qtbot, window)
    window.features.workflow.take(Step.CORRECT)
    dialog = window.findChild(CorrectionDialog)
    dialog.in_fact.setPlainText("They meet in August.")
    qtbot.keyClick(dialog.accept_button, Qt.Key.Key_Space)
    assert "says both" in dialog.refusal.text()
    assert dialog.refusal.isVisible()
    assert "says both" not in window.panes.bar.text
    assert dialog.focusWidget() is dialog.said
    qtbot.keyClicks(dialog.said, "We said July.")
    assert not dialog.refusal.isVisible()
    qtbot.keyClick(dialog.accept_button, Qt.Key.Key_Space)
    assert desk.article(article).state is State.CORRECTING
    assert window.panes.middle.shows(window.panes.writing)
    assert [(c.kind, c.in_fact) for c in space.text.content.corrections] == [
        (CorrectionKind.CORRECTION, "They meet in August.")
    ]


def test_the_review_of_a_correction_shows_every_word_since_publication_and_keeps_the_choice(
    qtbot, window, desk, space, tmp_path
):
    article = desk.approved()
    asked = publishing.ExportRequest((article,), tmp_path / "site")
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    space.article.switch_person(desk.editor.person)
    desk.correct(article, by=desk.editor, said="We said July.", in_fact="They meet in August.")
    desk.edit(article, body=content().body.replace("July", "August"))
    desk.step(article, Step.FILE, desk.editor)
    desk.step(article, Step.TAKE, desk.editor)
    window.features.articles.open(article)
    review = reviewed(qtbot, window)
    assert review.bar.since.currentText() == "Since it was exported"
    shown = review.view.toPlainText()
    assert "July\u2009August" in shown
    assert "Correction added: We said: We said July. In fact: They meet in August." in shown
    assert len(review.review.undecided) == 1
    review.bar.since.setFocus()
    with qtbot.waitSignal(review.shown, timeout=10_000):
        qtbot.keyClick(review.bar.since, Qt.Key.Key_Down)
    chosen = review.bar.since.currentText()
    assert chosen != "Since it was exported"
    qtbot.keyClick(review.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.panes.middle.shows(window.panes.writing))
    assert reviewed(qtbot, window).bar.since.currentText() == chosen


def test_an_approver_who_wrote_part_of_the_text_is_told_so(qtbot, window, desk, space):
    article = edited(desk, space, window)
    reviewed(qtbot, window)
    words = "Open: You changed this text yourself: you approve your own changes"
    qtbot.waitUntil(lambda: words in [row.accessibleName() for row in window.panes.review_side.approval.rows])
    assert desk.editor.id in desk.article(article).writers


@pytest.mark.parametrize(("language", "lies_at_right"), [("ur", True), ("en", False)])
def test_what_was_wrong_is_written_as_the_storys_language_runs(
    qtbot, window, desk, space, tmp_path, language, lies_at_right
):
    article = desk.approved(language=language)
    asked = publishing.ExportRequest((article,), tmp_path / "site")
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    window.features.articles.open(article)
    window.features.workflow.take(Step.CORRECT)
    dialog = window.findChild(CorrectionDialog)
    for field in (dialog.said, dialog.in_fact):
        qtbot.waitUntil(lambda field=field: field.isVisible())
        assert (field.cursorRect().center().x() > field.viewport().width() / 2) is lies_at_right


@pytest.mark.parametrize("chosen", ["", "The groups meet in July."])
def test_what_is_typed_into_a_new_correction_is_what_we_said_or_what_is_so(qtbot, window, desk, tmp_path, chosen):
    article = desk.approved(body="The groups meet in July [@dawn-rail]. More follows.")
    asked = publishing.ExportRequest((article,), tmp_path / "site")
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    window.features.articles.open(article)
    if chosen:
        window.panes.writing.editor.select(0, len("The groups meet in July [@dawn-rail]."))
    window.features.workflow.take(Step.CORRECT)
    dialog = window.findChild(CorrectionDialog)
    qtbot.keyClicks(dialog.focusWidget(), "In August.")
    assert (dialog.said.toPlainText(), dialog.in_fact.toPlainText()) == (
        (chosen, "In August.") if chosen else ("In August.", "")
    )
    assert dialog.kind.currentData() == CorrectionKind.CORRECTION


def test_what_is_said_of_an_approval_is_so_where_only_a_claim_was_settled(qtbot, window, desk, space):
    """A claim that somebody settled has no stored source, changes no word, and is no text that changed while read."""
    article = editors(desk, space, window, body="The groups spent $2 billion.")
    review, approval = reviewed(qtbot, window), window.panes.review_side.approval
    checks = window.panes.checks
    qtbot.waitUntil(lambda: bool(checks.latest.claims))
    money = next(one for one in checks.latest.claims if one.claim.words == "$2 billion")
    with qtbot.waitSignal(review.shown):
        checks.waive(money, WaiverKind.COMMON_KNOWLEDGE, "It is in the budget.")
    assert not review.notice.isVisible()
    assert review.is_current
    assert desk.editor.id in desk.article(article).writers

    def shown():
        return [row.accessibleName() for row in approval.rows]

    qtbot.waitUntil(lambda: "In order: Claims 1 / 1: 1 “common knowledge”" in shown())
    assert "In order: The reporter is not the approver" in shown()
    assert not any("undecided" in one for one in shown())  # why a claim may stand is nothing that a reporter decides
    assert "Settled as “common knowledge”: The groups spent" in review.view.toPlainText().replace("\u2009", " ")


def test_a_refusal_to_resolve_a_comment_goes_when_the_comment_is_resolved(qtbot, window, desk, space):
    article = desk.in_review()
    said = commenting.comment(desk.store, article, "Which?", by=desk.editor, must_fix=True)
    space.article.switch_person(desk.reporter.person)
    window.features.articles.open(article)
    comments, bar = window.panes.review_side.comments, window.panes.bar
    (card,) = comments.cards
    assert [button.text() for button in card.findChildren(QToolButton)] == ["Reply"]  # what is refused is not offered
    comments.settle(comments.must_fix[0])
    assert bar.isVisibleTo(window)
    commenting.resolve(desk.store, article, said.id, by=desk.editor)
    qtbot.waitUntil(lambda: not comments.must_fix)
    assert not bar.isVisibleTo(window)


def test_nothing_is_decided_in_a_text_that_is_signed(qtbot, window, desk, space):
    article = edited(desk, space, window)
    suggesting.keep_as_edited(desk.store, article, by=desk.editor, reason="It is right.")
    desk.approve(article)
    review = reviewed(qtbot, window)
    assert review.chosen is not None
    assert not review.bar.buttons["accept"].isEnabled()
    assert not review.bar.buttons["reject"].isEnabled()
    head = desk.article(article).head
    review.act("reject")
    assert (desk.article(article).state, desk.article(article).head) == (State.APPROVED, head)


def test_a_box_for_a_reason_stays_where_it_opened(qtbot, window, desk, space):
    article = desk.draft()
    desk.step(article, Step.FILE, desk.reporter)
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    window.features.workflow.take(Step.TAKE)
    bar, form = window.panes.bar, window.panes.review.form
    assert bar.isVisible()
    assert bar.text.startswith("Taken by")
    window.features.workflow.take(Step.SEND_BACK)
    assert form.isVisible()
    assert not bar.isVisible()


def test_the_box_for_a_comment_says_what_it_is_about(qtbot, window, desk, space):
    """Seen at the desk: below chosen words it asked for a comment on the story."""
    editors(desk, space, window)
    box = window.panes.review_side.comments.box
    start = window.panes.writing.editor.text().index("July")
    window.features.review.write_comment("body", start, start + 4)
    assert box.text.placeholderText().startswith("Comment on these words;")
    box.write_about(Quote())
    assert box.text.placeholderText().startswith("Comment on the story;")


def test_who_reads_a_filed_story_takes_it_before_they_send_it_back(window, desk, space):
    article = desk.draft()
    desk.step(article, Step.FILE, desk.reporter)
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    assert window.panes.review.bar.send_back.isHidden()
    desk.step(article, Step.TAKE, desk.editor)
    assert not window.panes.review.bar.send_back.isHidden()


def test_the_name_above_a_review_switches_the_person_as_it_does_above_the_text(qtbot, window, desk, space):
    """Seen at the desk: the name was clicked twice, and nothing answered."""
    editors(desk, space, window)
    review = reviewed(qtbot, window)
    qtbot.mouseClick(review.bar._person, Qt.MouseButton.LeftButton)
    assert window.palette_box.isVisible()
    assert window.palette_box.field.text() == "~"
    window.palette_box.hide()


def test_by_key_the_cursor_of_a_review_stays_in_the_words_of_the_story(qtbot, window, desk, space):
    """Seen at the desk: Ctrl+Home went to what the desk says above the headline, and Ctrl+Shift+Right chose from it."""
    article = desk.draft(headline="The rail groups", standfirst="They meet in July.")
    desk.step(article, Step.FILE, desk.reporter, note="Please see the date")
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    view = reviewed(qtbot, window).view
    assert view.toPlainText().strip().startswith("Rana Malik")
    qtbot.keyClick(view, Qt.Key.Key_Home, CTRL)
    assert view.textCursor().block().text().startswith("The rail groups")
    qtbot.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert view.textCursor().selectedText().strip() == "The"
    assert view.selected_words()[:2] == ("headline", 0)
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    assert "Please see the date" not in view.textCursor().selectedText()
    assert view.textCursor().selectedText().startswith("The rail groups")


def test_what_was_filed_without_a_note_ends_with_when(qtbot, window, desk, space):
    article = desk.in_review()
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Who says so?")
    desk.step(article, Step.FILE, desk.reporter)
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    lines = reviewed(qtbot, window).view.toPlainText().splitlines()
    (filed,) = [line for line in lines if line.startswith("Rana Malik, filed ")]
    assert not filed.rstrip().endswith("·")
