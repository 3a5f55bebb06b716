"""Reviewing in the window: changes, suggestions, comments, and the questions before a step."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from make import content
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import State, Step
from ovn_desk.ui import stepping
from ovn_desk.ui.correction import CorrectionDialog
from ovn_desk.usecases import commenting, publishing, suggesting
from ovn_desk.usecases.suggesting import Status


def statuses(desk, article):
    with desk.store.read() as reading:
        return [one.status for one in suggesting.suggestions(reading, article).all]


def edited(desk, space, window):
    """An article the editor took and changed in two places, open at the editor's desk."""
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.open_article(article)
    body = content().body.replace("groups meet", "working groups meet").replace("second paragraph", "last paragraph")
    space.text.edit(body=body)
    space.article.save()
    return article


def reviewed(qtbot, window):
    with qtbot.waitSignal(window.review.shown, timeout=10_000):
        window.review_changes()
    return window.review


def test_keys_walk_the_changes_and_go_back_to_the_text(qtbot, window, desk, space):
    edited(desk, space, window)
    review = reviewed(qtbot, window)
    ids = review._ids()
    assert len(ids) == 2
    qtbot.keyClicks(review.view, "j")
    assert review.chosen == ids[1]
    qtbot.keyClicks(review.view, "k")
    assert review.chosen == ids[0]
    qtbot.keyClick(review.view, Qt.Key.Key_Escape)
    assert window.middle.currentWidget() is window.writing


def test_the_reporter_accepts_one_change_and_rejects_another(qtbot, window, desk, space):
    article = edited(desk, space, window)
    space.steps.take(Step.SEND_BACK, reason="Look at my changes.")
    space.article.switch_person(desk.reporter.person)
    review = reviewed(qtbot, window)
    qtbot.keyClicks(review.view, "a")
    qtbot.waitUntil(lambda: statuses(desk, article).count(Status.ACCEPTED) == 1)
    qtbot.waitUntil(lambda: review.review.undecided == 1)
    qtbot.keyClicks(review.view, "r")
    qtbot.waitUntil(lambda: Status.REJECTED in statuses(desk, article))
    assert "working groups meet" in window.editor.text()
    assert "second paragraph" in window.editor.text()


def test_a_decision_is_turned_round_by_the_opposite_one(qtbot, window, desk, space):
    article = edited(desk, space, window)
    space.steps.take(Step.SEND_BACK, reason="Look at my changes.")
    space.article.switch_person(desk.reporter.person)
    review = reviewed(qtbot, window)
    first = review.chosen
    qtbot.keyClicks(review.view, "r")
    qtbot.waitUntil(lambda: Status.REJECTED in statuses(desk, article))
    review._choose(first)
    qtbot.keyClicks(review.view, "a")
    qtbot.waitUntil(lambda: Status.REJECTED not in statuses(desk, article))
    assert "working groups meet" in window.editor.text()


def test_changes_the_reporter_has_not_decided_are_kept_with_a_reason_before_signing(qtbot, window, desk, space):
    article = edited(desk, space, window)
    stepping.take(window, Step.APPROVE)
    assert "2 changes" in window.bar.text
    qtbot.keyClicks(window.bar.field, "Deadline.")
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED, timeout=20_000)
    assert set(statuses(desk, article)) <= {Status.AS_EDITED}


def test_a_word_that_the_editor_changed_just_now_is_asked_about_at_once(qtbot, window, desk, space):
    """Seen at the desk: the question came as a refusal without a field, and the reason went into the filter."""
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.open_article(article)
    start = window.editor.text().index("second")
    window.editor.select(start, start + len("second"))
    qtbot.keyClicks(window.editor, "third")
    stepping.take(window, Step.APPROVE)
    assert "has not decided 1 change" in window.bar.text
    assert window.bar.field.hasFocus()
    qtbot.keyClicks(window.bar.field, "It is the third.")
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED, timeout=20_000)


