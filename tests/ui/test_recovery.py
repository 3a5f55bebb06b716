"""Texts that never became a version: both are shown, one is chosen, and the other one stays and can come back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ovn_desk.domain.workflow import Step
from ovn_desk.startup import Startup
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.usecases import recovering, writing


def write(desk, article, **changes):
    """Text that is kept and no version, as a desk that was killed leaves it."""
    known = desk.read(writing.open_text, article)
    writing.keep(desk.store, article, replace(known.content, **changes), by=desk.reporter, known=known)


@pytest.fixture
def opened(qtbot, qapp, desk):
    """Opens a window on the store, as the program does after it was killed or closed."""

    def start(*, was_stopped=False):
        editor = Editor()
        space = Workspace(desk.store, desk.renderer, desk.reporter.person, settle=editor.settle)
        window = MainWindow(space, editor, was_stopped=was_stopped)

        def end(_):
            space.close()
            window.panes.preview.end()

        qtbot.addWidget(window, before_close_func=end)
        window.show()
        return window

    return start


def test_both_texts_are_in_sight_with_their_ages_and_words(opened, desk):
    article = desk.draft(body="The old text is here.")
    write(desk, article, body="The new text is here, and it is longer.")
    pane = opened().panes.recovery
    assert pane.isVisible()
    assert "Rana Malik" in pane.newest.text()
    assert "5 words" in pane.newest.text()
    assert "9 words" in pane.written.text()
    assert "(now)" in pane.newest.text()
    assert "(now)" in pane.written.text()
    shown = pane.view.toPlainText()
    assert "old" in shown
    assert "longer" in shown


def test_going_on_writing_goes_on_with_what_was_being_written(opened, desk):
    article = desk.draft(body="One.")
    write(desk, article, body="One. Two.")
    window = opened()
    window.panes.recovery.go_on.click()
    assert window.workspace.article.id == article
    assert window.panes.writing.editor.text() == "One. Two."
    assert window.panes.writing.editor.isVisible()


def test_the_newest_version_is_used_and_what_was_written_comes_back_with_one_press(opened, desk):
    article = desk.draft(body="One.")
    write(desk, article, headline="Another", body="One. Two.")
    window = opened()
    window.panes.recovery.use_newest.click()
    assert window.panes.writing.editor.text() == "One."
    assert window.panes.writing.editor.isVisible()
    assert len(desk.article(article).heads) == 1
    window.panes.bar._give(0)
    assert window.panes.writing.editor.text() == "One. Two."
    assert window.panes.writing.headline.toPlainText() == "Another"


@pytest.fixture
def restarted(qapp, desk, tmp_path):
    """The program as it starts after it was killed, with the question about an article that is not the newest."""
    asked = desk.draft(headline="Asked about", body="One.")
    write(desk, asked, body="One. Two.")
    newest = desk.draft(headline="The newest", body="Three.")
    desk.store.close()
    start = Startup(qapp, tmp_path / "newsroom.ovn", renderer=RenderHelper())
    start.begin()
    yield start, asked, newest
    start.desk.close()
    start.desk.deleteLater()
    start.finish()


@pytest.mark.parametrize("answer", ["Go on writing", "Later"])
def test_enter_gives_the_answer_that_has_the_ring(restarted, answer, qtbot):
    start, asked, _ = restarted
    start.desk.activateWindow()
    qtbot.waitUntil(start.desk.isActiveWindow)
    button = next(one for one in start.desk.panes.recovery.findChildren(QPushButton) if one.text() == answer)
    button.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert start.desk.workspace.article.id == asked


@pytest.mark.parametrize("answer", ["Go on writing", "Use the newest version", "Later"])
def test_after_a_kill_the_question_stands_first_and_then_its_article_is_open(restarted, answer, qtbot):
    start, asked, _ = restarted
    desk = start.desk
    assert desk.panes.recovery.isVisible()
    assert desk.workspace.article.id is None, "no other article is open behind the question"
    button = next(one for one in desk.panes.recovery.findChildren(QPushButton) if one.text() == answer)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.workspace.article.id == asked
    assert desk.panes.writing.editor.isVisible()


def test_an_empty_version_is_no_choice_and_one_goes_on_at_the_end_of_what_was_written(opened, desk, qtbot):
    article = desk.draft(body="")
    write(desk, article, body="Six words that were never saved.")
    window = opened(was_stopped=True)
    pane = window.panes.recovery
    assert not pane.use_newest.isVisible()
    assert not pane.newest.isVisible()
    assert "No version has a word of it yet" in pane.lead.text()
    pane.go_on.click()
    editor = window.panes.writing.editor
    qtbot.waitUntil(editor.isVisible)
    QTest.keyClicks(editor, " More.")
    assert editor.text() == "Six words that were never saved. More."


def test_what_was_written_beside_a_version_comes_back_by_the_undo_that_is_in_sight(opened, desk, qtbot):
    article = desk.draft(body="One.")
    write(desk, article, body="One. Two.")
    window = opened(was_stopped=True)
    QTest.mouseClick(window.panes.recovery.use_newest, Qt.MouseButton.LeftButton)
    assert window.panes.writing.editor.text() == "One."
    bar = window.panes.bar
    undo = next(one for one in bar.findChildren(QPushButton) if one.text() == "Undo")
    qtbot.waitUntil(undo.isVisible)
    middle = undo.mapTo(window, undo.rect().center())
    assert window.childAt(middle) is undo, "nothing lies over it"
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert window.panes.writing.editor.text() == "One. Two."


def test_undo_brings_back_what_was_written_too(opened, desk):
    article = desk.draft(body="One.")
    write(desk, article, body="One. Two.")
    window = opened()
    window.panes.recovery.use_newest.click()
    window.panes.writing.editor.undo()
    assert window.panes.writing.editor.text() == "One. Two."


def test_every_recovered_text_can_be_reached_and_decided(opened, desk):
    articles = [desk.draft(headline=f"Story {number}", body="One.") for number in range(3)]
    for article in articles:
        write(desk, article, body=f"Written {article}")
    window = opened()
    pane = window.panes.recovery
    assert pane.list.isVisible()
    for left in (2, 1, 0):
        pane.list.setCurrentRow(pane.list.count() - 1)
        pane.use_newest.click()
        assert len(desk.read(lambda reading: recovering.unfinished_texts(reading, by=desk.reporter))) == left
    for article in articles:
        bodies = [one.content.body for one in desk.read(lambda reading, of=article: reading.revisions(of))]
        assert bodies == ["One.", f"Written {article}", "One."]
    assert window.panes.writing.editor.isVisible()


def test_a_version_that_came_since_is_no_fork_after_it_was_chosen(opened, desk):
    article = desk.draft(body="One.")
    begun = desk.read(writing.open_text, article)
    desk.edit(article, desk.reporter, body="A colleague's.")
    written = replace(begun.content, body="Mine.")
    writing.keep(desk.store, article, written, by=desk.reporter, known=begun)
    window = opened()
    window.panes.recovery.use_newest.click()
    assert window.panes.writing.editor.text() == "A colleague's."
    assert len(desk.article(article).heads) == 1
    window.panes.bar._give(0)
    assert window.panes.writing.editor.text() == "Mine."


def test_what_this_person_may_not_change_is_shown_with_the_reason(opened, desk):
    article = desk.draft(body="One.")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    known = desk.read(writing.open_text, article)
    writing.keep(desk.store, article, replace(known.content, body="Edited."), by=desk.editor, known=known)
    pane = opened().panes.recovery
    assert not pane.use_newest.isEnabled()
    assert pane._refusal.text()


@pytest.mark.parametrize("was_stopped", [True, False])
def test_without_such_a_text_nothing_is_asked_but_a_stop_is_said(opened, desk, was_stopped):
    """Seen at the desk: a short sentence, typed just before a stop, was gone with no word about it."""
    article = desk.draft(body="One.")
    write(desk, article, body="One.")
    window = opened(was_stopped=was_stopped)
    assert window.panes.middle.shows(window.panes.writing)
    assert ("The desk stopped" in window.panes.bar.text) is was_stopped


@pytest.mark.parametrize(("was_stopped", "words"), [(True, "The desk stopped"), (False, "was being written")])
def test_that_the_desk_stopped_is_said_only_where_it_did(opened, desk, was_stopped, words):
    write(desk, desk.draft(), body="Words.")
    lead = opened(was_stopped=was_stopped).panes.recovery.lead.text()
    assert words in lead
    assert ("stopped" in lead) is was_stopped
    assert "last moment" not in lead, "what was typed in the last two seconds may be gone"


@pytest.mark.parametrize("view", ["recovery", "budget"])
def test_a_story_that_is_begun_is_seen_whatever_stood_in_its_place(opened, desk, view):
    write(desk, desk.draft(body="One."), body="One. Two.")
    window = opened()
    if view == "budget":
        window.panes.recovery.later.click()
        window.features.planning.toggle_budget()
    window.actions_by_name["article.new"].trigger()
    assert window.panes.writing.headline.isVisible()
    assert window.panes.writing.isEnabled()
