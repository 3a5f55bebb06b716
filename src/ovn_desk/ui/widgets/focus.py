"""The keyboard goes back to where it was when what had it is hidden, switched off or gone.

Qt hands it to whatever comes next in the order of Tab: after a bar was closed the next key pressed "+ New".
"""

from collections import deque

import shiboken6
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
        if now is None or old is None or now.window() is not self._window:
            return
        if _is_gone(old) or old.window() is self._window:
            self._before.append(old)
            QTimer.singleShot(0, self, lambda: self._mend(old, now))

    def _mend(self, old: QWidget, now: QWidget) -> None:
        """Takes the keyboard back to where it was last, if Qt alone moved it from `old` to `now`."""
        if _may_have_keyboard(old) or QApplication.focusWidget() is not now:
            return
        while self._before:
            before = self._before.pop()
            if before is not now and _may_have_keyboard(before):
                before.setFocus()
                return


def _is_gone(widget: QWidget) -> bool:
    return not shiboken6.isValid(widget)


def _may_have_keyboard(widget: QWidget) -> bool:
    return not _is_gone(widget) and widget.isVisible() and widget.isEnabled()
