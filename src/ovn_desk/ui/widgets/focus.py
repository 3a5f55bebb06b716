"""The keyboard goes back to where it was when what had it is hidden, switched off or gone.

Qt hands it to whatever comes next in the order of Tab: after a bar was closed the next key pressed "+ New".
"""

from collections import deque

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_REMEMBERED = 16


class FocusKeeper(QObject):
    """Remembers where the keyboard was in a window; where somebody or the desk puts it on purpose, it stays."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: deque[QWidget] = deque(maxlen=_REMEMBERED)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is None or (now is not None and now.window() is not self._window):
            return
        if now is None or not (old.isVisible() and old.isEnabled()):
            QTimer.singleShot(0, self, lambda: self._mend(now))
        elif old.window() is self._window:
            self._before.append(old)

    def _mend(self, now: QWidget | None) -> None:
        """Takes the keyboard back to where it was last, if it still is where Qt moved it; None where it is nowhere."""
        if QApplication.focusWidget() is not now or QApplication.activeWindow() is not self._window:
            return
        there = set(self._window.findChildren(QWidget))  # a widget of Qt's own may be gone without a sign
        while self._before:
            before = self._before.pop()
            if before in there and before is not now and before.isVisible() and before.isEnabled():
                before.setFocus()
                return
