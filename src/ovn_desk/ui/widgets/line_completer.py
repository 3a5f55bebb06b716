"""Suggestions under a line as one types, in a list that takes neither the mouse nor the keyboard from the window.

Qt shows a completer's list as a popup, which swallows the first click anywhere else: who typed into one field and
clicked the next went on typing into the first.
"""

from PySide6.QtCore import QAbstractListModel, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCompleter, QLineEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ELSEWHERE = (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.Move, QEvent.Type.Resize)
_LEFT = (QEvent.Type.FocusOut, QEvent.Type.Hide)


class LineCompleter(QCompleter):
    """The words of a model under a line: arrows and Enter choose, a click elsewhere or Escape puts the list away."""

    _list: QAbstractItemView | None = None  # Qt asks the filter while it makes the list

    def __init__(self, model: QAbstractListModel, line: QLineEdit) -> None:
        super().__init__(model, line)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._line = line
        if offered := self.popup():
            offered.setObjectName("completion")
            offered.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
            offered.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            offered.installEventFilter(self)
            self._list = offered
        line.setCompleter(self)
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind, offered = event.type(), self._list
        if offered is None:
            return super().eventFilter(watched, event)
        if watched is offered and kind in {QEvent.Type.Show, QEvent.Type.Hide}:
            self._watch_window(offered, is_shown=kind == QEvent.Type.Show)
        elif watched is not offered and offered.isVisible():
            is_line = watched is self._line
            if is_line and isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
                _press(offered, event)
                return True
            if kind in (_LEFT if is_line else _ELSEWHERE):
                offered.hide()
        return super().eventFilter(watched, event) if watched is offered or watched is self._line else False

    def _watch_window(self, offered: QAbstractItemView, *, is_shown: bool) -> None:
        """Looks at the clicks in the window only while the list is in sight."""
        window = self._line.window().windowHandle()
        if window is None:
            return
        if is_shown:
            offered.windowHandle().setTransientParent(window)
            window.installEventFilter(self)
        else:
            window.removeEventFilter(self)


def _press(offered: QAbstractItemView, event: QKeyEvent) -> None:
    """Enter takes what is marked and Escape takes nothing, and both end there; Qt knows what every other key does."""
    marked = offered.currentIndex()
    if event.key() in _ENTER and marked.isValid():
        offered.clicked.emit(marked)
    elif event.key() != Qt.Key.Key_Escape:
        QApplication.sendEvent(offered, event)
        return
    offered.hide()
    event.accept()  # or else the parent of the line is sent it too
