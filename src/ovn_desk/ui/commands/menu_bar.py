"""The menu bar is left by one Escape: Qt leaves it armed, and takes the next letters for menus."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QMenuBar


class _EscapeFilter(QObject):
    """Passes an Escape that closed a menu on to the menu bar, when the menu is closed."""

    def __init__(self, menu_bar: QMenuBar) -> None:
        super().__init__(menu_bar)
        self._menu_bar = menu_bar

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            copy = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
            QCoreApplication.postEvent(self._menu_bar, copy)
        return super().eventFilter(watched, event)


def leave_at_escape(menu_bar: QMenuBar) -> None:
    """Gives the keyboard back to where it was with the Escape that closes a menu of `menu_bar`."""
    leaving = _EscapeFilter(menu_bar)
    for action in menu_bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            menu.installEventFilter(leaving)
