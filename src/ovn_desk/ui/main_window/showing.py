"""The window on the screen, and as a picture."""

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ovn_desk.ui.preview.pane import Preview

_FRAME = 40


def show_fitting(window: QWidget) -> None:
    """Shows a window as large as it was made, or over the whole screen where that is smaller."""
    room = window.screen().availableGeometry()
    if room.width() > window.width() and room.height() > window.height() + _FRAME:
        window.show()
    else:
        window.showMaximized()


def photograph(window: QWidget, preview: Preview) -> QPixmap:
    """A picture of the window; the preview is a window of its own and is put in its place."""
    picture = window.grab()
    painter = QPainter(picture)
    preview.paint_into(painter, window)
    painter.end()
    return picture
