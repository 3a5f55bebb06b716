"""The window that is active where there is no screen: the one that a person would have before them."""

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid


class ActiveWindow(QObject):
    """Gives the keyboard back to the window that had it when one behind it took it.

    The offscreen platform activates every window that it shows, and when the page comes Qt shows the desk's window
    anew, its native children first: a dialog that stood before it had the keyboard no more. No window manager does so.
    """

    def __init__(self, app):
        super().__init__(app)
        self._had = None
        self._soon = QTimer(self, singleShot=True, interval=0)  # the window itself comes behind its children
        self._soon.timeout.connect(self._give_back)
        app.focusWindowChanged.connect(self._follow)

    def _follow(self, window):
        if window is not None and window.parent() is not None and self._had not in {None, _top(window)}:
            self._soon.start()
        elif not self._soon.isActive():
            self._had = window and _top(window)

    def _give_back(self):
        if isValid(self._had) and self._had.isVisible():
            self._had.requestActivate()


def _top(window):
    while window.parent() is not None:
        window = window.parent()
    return window
