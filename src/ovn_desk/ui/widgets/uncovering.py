"""What a menu or a dialog covered is painted again when it closes, on X11 where no compositor keeps it.

The page is a native window, and so is every widget around it. Qt answers the server's Expose of such a window from a
picture that it no longer has, so a closed menu stayed on the screen; painting the window's own widgets makes it new.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

_SOON_MS = 20
_LOOKS = {QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut}


class Uncovering(QObject):
    """Hears of every uncovered part of a window, and of the native windows in it, once it is shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._uncovered: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._paint)
        if QGuiApplication.platformName() == "xcb":
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.Show:
                self._window.removeEventFilter(self)
                QTimer.singleShot(0, self, self._watch)
        elif kind == QEvent.Type.Expose and isinstance(watched, QWindow):
            self._uncovered.add(watched.winId())
            self._soon.start()
        elif kind in _LOOKS:
            self._watch()
        return False

    def _watch(self) -> None:
        """Listens to the window and to the native ones in it; they come when the page is first shown."""
        handle = self._window.windowHandle()
        if handle is not None and shiboken6.isValid(handle):
            for window in (handle, *handle.findChildren(QWindow)):
                window.installEventFilter(self)

    def _paint(self) -> None:
        uncovered, self._uncovered = self._uncovered, set()
        for number in uncovered:
            widget = QWidget.find(number)
            if widget is not None:
                for one in (widget, *widget.findChildren(QWidget)):  # what is opaque is not painted with its parent
                    one.update()
        self._watch()
