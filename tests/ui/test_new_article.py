"""However a new article is begun, and whatever was done before: the next letters are its headline."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from ovn_desk.domain.workflow import State

OPEN = {"body": "The ministry spent $2 billion on 14 lines.", "sources": ()}


def click(qtbot, within, words):
    (button,) = [one for one in within.findChildren(QPushButton) if one.text() == words and one.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press_keys(qtbot, window):
    at = QApplication.focusWidget() or window
    qtbot.keyClick(at, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def press_button(qtbot, window):
    buttons = window.panes.top_bar.findChildren(QPushButton)
    (button,) = [one for one in buttons if one.accessibleName() == "New article"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose_in_menu(_qtbot, window):
    window.actions_by_name["article.new"].trigger()


def choose_in_palette(qtbot, window):
    window.actions_by_name["view.palette"].trigger()
    palette = window.palette_box
    palette.field.setText(">new article")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def nothing(_qtbot, window, _desk):
    window.panes.writing.editor.setFocus()


def file_with_the_mouse(qtbot, window, desk):
    """The button of the next step has the keyboard, goes with the step, and is there again for the new article."""
    article = window.workspace.article.id
    qtbot.mouseClick(window.panes.top_bar.next, Qt.MouseButton.LeftButton)
    window.panes.top_bar.next.setFocus()
    qtbot.waitUntil(window.panes.bar.isVisible)
    click(qtbot, window.panes.bar, "File anyway")
    qtbot.waitUntil(lambda: desk.article(article).state is State.FILED)
    qtbot.waitUntil(window.panes.top_bar.next.isHidden)


def close_a_dialog(qtbot, window, _desk):
    window.panes.top_bar.next.setFocus()
    window.actions_by_name["help.keys"].trigger()
    qtbot.waitUntil(lambda: QApplication.activeWindow() not in {None, window})
    QApplication.activeWindow().close()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def open_the_export(qtbot, window, _desk):
    window.features.export.open_site()
    qtbot.waitUntil(window.panes.export.isVisible)


def look_at_the_changes(qtbot, window, _desk):
    with qtbot.waitSignal(window.panes.review.shown):
        window.features.review.open()


def type_into_the_filter(_qtbot, window, _desk):
    window.panes.articles.filter.setFocus()


@pytest.mark.parametrize(
    ("before", "begin"),
    [
        (nothing, press_keys),
        (nothing, choose_in_menu),
        (nothing, choose_in_palette),
        (file_with_the_mouse, press_keys),
        (file_with_the_mouse, press_button),
        (close_a_dialog, press_keys),
        (open_the_export, choose_in_palette),
        (look_at_the_changes, press_button),
        (type_into_the_filter, press_keys),
    ],
)
def test_what_is_typed_after_a_new_article_is_its_headline(qtbot, window, desk, before, begin):
    article = desk.draft(**OPEN)
    window.features.articles.open(article)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.panes.checks.article == article)
    before(qtbot, window, desk)
    begin(qtbot, window)
    qtbot.waitUntil(lambda: window.workspace.article.id != article)
    headline = window.panes.writing.headline
    for _ in range(3):  # what was put off until the window had time
        QApplication.processEvents()
    qtbot.waitUntil(headline.hasFocus)
    assert headline.isVisible()
    qtbot.keyClicks(QApplication.focusWidget(), "Rail talks")
    assert window.workspace.text.content.headline == "Rail talks"
