"""Choices, numbers, times and tabs that the mouse wheel never changes: it scrolls the pane they stand in.

Qt's own change under a pointer that only passes, and take the keyboard as they do: a panel could not be scrolled
without changing what stands in it. A field with the keyboard is passed as well as any other, so even that one stays;
its arrows, its keys and its open list are there to change it. `tests/ui/test_inputs.py` sees that the window has no
others.
"""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QFontComboBox,
    QSpinBox,
    QTabBar,
    QTabWidget,
    QWidget,
)

Field = TypeVar("Field", bound=QWidget)


def pass_wheel_on(_field: QWidget, event: QWheelEvent) -> None:
    """Leaves a turn of the wheel to whatever the field lies on."""
    event.ignore()


def _scroll_past(kind: type[Field]) -> type[Field]:
    """Makes a kind of field one that the wheel does not change."""
    kind.wheelEvent = pass_wheel_on  # type: ignore[method-assign]
    return kind


@_scroll_past
class Choice(QComboBox):
    """A drop-down list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


@_scroll_past
class FontChoice(QFontComboBox):
    """A drop-down list of fonts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


@_scroll_past
class Number(QSpinBox):
    """A whole number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(8, 0, 0, 0)  # the style sheet's padding does not reach it
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


@_scroll_past
class Moment(QDateTimeEdit):
    """A day and a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


@_scroll_past
class Day(QDateEdit):
    """A day, with a calendar to choose it from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


@_scroll_past
class TabBar(QTabBar):
    """Tabs to choose from."""


class Tabs(QTabWidget):
    """Pages behind tabs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabBar(TabBar(self))
