"""A table put in, filled and left with the keyboard or the mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from ovn_desk.ui.editor.table_grid import TableGrid

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return
SMALL = "Table: Pumps\n\n| a | b |\n|---|---|\n| 1 | 2 |"


def words(text):
    """A text without the room in its cells."""
    return "\n".join(" ".join(line.replace("-------", "---").split()) for line in text.split("\n"))


@pytest.fixture
def writing(qtbot, window, desk):
    window.features.articles.open(desk.draft(body="Before.\n\nAfter.", sources=()))
    window.activateWindow()
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return window


def open_grid(qtbot, window):
    window.actions_by_name["write.table"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), TableGrid))
    return QApplication.activePopupWidget()


def test_a_table_is_chosen_put_in_filled_and_left_by_keys_alone(qtbot, writing):
    editor = writing.panes.writing.editor
    editor.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    grid = open_grid(qtbot, writing)
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    qtbot.keyClick(grid, ENTER)
    empty = "Before.\n\nTable:\n\n| | |\n|---|---|\n| | |\n\nAfter."
    assert words(editor.text()) == empty
    qtbot.keyClicks(editor, "Dry pumps")
    for cell in ("town", "dry", "Thatta", "4", "Badin"):
        qtbot.keyClick(editor, TAB)
        qtbot.keyClicks(editor, cell)
    qtbot.keyClick(editor, ENTER)
    qtbot.keyClick(editor, ENTER)
    qtbot.keyClicks(editor, "So it is.")
    rows = "| town | dry |\n|---|---|\n| Thatta | 4 |\n| Badin | |"
    assert words(editor.text()) == f"Before.\n\nTable: Dry pumps\n\n{rows}\n\nSo it is.\n\nAfter."


def test_a_table_is_chosen_with_the_mouse_and_taken_back_in_one_step(qtbot, writing):
    editor = writing.panes.writing.editor
    before = editor.text()
    grid = open_grid(qtbot, writing)
    cells = grid._cells
    at = cells._box(3, 4).center()
    qtbot.mouseMove(cells, at)
    qtbot.waitUntil(lambda: (grid.rows, grid.columns) == (4, 5))
    qtbot.mouseClick(cells, Qt.MouseButton.LeftButton, pos=at)
    assert editor.text().count("|") == 5 * 6
    assert editor.hasFocus()
    editor.undo()
    assert editor.text() == before


def test_escape_puts_no_table_in(qtbot, writing):
    before = writing.panes.writing.editor.text()
    qtbot.keyClick(open_grid(qtbot, writing), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert writing.panes.writing.editor.text() == before


@pytest.mark.parametrize(
    ("start", "keys", "chosen"),
    [
        (2, [(TAB, 0)], "b"),
        (2, [(TAB, 0), (TAB, 0)], "1"),
        (4, [(TAB, SHIFT)], "b"),
        (2, [(ENTER, 0)], "1"),
        (0, [(TAB, 0)], "a"),
    ],
)
def test_tab_and_enter_go_from_cell_to_cell(qtbot, editor, start, keys, chosen):
    editor.load(SMALL, language="en")
    editor.go_to(start + 1, 3)
    for key, held in keys:
        qtbot.keyClick(editor, key, Qt.KeyboardModifier(held))
    assert editor.selected_text() == chosen
    assert editor.text() == SMALL


@pytest.mark.parametrize(
    ("start", "key", "after"),
    [
        ("| a | b |", ENTER, "| a | b |\n"),
        ("| a | b |\n|---|---|", ENTER, "| a | b |\n|---|---|\n"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ENTER, "| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("One | two", ENTER, "One | two\n"),
    ],
)
def test_a_table_that_is_typed_by_hand_is_left_alone(qtbot, editor, start, key, after):
    editor.load(start, language="en")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(editor, key)
    assert editor.text() == after
