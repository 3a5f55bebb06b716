"""What stands whole where there is room, and scrolls where there is not."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class GivingWay(QScrollArea):
    """Wants the height of what it holds, and is content with `least` pixels."""

    def __init__(self, widget: QWidget, *, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held, self._least = widget, least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(widget)
        widget.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return QSize(self._held.sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._least, self._height()))

    def _height(self) -> int:
        layout = self._held.layout()
        if self._held.isHidden() or layout is None:
            return 0
        hint = layout.totalSizeHint().height()
        return max(hint, layout.totalHeightForWidth(self.viewport().width())) if layout.hasHeightForWidth() else hint

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._held and event.type() in {
            QEvent.Type.LayoutRequest,
            QEvent.Type.Show,
            QEvent.Type.Hide,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        }:
            self.updateGeometry()
        return super().eventFilter(watched, event)
