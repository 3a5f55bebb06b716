"""A button that asks to be pressed again."""

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPushButton


class OneClickButton(QPushButton):
    """The second click of a double click is none: what asks to be pressed again is not answered by it."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
