"""What of a picture is shown: a rectangle drawn on it with the mouse, or typed in numbers."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.image import Image
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.inputs import Number

_HIGHEST = 240
_SMALLEST_DRAG = 6


class CropStage(QWidget):
    """The whole picture with what is left out dimmed; dragging draws a new rectangle."""

    drawn = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("The picture; drag to choose what is shown"))
        self._picture = QImage()
        self._whole = QSize(1, 1)
        self._box = QRect()
        self._from: QPointF | None = None

    def show_picture(self, picture: QImage) -> None:
        self._picture = picture
        self.update()

    def show_box(self, whole: QSize, box: QRect) -> None:
        """The size of the file, and the rectangle in it, both in its pixels."""
        self._whole, self._box = whole, box
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        dragged = QRectF(self._from, event.position()).normalized() & self._frame()
        if dragged.width() < _SMALLEST_DRAG or dragged.height() < _SMALLEST_DRAG:
            return  # a click chooses nothing
        scale, corner = self._scale(), self._frame().topLeft()
        start, size = (dragged.topLeft() - corner) / scale, dragged.size() / scale
        self.drawn.emit(QRect(start.toPoint(), size.toSize()) & QRect(QPoint(), self._whole))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._from = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame, scale = self._frame(), self._scale()
        painter.fillRect(frame, QColor(theme.colours().panel))
        painter.drawImage(frame, self._picture)
        chosen = QRectF(frame.topLeft() + QPointF(self._box.topLeft()) * scale, self._box.size().toSizeF() * scale)
        painter.save()
        painter.setClipRect(frame)
        dim = QColor(theme.colours().panel)
        dim.setAlphaF(0.72)
        for part in _around(frame, chosen):
            painter.fillRect(part, dim)
        painter.restore()
        painter.setPen(QPen(QColor(theme.colours().accent), 2))
        painter.drawRect(chosen.adjusted(1, 1, -1, -1))
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(max(1, round(min(_HIGHEST, self._whole.height() * self._scale()))))

    def _scale(self) -> float:
        """Points on the screen for one pixel of the file; a small picture is not drawn larger than it is."""
        across, down = self.width() / self._whole.width(), _HIGHEST / self._whole.height()
        return max(1e-6, min(across, down, 1.0))

    def _frame(self) -> QRectF:
        size = self._whole.toSizeF() * self._scale()
        return QRectF(QPointF((self.width() - size.width()) / 2, 0), size)


def _around(frame: QRectF, inner: QRectF) -> list[QRectF]:
    """The four parts of a frame that lie above, below and beside a rectangle in it."""
    return [
        QRectF(frame.topLeft(), QPointF(frame.right(), inner.top())),
        QRectF(QPointF(frame.left(), inner.bottom()), frame.bottomRight()),
        QRectF(QPointF(frame.left(), inner.top()), inner.bottomLeft()),
        QRectF(inner.topRight(), QPointF(frame.right(), inner.bottom())),
    ]


class Crop(QWidget):
    """The stage and the same rectangle as four numbers."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = CropStage()
        self.whole = QPushButton(self.tr("Whole picture"))
        self.whole.setProperty("flat", True)
        self._image = Image()
        self._numbers = {name: Number() for name in ("left", "top", "width", "height")}
        labels = {
            "left": self.tr("Crop from left"),
            "top": self.tr("Crop from top"),
            "width": self.tr("Crop width"),
            "height": self.tr("Crop height"),
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        for place, (name, number) in enumerate(self._numbers.items()):
            number.setObjectName(f"crop-{name}")
            number.setSuffix(" px")
            number.setMinimumWidth(60)
            for part in (number, number.lineEdit()):
                part.setAccessibleName(labels[name])
            number.valueChanged.connect(self._show)
            number.valueChanged.connect(self.changed)
            number.lineEdit().returnPressed.connect(self.confirmed)
            label = QLabel(labels[name])
            label.setProperty("role", "label")
            label.setBuddy(number)
            grid.addWidget(label, place // 2 * 2, place % 2)
            grid.addWidget(number, place // 2 * 2 + 1, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stage)
        column.addLayout(grid)
        column.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeading)
        self.stage.drawn.connect(self._choose)
        self.whole.clicked.connect(lambda: self._choose(QRect(0, 0, self._image.width, self._image.height)))

    def edit(self, image: Image) -> None:
        if image.sha256 != self._image.sha256:
            self.stage.show_picture(QImage())
        self._image = image
        for name, most in (
            ("left", image.width - 1),
            ("top", image.height - 1),
            ("width", image.width),
            ("height", image.height),
        ):
            self._numbers[name].setRange(0 if name in {"left", "top"} else 1, max(1, most))
        self._set(QRect(*image.box))

    @property
    def value(self) -> tuple[int, ...]:
        """The crop as an article keeps it: empty for the whole picture."""
        left, top, width, height = (number.value() for number in self._numbers.values())
        width, height = min(width, self._image.width - left), min(height, self._image.height - top)
        is_whole = (left, top, width, height) == (0, 0, self._image.width, self._image.height)
        return () if is_whole else (left, top, width, height)

    def _choose(self, box: QRect) -> None:
        self._set(box)
        self.changed.emit()

    def _set(self, box: QRect) -> None:
        values = (box.left(), box.top(), box.width(), box.height())
        for number, value in zip(self._numbers.values(), values, strict=True):
            with QSignalBlocker(number):  # four numbers are one change
                number.setValue(value)
        self._show()

    def _show(self) -> None:
        box = QRect(*(self.value or (0, 0, self._image.width, self._image.height)))
        self.stage.show_box(QSize(max(1, self._image.width), max(1, self._image.height)), box)
