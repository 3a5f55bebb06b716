"""Enter presses the button that has the keyboard, in the window as in a dialog.

Qt leaves Enter to the default button of a dialog: in a window it did nothing on a button with a ring around it, and in
a dialog it pressed another one.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_PLAIN = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}


class ButtonKeys(QObject):
    """Watches only the button that has the keyboard. A tick box keeps to Space: Enter is no answer to it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._button: QPushButton | QToolButton | None = None
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._button is not None and shiboken6.isValid(self._button):
            self._button.removeEventFilter(self)
        self._button = now if isinstance(now, QPushButton | QToolButton) else None
        if self._button is not None:
            self._button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if Qt.Key(event.key()) not in _ENTER or event.modifiers() not in _PLAIN:
            return False
        event.accept()
        if not event.isAutoRepeat() and isinstance(watched, QPushButton | QToolButton):
            watched.click()  # a key that is held down presses once
        return True
