"""How large a table is to be: a grid of cells at the cursor, chosen with the mouse or with the arrow keys."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ovn_desk.ui.widgets import theme

MOST_ROWS, MOST_COLUMNS = 8, 6
_CELL, _GAP = QSize(34, 22), 4
_STEPS = {
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
}


class TableGrid(QFrame):
    """A popup; Enter or a click chooses what is marked, Escape or a click elsewhere leaves."""

    chosen = Signal(int, int)
    """Rows, the head among them, and columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows = self.columns = 3
        self._cells = _Cells(self)
        self._cells.setMouseTracking(True)
        self._label = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._cells)
        column.addWidget(self._label)
        self.mark(3, 3)

    def open_at(self, place: QPoint) -> None:
        """Shows it at a place of the screen, whole."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(place.x(), room.right() - self.width())
        top = place.y() if place.y() + self.height() < room.bottom() else room.bottom() - self.height()
        self.move(max(room.left(), left), max(room.top(), top))
        self.show()
        self.setFocus()

    def mark(self, rows: int, columns: int) -> None:
        """Marks so many rows and columns, and says it."""
        self.rows = min(max(2, rows), MOST_ROWS)
        self.columns = min(max(1, columns), MOST_COLUMNS)
        words = self.tr("{rows} rows, {columns} columns").format(rows=self.rows, columns=self.columns)
        if self.columns == 1:
            words = self.tr("{rows} rows, 1 column").format(rows=self.rows)
        self._label.setText(words)
        self.setAccessibleName(self.tr("Size of the table: {size}").format(size=words))
        self._cells.update()

    def choose(self) -> None:
        """Gives what is marked, and goes."""
        self.chosen.emit(self.rows, self.columns)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            down, right = _STEPS[key]
            right = -right if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else right
            self.mark(self.rows + down, self.columns + right)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.choose()
        else:
            super().keyPressEvent(event)


class _Cells(QWidget):
    """The grid itself."""

    def __init__(self, grid: TableGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self.setFixedSize(
            MOST_COLUMNS * (_CELL.width() + _GAP) - _GAP + 2, MOST_ROWS * (_CELL.height() + _GAP) - _GAP + 2
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = theme.colours(), QPainter(self)
        for row in range(MOST_ROWS):
            for column in range(MOST_COLUMNS):
                is_marked = row < self._grid.rows and column < self._grid.columns
                painter.setPen(QColor(now.accent if is_marked else now.faint))
                painter.setBrush(QColor(now.accent_tint if is_marked else now.sheet))
                painter.drawRect(self._box(row, column))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark_under(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self.rect().contains(place):
            self._mark_under(place)
            self._grid.choose()

    def _mark_under(self, place: QPoint) -> None:
        x = self.width() - place.x() if self._is_rtl else place.x()
        self._grid.mark(place.y() // (_CELL.height() + _GAP) + 1, x // (_CELL.width() + _GAP) + 1)

    def _box(self, row: int, column: int) -> QRect:
        left = column * (_CELL.width() + _GAP)
        if self._is_rtl:
            left = self.width() - 2 - left - _CELL.width()
        return QRect(QPoint(left, row * (_CELL.height() + _GAP)), _CELL)

    @property
    def _is_rtl(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft
