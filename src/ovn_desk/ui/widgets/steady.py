"""Buttons that are as wide before they are chosen as after: the style sheet sets what is chosen in bold."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton


class SteadyPushButton(QPushButton):
    """Has room for its words in bold."""

    def sizeHint(self) -> QSize:
        return _with_room(self, super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return _with_room(self, super().minimumSizeHint())


class SteadyToolButton(QToolButton):
    """Has room for its words in bold."""

    def sizeHint(self) -> QSize:
        return _with_room(self, super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return _with_room(self, super().minimumSizeHint())


def _with_room(button: QAbstractButton, hint: QSize) -> QSize:
    """The size that a style has found, and as much more as bold words are wider than those now in the button."""
    bold = QFont(button.font())
    bold.setWeight(QFont.Weight.DemiBold)
    words = button.text()
    more = QFontMetrics(bold).horizontalAdvance(words) - QFontMetrics(button.font()).horizontalAdvance(words)
    return QSize(hint.width() + max(0, more), hint.height())
