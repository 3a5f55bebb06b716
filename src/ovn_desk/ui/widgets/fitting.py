"""A window or dialog no larger than the screen that it is shown on."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_FRAME = 40
"""Pixels that the title and the edges of a window take."""


def resize_to_fit(window: QWidget, width: int, height: int) -> None:
    """Makes a window so large in pixels, or as large as there is room on the screen, and keeps all of it there."""
    parent = window.parentWidget()
    screen = parent.screen() if parent else QGuiApplication.primaryScreen()
    room = screen.availableSize()
    window.resize(min(width, room.width()), min(height, room.height() - _FRAME))
    if window.isVisible():
        space, frame = screen.availableGeometry(), window.frameGeometry()
        frame.moveRight(min(frame.right(), space.right()))
        frame.moveBottom(min(frame.bottom(), space.bottom()))
        window.move(max(frame.left(), space.left()), max(frame.top(), space.top()))
