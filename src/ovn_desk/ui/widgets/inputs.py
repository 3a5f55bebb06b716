"""Choices, numbers, times and tabs that the mouse wheel never changes: it scrolls the pane they stand in.

Qt's own change under a pointer that only passes, and take the keyboard as they do: a panel could not be scrolled
without changing what stands in it. A field with the keyboard is passed as well as any other, so even that one stays;
its arrows, its keys and its open list are there to change it. `tests/ui/test_inputs.py` sees that the window has no
others.
"""

from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
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


MOST_ROWS = 12
"""How many rows of a drop-down list are seen at once; the others scroll."""


def _fit_popup(box: QComboBox) -> None:
    """Makes the open list as high as its rows, whole ones, and as wide as its words.

    Qt reckons without what the style sheet adds to a row, and scrolls sideways, over the last one, what is too wide.
    """
    view, popup, screen = box.view(), box.view().window(), box.screen().availableGeometry()
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    is_above = popup.geometry().bottom() <= box.mapToGlobal(QPoint(0, 0)).y()
    for _ in range(2):  # with room enough Qt takes the arrows away that scroll, and leaves a gap where they were
        QApplication.sendPostedEvents(popup, QEvent.Type.LayoutRequest)
        was, over = popup.geometry(), popup.size() - view.viewport().size()
        row = max(1, view.sizeHintForRow(max(0, box.currentIndex())))
        rows = max(1, min(box.count(), box.maxVisibleItems(), (screen.height() - over.height()) // row))
        width = max(was.width(), view.sizeHintForColumn(box.modelColumn()) + over.width())
        place = QRect(was.left(), was.top(), min(width, screen.width()), rows * row + over.height())
        if is_above:
            place.moveBottom(was.bottom())
        place.moveTop(max(screen.top(), min(place.top(), screen.bottom() + 1 - place.height())))
        place.moveLeft(max(screen.left(), min(place.left(), screen.right() + 1 - place.width())))
        popup.setGeometry(place)
    view.scrollTo(view.currentIndex())


def pass_wheel_on(_field: QWidget, event: QWheelEvent) -> None:
    """Leaves a turn of the wheel to whatever the field lies on."""
    event.ignore()


def _scroll_past(kind: type[Field]) -> type[Field]:
    """Makes a kind of field one that the wheel does not change."""
    kind.wheelEvent = pass_wheel_on  # type: ignore[method-assign]
    return kind


@_scroll_past
class Choice(QComboBox):
    """A drop-down list, which opens as high as its rows, and as wide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(MOST_ROWS)

    def showPopup(self) -> None:
        super().showPopup()
        _fit_popup(self)


@_scroll_past
class FontChoice(QFontComboBox):
    """A drop-down list of fonts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(MOST_ROWS)

    def showPopup(self) -> None:
        super().showPopup()
        _fit_popup(self)


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
