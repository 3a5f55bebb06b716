"""The window that is active where there is no screen: the one that a person would have before them."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

_IN_IT = QWindow.AncestorMode.ExcludeTransients  # a dialog is before its window, not in it


class ActiveWindow(QObject):
    """Gives the keyboard back to the window that had it when one behind it took it.

    The offscreen platform activates every window that it shows, and when the page comes Qt shows the desk's window
    anew, its native children first: a dialog that stood before it had the keyboard no more. No window manager does so.

    Never ask a child for its `parent()`: PySide takes the parent for a part of the child, and once the child is gone
    deletes the parent with its Python object, so that a window goes from the screen at some later test.
    """

    def __init__(self, app):
        super().__init__(app)
        self._had = None
        self._soon = QTimer(self, singleShot=True, interval=0)  # the window itself comes behind its children
        self._soon.timeout.connect(self._give_back)
        app.focusWindowChanged.connect(self._follow)

    def _follow(self, window):
        tops = QGuiApplication.topLevelWindows()
        top = window and next((one for one in tops if one.isAncestorOf(window, _IN_IT)), window)
        if top is not window and self._had is not top and _is_open(self._had):
            self._soon.start()
        elif not self._soon.isActive():
            self._had = top

    def _give_back(self):
        if _is_open(self._had):
            self._had.requestActivate()


def _is_open(window):
    return window is not None and isValid(window) and window.isVisible()
