"""Reviewing in the window: changes, suggestions, comments, and the questions before a step."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from make import content
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import State, Step
from ovn_desk.ui.dialogs.correction import CorrectionDialog
from ovn_desk.usecases import commenting, publishing, suggesting
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
    assert window.panes.middle.currentWidget() is window.panes.writing


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
    assert "working groups meet" in window.panes.writing.editor.text()
    assert "second paragraph" in window.panes.writing.editor.text()


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
    assert "working groups meet" in window.panes.writing.editor.text()


def test_changes_the_reporter_has_not_decided_are_kept_with_a_reason_before_signing(qtbot, window, desk, space):
    article = edited(desk, space, window)
    window.features.workflow.take(Step.APPROVE)
    assert "2 changes" in window.panes.bar.text
    qtbot.keyClicks(window.panes.bar.field, "Deadline.")
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED, timeout=20_000)
    assert set(statuses(desk, article)) <= {Status.AS_EDITED}


def test_a_word_that_the_editor_changed_just_now_is_asked_about_at_once(qtbot, window, desk, space):
    """Seen at the desk: the question came as a refusal without a field, and the reason went into the filter."""
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    start = window.panes.writing.editor.text().index("second")
    window.panes.writing.editor.select(start, start + len("second"))
    qtbot.keyClicks(window.panes.writing.editor, "third")
    window.features.workflow.take(Step.APPROVE)
    assert "has not decided 1 change" in window.panes.bar.text
    assert window.panes.bar.field.hasFocus()
    qtbot.keyClicks(window.panes.bar.field, "It is the third.")
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED, timeout=20_000)


def test_what_stands_in_the_way_is_said_and_only_a_chief_may_pass_over_it(qtbot, window, desk, space):
    article = desk.in_review(body="The groups spent $2 billion.")
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    window.features.workflow.take(Step.APPROVE)
    assert "$2 billion" in window.panes.bar.text
    assert not window.panes.bar.field.isVisible()
    assert desk.article(article).state is State.IN_REVIEW
    space.article.switch_person(desk.chief.person)
    space.steps.take(Step.TAKE)
    window.features.workflow.take(Step.APPROVE)
    qtbot.keyClicks(window.panes.bar.field, "The source is on the plane.")
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.APPROVED, timeout=20_000)


def test_taking_what_another_editor_has_is_asked_first(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.chief.person)
    window.features.articles.open(article)
    window.features.workflow.take(Step.TAKE)
    assert "Ayesha Khan" in window.panes.bar.text
    assert desk.article(article).holder == desk.editor.id
    window.panes.bar._give(0)
    assert desk.article(article).holder == desk.chief.id


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
    qtbot.keyClicks(window.panes.comments.box.text, "Which day? @Rana")
    window.panes.comments.box.must_fix.setChecked(True)
    window.panes.comments.box._say()
    assert [one.comment.on.exact for one in window.panes.comments.placed] == ["July"]
    assert window.panes.writing.margin._signs["comments"][0].is_ring
    qtbot.waitUntil(lambda: "comments" in {p.rule for p in window.panes.checks.latest.problems}, timeout=10_000)
    window.panes.comments._do(commenting.resolve, window.panes.comments.placed[0].comment)
    qtbot.waitUntil(lambda: "comments" not in {p.rule for p in window.panes.checks.latest.problems}, timeout=10_000)


def test_a_comment_follows_its_words_and_is_kept_when_they_go(qtbot, window, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    start = window.panes.writing.editor.text().index("second paragraph")
    window.features.review.write_comment("body", start, start + len("second paragraph"))
    window.panes.comments.box.text.setPlainText("Is it?")
    window.panes.comments.box._say()
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(window.panes.writing.editor, "At last: ")
    qtbot.waitUntil(lambda: getattr(window.panes.comments.placed[0].place, "start", 0) == start + len("At last: "))
    space.text.edit(body="Something else entirely.")
    qtbot.waitUntil(lambda: window.panes.comments.placed[0].is_orphaned)
    assert window.panes.comments.placed[0].comment.on.exact == "second paragraph"


def test_any_two_versions_are_compared_from_the_history(qtbot, window, desk, space):
    article = desk.draft()
    window.features.articles.open(article)
    space.text.edit(headline="Another headline")
    space.article.save()
    window.panes.inspector.show_tab("history")
    window.panes.history.refresh()
    window.panes.history._list.setCurrentRow(window.panes.history._list.count() - 1)
    with qtbot.waitSignal(window.panes.review.shown, timeout=10_000):
        window.panes.history._compare.click()
    assert "Another headline" in window.panes.review.view.toPlainText()


def test_a_correction_is_opened_with_what_readers_will_be_told(qtbot, window, desk, space, tmp_path):
    article = desk.approved()

    asked = publishing.ExportRequest((article,), tmp_path / "site")
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    window.features.articles.open(article)
    window.features.workflow.take(Step.CORRECT)
    dialog = window.findChild(CorrectionDialog)
    dialog.in_fact.setPlainText("They meet in August.")
    dialog._open()
    assert "says both" in window.panes.bar.text
    dialog.said.setPlainText("We said July.")
    dialog._open()
    assert desk.article(article).state is State.CORRECTING
    assert [(c.kind, c.in_fact) for c in space.text.content.corrections] == [
        (CorrectionKind.CORRECTION, "They meet in August.")
    ]