def test_what_stands_in_the_way_is_said_and_only_a_chief_may_pass_over_it(qtbot, window, desk, space):
    article = desk.in_review(body="The groups spent $2 billion.")
    space.article.switch_person(desk.editor.person)
    window.open_article(article)
    stepping.take(window, Step.APPROVE)
    assert "$2 billion" in window.bar.text
    assert not window.bar.field.isVisible()
    assert desk.article(article).state is State.IN_REVIEW
    space.article.switch_person(desk.chief.person)
    space.steps.take(Step.TAKE)
    stepping.take(window, Step.APPROVE)
    qtbot.keyClicks(window.bar.field, "The source is on the plane.")
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED, timeout=20_000)


def test_taking_what_another_editor_has_is_asked_first(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.chief.person)
    window.open_article(article)
    stepping.take(window, Step.TAKE)
    assert "Ayesha Khan" in window.bar.text
    assert desk.article(article).holder == desk.editor.id
    window.bar._give(0)
    assert desk.article(article).holder == desk.chief.id


def test_filing_takes_a_note_along(qtbot, window, desk, space):
    article = desk.draft()
    window.open_article(article)
    stepping.take(window, Step.FILE)
    qtbot.keyClicks(window.bar.field, "Please check the second paragraph.")
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return)
    with desk.store.read() as reading:
        assert [event.note for event in reading.events(article)] == ["Please check the second paragraph."]


def test_a_comment_on_chosen_words_stands_in_the_margin_and_stops_approval_until_settled(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.open_article(article)
    start = window.editor.text().index("July")
    window.editor.select(start, start + 4)
    window.comment_on_selection()
    qtbot.keyClicks(window.comments.box.text, "Which day? @Rana")
    window.comments.box.must_fix.setChecked(True)
    window.comments.box._say()
    assert [one.comment.on.exact for one in window.comments.placed] == ["July"]
    assert window.margin._signs["comments"][0].is_ring
    qtbot.waitUntil(lambda: "comments" in {p.rule for p in window.checks.latest.problems}, timeout=10_000)
    window.comments._do(commenting.resolve, window.comments.placed[0].comment)
    qtbot.waitUntil(lambda: "comments" not in {p.rule for p in window.checks.latest.problems}, timeout=10_000)


def test_a_comment_follows_its_words_and_is_kept_when_they_go(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.open_article(article)
    start = window.editor.text().index("second paragraph")
    window.write_comment("body", start, start + len("second paragraph"))
    window.comments.box.text.setPlainText("Is it?")
    window.comments.box._say()
    window.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(window.editor, "At last: ")
    qtbot.waitUntil(lambda: getattr(window.comments.placed[0].place, "start", 0) == start + len("At last: "))
    space.text.edit(body="Something else entirely.")
    qtbot.waitUntil(lambda: window.comments.placed[0].is_orphaned)
    assert window.comments.placed[0].comment.on.exact == "second paragraph"


def test_any_two_versions_are_compared_from_the_history(qtbot, window, desk, space):
    article = desk.draft()
    window.open_article(article)
    space.text.edit(headline="Another headline")
    space.article.save()
    window.show_tab(window.history)
    window.history.refresh()
    window.history._list.setCurrentRow(window.history._list.count() - 1)
    with qtbot.waitSignal(window.review.shown, timeout=10_000):
        window.history._compare.click()
    assert "Another headline" in window.review.view.toPlainText()


def test_a_correction_is_opened_with_what_readers_will_be_told(qtbot, window, desk, space, tmp_path):
    article = desk.approved()

    publishing.export(desk.store, [article], to=tmp_path / "site", by=desk.editor, renderer=desk.renderer)
    window.open_article(article)
    stepping.take(window, Step.CORRECT)
    dialog = window.findChild(CorrectionDialog)
    dialog.in_fact.setPlainText("They meet in August.")
    dialog._open()
    assert "says both" in window.bar.text
    dialog.said.setPlainText("We said July.")
    dialog._open()
    assert desk.article(article).state is State.CORRECTING
    assert [(c.kind, c.in_fact) for c in space.text.content.corrections] == [
        (CorrectionKind.CORRECTION, "They meet in August.")
    ]
