"""What the palette is opened by: as wide as there is room for, and always with its key or its word."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

_WIDTH = 330


class SearchButton(QPushButton):
    """Says what can be done with it, in as many words as fit, and its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._long, self._short = self.tr("Search or run a command"), self.tr("Search")
        self.setAccessibleName(self._long)
        self._words, self._key = QLabel(self._long), QLabel("Ctrl K")
        self._words.setProperty("role", "soft")
        self._key.setObjectName("key")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        for label in (self._words, self._key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(self._short) + 24, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts in as many words as fit whole."""
        super().resizeEvent(event)
        key, room = self._key.sizeHint().width() + 12, self.width() - 24
        text = self._long if self._width(self._long) <= room else self._short
        self._words.setText(text)
        self._key.setVisible(self._width(text) + key <= room)

    def _width(self, text: str) -> int:
        return self._words.fontMetrics().horizontalAdvance(text) + 4
