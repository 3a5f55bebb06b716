"""A label of two lengths: whole where there is room, and else short."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ElasticLabel(QLabel):
    """For a row that lays it out as elastic; not there while it has no words. Its text is always the whole one."""

    def __init__(self) -> None:
        super().__init__()
        self._short = ""
        self.setProperty("role", "soft")

    def show_words(self, words: str, *, short: str) -> None:
        """Shows `words`, or `short` where these have no room; pointed at, it says them whole."""
        self._short = short or words
        self.setText(words)
        self.setToolTip(words)
        self.setVisible(bool(words))

    def minimumSizeHint(self) -> QSize:
        """What the short words need."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), self.fontMetrics().horizontalAdvance(self._short) + 2), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawItemText(
            painter, self.rect(), self.alignment(), self.palette(), self.isEnabled(), self._short, self.foregroundRole()
        )
