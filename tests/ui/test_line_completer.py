"""Suggestions under a line: they choose by keys and by mouse, and hold up no click and no key that is not theirs."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

import ovn_desk
from ovn_desk.ui.widgets.line_completer import LineCompleter

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def form(qtbot):
    """Two lines; the first suggests."""
    made = QWidget()
    qtbot.addWidget(made)
    made.how, made.when = QLineEdit(), QLineEdit()
    column = QVBoxLayout(made)
    column.addWidget(made.how)
    column.addWidget(made.when)
    model = QStringListModel(["by telephone", "by message"], made)
    made.suggestions = LineCompleter(model, made.how)
    made.suggestions.setFilterMode(Qt.MatchFlag.MatchContains)
    made.resize(300, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.how.setFocus()
    qtbot.waitUntil(made.how.hasFocus)
    return made


def type_on(letters):
    """Types into whichever field has the keyboard."""
    QTest.keyClicks(QApplication.focusWidget(), letters)


def offer(qtbot, form, letters="telephone"):
    type_on(letters)
    offered = form.suggestions.popup()
    qtbot.waitUntil(offered.isVisible)
    return offered


def click(widget):
    """A click at a place of the window, as the system sends it: Qt decides who gets it."""
    window = widget.window()
    place = widget.mapTo(window, widget.rect().center())
    QTest.mouseClick(window.windowHandle(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def test_the_first_click_elsewhere_goes_where_it_was_meant(qtbot, form):
    offered = offer(qtbot, form)
    assert QApplication.activePopupWidget() is None  # it would swallow the click
    click(form.when)
    assert not offered.isVisible()
    type_on("today")
    assert (form.how.text(), form.when.text()) == ("telephone", "today")


def test_a_click_where_nothing_takes_the_keyboard_puts_the_list_away(qtbot, form):
    offered = offer(qtbot, form)
    click(form)
    assert not offered.isVisible()
    assert form.how.hasFocus()


def test_tab_goes_on_and_leaves_what_was_typed(qtbot, form):
    offered = offer(qtbot, form)
    QTest.keyClick(form.how, Qt.Key.Key_Tab)
    assert form.when.hasFocus()
    assert not offered.isVisible()
    assert form.how.text() == "telephone"


def test_enter_takes_what_is_marked_and_does_nothing_else(qtbot, form):
    """In a sheet Enter saves: not before what was chosen is in the field."""
    entered = []
    form.how.returnPressed.connect(lambda: entered.append(form.how.text()))
    offered = offer(qtbot, form, "by")
    for _ in range(2):
        QTest.keyClick(form.how, Qt.Key.Key_Down)
    QTest.keyClick(form.how, Qt.Key.Key_Return)
    assert not offered.isVisible()
    assert (form.how.text(), entered) == ("by message", [])
    QTest.keyClick(form.how, Qt.Key.Key_Return)
    assert entered == ["by message"]


def test_enter_without_a_mark_is_the_fields(qtbot, form):
    entered = []
    form.how.returnPressed.connect(lambda: entered.append(form.how.text()))
    offered = offer(qtbot, form)
    QTest.keyClick(form.how, Qt.Key.Key_Return)
    assert entered == ["telephone"]
    assert not offered.isVisible()


def test_escape_puts_only_the_list_away(qtbot, form):
    closed = []
    form.keyPressEvent = closed.append
    offered = offer(qtbot, form)
    QTest.keyClick(form.how, Qt.Key.Key_Escape)
    assert not offered.isVisible()
    assert (form.how.text(), closed) == ("telephone", [])


def test_one_goes_on_typing_and_correcting_while_the_list_stands(qtbot, form):
    offered = offer(qtbot, form, "tele")
    type_on("x")
    qtbot.waitUntil(lambda: not offered.isVisible())
    QTest.keyClick(form.how, Qt.Key.Key_Backspace)
    qtbot.waitUntil(offered.isVisible)
    assert form.how.text() == "tele"


def test_a_click_on_a_suggestion_takes_it(qtbot, form):
    offered = offer(qtbot, form, "by")
    place = offered.visualRect(offered.model().index(1, 0)).center()
    place = offered.viewport().mapTo(offered, place)
    QTest.mouseMove(offered.windowHandle(), place)
    QTest.mouseClick(offered.windowHandle(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert form.how.text() == "by message"
    assert form.how.hasFocus()


def test_the_window_has_no_other_lists_of_suggestions():
    """Qt's own takes the mouse."""
    for path in Path(ovn_desk.__file__).parent.rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
        assert "QCompleter" not in {getattr(call.func, "id", "") for call in calls}, path
