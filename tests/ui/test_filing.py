"""Filing a story in the window: what is open is said first, and a note may go with it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ovn_desk.domain.workflow import State, Step

OPEN = {"body": "The ministry spent $2 billion on 14 lines.\n\n“We will,” the minister said.", "sources": ()}


def open_article(qtbot, window, desk, **changes):
    article = desk.draft(**changes)
    window.features.articles.open(article)
    qtbot.waitUntil(lambda: window.panes.checks.article == article)
    window.activateWindow()
    return article


def press_next(qtbot, window):
    qtbot.mouseClick(window.panes.top_bar.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.panes.bar.isVisible)


def press(qtbot, window, words):
    (button,) = [one for one in window.panes.bar._buttons if one.text() == words]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def note(desk, article):
    with desk.store.read() as reading:
        return [event.note for event in reading.events(article) if event.step is Step.FILE]


def test_what_is_open_is_said_before_the_story_is_filed(qtbot, window, desk):
    article = open_article(qtbot, window, desk, **OPEN)
    press_next(qtbot, window)
    bar = window.panes.bar
    assert bar.text.startswith("3 to settle before approval: 2 figures have no source; 1 quotation has no source")
    assert [button.text() for button in bar._buttons] == ["File anyway", "Look at them", "Cancel"]
    assert desk.article(article).state is State.DRAFT


def test_enter_in_the_note_files_it_with_the_note(qtbot, window, desk):
    article = open_article(qtbot, window, desk, **OPEN)
    press_next(qtbot, window)
    qtbot.waitUntil(window.panes.bar.field.hasFocus)
    qtbot.keyClicks(window.panes.bar.field, "Figures come from the ministry.")
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.FILED)
    assert note(desk, article) == ["Figures come from the ministry."]


def test_look_at_them_files_nothing_and_goes_to_the_list(qtbot, window, desk):
    article = open_article(qtbot, window, desk, **OPEN)
    press_next(qtbot, window)
    press(qtbot, window, "Look at them")
    first = window.panes.details.to_settle.rows[0].link
    qtbot.waitUntil(lambda: QApplication.focusWidget() is first)
    assert first.isVisible()
    assert desk.article(article).state is State.DRAFT


def test_escape_files_nothing(qtbot, window, desk):
    article = open_article(qtbot, window, desk, **OPEN)
    press_next(qtbot, window)
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Escape)
    assert window.panes.bar.isHidden()
    assert desk.article(article).state is State.DRAFT


def test_a_story_in_order_asks_for_nothing_but_a_note(qtbot, window, desk):
    open_article(qtbot, window, desk)
    press_next(qtbot, window)
    assert window.panes.bar.text == "A note to the editor, if there is something to say:"
    assert [button.text() for button in window.panes.bar._buttons] == ["File", "Cancel"]


@pytest.mark.parametrize("changes", [{"headline": "", "category": ""}, {"body": "", "category": ""}])
def test_what_stops_filing_is_said_and_there_is_no_file_anyway(qtbot, window, desk, space, changes):
    article = open_article(qtbot, window, desk, **changes)
    press_next(qtbot, window)
    assert window.panes.bar.text.startswith("It cannot be filed yet: ")
    assert [button.text() for button in window.panes.bar._buttons] == ["Look at them", "Close"]
    assert "category" not in window.panes.bar.text, "filing waits for no category"
    space.text.edit(standfirst="Changed since.")
    assert not window.panes.bar.isVisible(), "it may be right by now"
    press_next(qtbot, window)
    press(qtbot, window, "Look at them")
    assert desk.article(article).state is State.DRAFT


def test_what_was_typed_a_moment_ago_counts(qtbot, window, desk):
    article = open_article(qtbot, window, desk, body="")
    window.panes.writing.editor.setFocus()
    qtbot.keyClicks(window.panes.writing.editor, "They counted 14 trains.")
    press_next(qtbot, window)
    assert window.panes.bar.text.startswith("1 to settle before approval: 1 figure has no source (“14”).")
    press(qtbot, window, "File anyway")
    qtbot.waitUntil(lambda: desk.article(article).state is State.FILED)


def test_what_was_said_of_a_step_is_gone_when_the_next_was_taken(qtbot, window, desk, space):
    """Seen at the desk: “Filed by …” was there again when “Taken …” had gone."""
    space.article.switch_person(desk.editor.person)
    article, bar = desk.draft(), window.panes.bar
    window.features.articles.open(article)
    assert space.steps.take(Step.FILE)
    assert bar.text == "Filed by Ayesha Khan."
    qtbot.mouseClick(window.panes.top_bar.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.article(article).state is State.IN_REVIEW)
    qtbot.waitUntil(lambda: bar.text.startswith("Taken"))
    assert bar.isVisible()
    assert not bar._waiting.isVisible()
    bar.put_away()
    assert not bar.isVisible()
