"""The keyboard goes back to where it was when what had it is hidden, switched off or gone.

Qt hands it to whatever comes next in the order of Tab: after a bar was closed the next key pressed "+ New".
"""

from collections import deque
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_REMEMBERED = 16


class FocusKeeper(QObject):
    """Remembers where the keyboard was in a window; where somebody or the desk puts it on purpose, it stays.

    What was hidden with the keyboard in it has it again when it is shown, if nobody moved it meanwhile.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: deque[QWidget] = deque(maxlen=_REMEMBERED)
        self._hidden: QWidget | None = None
        self._astray: QWidget | None = None
        """Has the keyboard as Qt moved it there: nobody was there, and it is no place to go back to."""
        self._unseen: QWidget | None = None
        """Was given the keyboard though it is hidden: whatever takes it from there means to."""
        self._is_mending = False
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is None or (now is not None and now.window() is not self._window):
            return
        astray, unseen = self._astray, self._unseen
        self._astray, self._unseen = None, now if now is not None and not now.isVisible() else None
        if self._unseen is not None:
            QTimer.singleShot(0, self, lambda: self._leave_unseen(now))
        if old is unseen:
            return
        if now is None or not (old.isVisible() and old.isEnabled()):
            if now is not None and self._hidden is None and old.window() is self._window:
                self._hidden = old
                old.installEventFilter(self)
            self._astray = now
            QTimer.singleShot(0, self, lambda: self._mend(now))
        elif old.window() is self._window:
            if old is not astray:
                self._before.append(old)
            if not self._is_mending:
                self._forget_hidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What was hidden with the keyboard in it is seen again."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched is self._hidden:
            QTimer.singleShot(0, watched, partial(self._give_back, watched))
        return False

    def _give_back(self, shown: QWidget) -> None:
        """What is seen again has the keyboard again, unless the desk put it elsewhere while it came."""
        if shown is self._hidden:
            self._forget_hidden()
            shown.setFocus()

    def _forget_hidden(self) -> None:
        hidden, self._hidden = self._hidden, None
        if hidden is not None and hidden in set(self._window.findChildren(QWidget)):
            hidden.removeEventFilter(self)

    def _leave_unseen(self, now: QWidget | None) -> None:
        """No key goes to what is hidden, as to a pane that was left before it had the keyboard."""
        if now is not None and now is self._unseen and isValid(now) and not now.isVisible():
            self._mend(now)

    def _mend(self, now: QWidget | None) -> None:
        """Takes the keyboard back to where it was last, if it still is where Qt moved it; None where it is nowhere."""
        if QApplication.focusWidget() is not now or QApplication.activeWindow() is not self._window:
            return
        there = set(self._window.findChildren(QWidget))  # a widget of Qt's own may be gone without a sign
        while self._before:
            before = self._before.pop()
            if before in there and before is not now and before.isVisible() and before.isEnabled():
                self._is_mending = True
                before.setFocus()
                self._is_mending = False
                return
