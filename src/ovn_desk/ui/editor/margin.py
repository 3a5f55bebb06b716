"""Small signs beside the lines that something is to be said about: a claim without a source, a comment."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QToolTip, QWidget

from ovn_desk.domain.checklist import Problem
from ovn_desk.ui.editor.document import OVERHANG
from ovn_desk.ui.editor.text import Editor
from ovn_desk.ui.widgets import theme

_WIDTH, _HIT = 20, 9


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign at a place of the text; `tone` is a colour's name, `is_ring` an outline instead of a dot.

    `name` is a comment's, `problem` the line of the checklist that it tells of.
    """

    cursor: QTextCursor
    tone: str
    words: str
    is_ring: bool = False
    name: str = ""
    problem: Problem | None = None


class Margin(QWidget):
    """Stands where the paragraphs begin; a click on a sign asks for its place."""

    chosen = Signal(object)

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._signs: dict[str, list[Sign]] = {}
        self.setMouseTracking(True)
        editor.viewport().installEventFilter(self)
        editor.verticalScrollBar().valueChanged.connect(lambda _: self.update())
        editor.textChanged.connect(self.update)
        editor.opened.connect(self._forget)

    def show_signs(self, kind: str, signs: Sequence[Sign]) -> None:
        """Shows signs; those of one kind replace each other."""
        self._signs[kind] = list(signs)
        self.update()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._place()
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.colours()
        for sign, place in self._visible_signs():
            colour = QColor(getattr(now, sign.tone))
            painter.setPen(colour)
            painter.setBrush(Qt.BrushStyle.NoBrush if sign.is_ring else colour)
            painter.drawEllipse(QPointF(place), 3.5, 3.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if sign := self._at(event.position().toPoint()):
            self.chosen.emit(sign)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_over = self._at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (sign := self._at(event.pos())):
            QToolTip.showText(event.globalPos(), sign.words, self)
            return True
        return super().event(event)

    def _visible_signs(self) -> list[tuple[Sign, QPoint]]:
        """The signs in the window; several at one line stand below each other's place."""
        view = self._editor.viewport()
        first = self._editor.cursorForPosition(QPoint(0, 0)).position()
        last = self._editor.cursorForPosition(view.rect().bottomRight()).position()
        found, taken = [], set()
        for sign in (sign for signs in self._signs.values() for sign in signs):
            if not first <= sign.cursor.position() <= last or sign.cursor.document() is not self._editor.document():
                continue
            box: QRect = self._editor.cursorRect(sign.cursor)
            y = box.center().y() + view.y() - self.y()
            while y in taken:
                y += _HIT
            taken.add(y)
            found.append((sign, QPoint(self.width() // 2, y)))
        return found

    def _at(self, point: QPoint) -> Sign | None:
        return next((s for s, place in self._visible_signs() if (place - point).manhattanLength() <= _HIT), None)

    def _place(self) -> None:
        view = self._editor.viewport()
        is_rtl = self._editor.language == "ur"
        left = view.x() + view.width() - OVERHANG if is_rtl else view.x() + OVERHANG - _WIDTH
        self.setGeometry(max(0, left), view.y(), _WIDTH, view.height())

    def _forget(self) -> None:
        self._signs.clear()
        self._place()
        self.update()
