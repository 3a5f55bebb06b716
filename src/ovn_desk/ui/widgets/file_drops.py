"""Files dropped anywhere on a window: no field turns them into their address, one place takes them in.

Qt gives a drop to the innermost widget that takes drops, and every field of text does: it writes `file:///…`. So the
window's own `QWindow` is listened to, which hears of a drop before any widget of it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QChildEvent, QEvent, QMimeData, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_DRAGS = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}


class _Use(NamedTuple):
    """What a widget does with files: whether it wants these, and what becomes of them at a point of the screen."""

    wants: Callable[[Sequence[Path]], bool]
    take: Callable[[QMimeData, QPoint], object]


_USE = "_file_use"
"""The attribute of a widget that has a use of its own: it goes when the widget goes."""


def take_files(
    widget: QWidget, take: Callable[[QMimeData, QPoint], object], *, wants: Callable[[Sequence[Path]], bool]
) -> None:
    """Gives files that are dropped on a widget, or on what is in it, to `take` instead of the window, if it wants them.

    `take` gets the point of the screen where they fell, too.
    """
    setattr(widget, _USE, _Use(wants, take))


def local_files(data: QMimeData) -> list[Path]:
    """The files of this computer in what is dropped or pasted; none where there are only words or addresses."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FileDrops(QObject):
    """Gives files that are dropped on a window to `take`, but for those that a widget under the pointer wants."""

    def __init__(self, window: QWidget, take: Callable[[list[Path]], object]) -> None:
        super().__init__(window)
        self._window, self._take = window, take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.Show and (handle := self._window.windowHandle()) is not None:
                self._window.removeEventFilter(self)
                for one in (handle, *handle.findChildren(QWindow)):  # the page is a window of its own inside
                    one.installEventFilter(self)
        elif kind in _DRAGS and isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            return self._follow(watched, event)
        elif kind == QEvent.Type.ChildAdded and isinstance(event, QChildEvent) and isinstance(event.child(), QWindow):
            event.child().installEventFilter(self)
        return False

    def _follow(self, watched: QObject, event: QDropEvent) -> bool:
        """Whether a drag or a drop was answered here, in place of the widget under the pointer."""
        files = local_files(event.mimeData())
        if not files or not isinstance(watched, QWindow) or QApplication.activeModalWidget() is not None:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            place = watched.mapToGlobal(event.position().toPoint())
            use = _use_at(self._window.childAt(self._window.mapFromGlobal(place)), files)
            if use is not None:
                use.take(event.mimeData(), place)
            else:
                QTimer.singleShot(0, self, lambda: self._take(files))  # whoever dropped them waits until this returns
        return True


def _use_at(widget: QWidget | None, files: Sequence[Path]) -> _Use | None:
    """The use that the innermost widget has for these files; none where they are the window's."""
    while widget is not None:
        use: _Use | None = getattr(widget, _USE, None)
        if use is not None and use.wants(files):
            return use
        widget = widget.parentWidget()
    return None
