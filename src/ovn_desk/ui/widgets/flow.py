"""Widgets that go on in the next line where one is full, as words do."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Flow(QWidget):
    """Places widgets beside each other at their own width, none wider than itself, mirrored where it is."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 4) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        self._gap = spacing
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_widgets(self, widgets: list[QWidget]) -> None:
        """Has these widgets and no others, in this order; those that go are deleted."""
        for gone in self._widgets:
            if gone not in widgets:
                gone.hide()
                gone.deleteLater()
        self._widgets = list(widgets)
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self.updateGeometry()
        self._place(self.width())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        width = self.width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As wide as nothing: what is wider than the room for it is cut there, and its tip says it whole."""
        return QSize(0, max((widget.sizeHint().height() for widget in self._widgets), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(event.size().width())

    def event(self, event: QEvent) -> bool:
        """A chip that has other words or another font needs other room."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange}:
            self.updateGeometry()
            self._place(self.width())
        return super().event(event)

    def _place(self, width: int) -> None:
        for widget, place in zip(self._widgets, self._places(width), strict=True):
            widget.setGeometry(place)

    def _places(self, width: int) -> list[QRect]:
        """Where each widget stands when it is so wide."""
        left = top = line = 0
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        made = []
        for widget in self._widgets:
            size = widget.sizeHint().boundedTo(QSize(max(1, width), 16_777_215))
            if left and left + size.width() > width:
                left, top, line = 0, top + line + self._gap, 0
            start = width - left - size.width() if is_mirrored else left
            made.append(QRect(start, top, size.width(), size.height()))
            left, line = left + size.width() + self._gap, max(line, size.height())
        return made
