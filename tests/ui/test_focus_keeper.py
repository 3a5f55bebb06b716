"""Where the keyboard is when what had it is hidden: back where somebody was, never where Qt happens to move it."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ovn_desk.ui.widgets.focus import FocusKeeper


@pytest.fixture
def place(qtbot):
    """A window with a button first in the order of Tab, two fields, and a pane with a button and a field."""
    window, pane = QWidget(), QWidget()
    made = SimpleNamespace(new=QPushButton("+ New"), one=QLineEdit(), other=QLineEdit(), pane=pane)
    made.inner, made.field = QPushButton("Keep"), QLineEdit()
    column, within = QVBoxLayout(window), QVBoxLayout(pane)
    for widget in (made.inner, made.field):
        within.addWidget(widget)
    for widget in (made.new, made.one, made.other, pane):
        column.addWidget(widget)
    made.keeper, made.pressed = FocusKeeper(window), []
    made.new.clicked.connect(lambda: made.pressed.append("+ New"))
    qtbot.addWidget(window)
    made.other.setFocus()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.settle = lambda: [QApplication.processEvents() for _ in range(3)]
    return made


def test_what_is_hidden_gives_the_keyboard_back_to_where_somebody_was(place):
    place.other.setFocus()
    place.field.setFocus()
    place.pane.hide()
    place.settle()
    assert place.other.hasFocus()


def test_whoever_takes_the_keyboard_from_what_is_hidden_keeps_it(place):
    """Seen before two screens: a key meant for the text began a new story."""
    place.one.setFocus()
    place.pane.hide()
    place.inner.setFocus()  # as a pane does that was left before it had the keyboard
    place.other.setFocus()
    place.settle()
    assert place.other.hasFocus()


def test_no_key_goes_to_what_is_hidden(place):
    place.one.setFocus()
    place.pane.hide()
    place.inner.setFocus()
    place.settle()
    assert place.one.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "typed")
    assert place.one.text() == "typed"


def test_where_qt_moved_the_keyboard_is_no_place_to_go_back_to(place):
    for one in (place.other, place.one, place.field):
        one.setFocus()
    place.pane.hide()
    assert place.new.hasFocus(), "Qt moves it to what is next"
    place.settle()
    assert place.one.hasFocus()
    place.pane.show()
    place.field.setFocus()
    place.one.setEnabled(False)
    place.pane.hide()
    place.settle()
    assert place.other.hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert place.pressed == []
