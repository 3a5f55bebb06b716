"""The menu at the pointer in a text: suggestions for a misspelt word, what every text has, and what others add."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit


class Undoable(Protocol):
    """Undo of a text's own instead of Qt's."""

    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def can_undo(self) -> bool: ...
    def can_redo(self) -> bool: ...


class TextMenu(QObject):
    """Opens the menu of one text widget."""

    opening = Signal(QMenu)
    """The menu before it is shown; others add to it."""

    def __init__(self, edit: QTextEdit, history: Undoable) -> None:
        super().__init__(edit)
        self._edit, self._history = edit, history
        self.open_suggestions: Callable[[QTextCursor, QMenu], bool] = lambda *_: False
        """Opens the menu with suggestions above it where a misspelt word is at the cursor, and says whether one is."""

    def open(self, event: QContextMenuEvent) -> None:
        """Opens it where the mouse is, or for a key at the cursor."""
        edit = self._edit
        cursor, at = edit.textCursor(), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            cursor = edit.cursorForPosition(event.pos())
            self._move_cursor(event.pos())
        else:
            at = edit.viewport().mapToGlobal(edit.cursorRect().bottomLeft())
        menu = self._make_menu()
        if not self.open_suggestions(cursor, menu):
            menu.popup(at)

    def _move_cursor(self, point: QPoint) -> None:
        """Puts the cursor to a point of the viewport, unless that is in what is selected."""
        there, chosen = self._edit.cursorForPosition(point), self._edit.textCursor()
        if not chosen.selectionStart() <= there.position() <= chosen.selectionEnd():
            self._edit.setTextCursor(there)

    def _make_menu(self) -> QMenu:
        edit, history, window = self._edit, self._history, self._edit.window()
        menu = edit.createStandardContextMenu()
        menu.setParent(window, menu.windowFlags())  # a pane beside the page is a native child, and no menu's owner
        for name, act, is_possible in (
            ("edit-undo", history.undo, history.can_undo()),
            ("edit-redo", history.redo, history.can_redo()),
        ):
            action = menu.findChild(QAction, name)
            if isinstance(action, QAction):
                action.triggered.connect(act)
                action.setEnabled(is_possible)
        menu.aboutToHide.connect(menu.deleteLater)
        self.opening.emit(menu)
        return menu
