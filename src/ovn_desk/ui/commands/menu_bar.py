"""The menu bar is left by one Escape: Qt leaves it armed, and takes the next letters for menus."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget
from shiboken6 import isValid


class _EscapeFilter(QObject):
    """Ends the keyboard's stay in the menu bar when an Escape has closed a menu of it."""

    def __init__(self, menu_bar: QMenuBar) -> None:
        super().__init__(menu_bar)
        self._menu_bar = menu_bar
        self._before: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            QTimer.singleShot(0, self._leave)  # when the menu has closed
        return super().eventFilter(watched, event)

    def _note(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is self._menu_bar:
            self._before = old

    def _leave(self) -> None:
        escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(self._menu_bar, escape)
        if self._menu_bar.hasFocus() and self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.MenuBarFocusReason)


def leave_at_escape(menu_bar: QMenuBar) -> None:
    """Gives the keyboard back to where it was with the Escape that closes a menu of `menu_bar`."""
    leaving = _EscapeFilter(menu_bar)
    for action in menu_bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            menu.installEventFilter(leaving)
