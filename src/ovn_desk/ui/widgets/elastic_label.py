"""A label of two lengths: whole where there is room, and else short."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ElasticLabel(QLabel):
    """For a row that lays it out as elastic; not there while it has no words. Its text is always the whole one."""

    def __init__(self) -> None:
        super().__init__()
        self._shorter: tuple[str, ...] = ()
        self.setProperty("role", "soft")

    def show_words(self, words: str, *, shorter: tuple[str, ...]) -> None:
        """Shows `words`, or the first of the `shorter` that has room; pointed at, it says them whole."""
        self._shorter = tuple(filter(None, shorter)) or (words,)
        self.setText(words)
        self.setToolTip(words)
        self.setVisible(bool(words))

    def minimumSizeHint(self) -> QSize:
        """What the short words need."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), self.fontMetrics().horizontalAdvance(self._shorter[-1]) + 2), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
            return
        fits = (one for one in self._shorter if self.fontMetrics().horizontalAdvance(one) <= self.width())
        shown = next(fits, self._shorter[-1])
        painter = QPainter(self)
        self.style().drawItemText(
            painter, self.rect(), self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
