"""The view of the list: 100,000 rows of different heights, of which only those in sight are measured and drawn."""

from collections.abc import Iterable
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.ui.articles.model import Articles, Index

_CHOOSING_SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_GUESS = 78  # the height of a row that was not seen yet, which only the scroll bar uses


class RowHeights(Protocol):
    """How high a row is when it is so wide, in pixels."""

    def __call__(self, index: Index, width: int) -> int: ...


class BadgeButton(Protocol):
    """Where in a row's rectangle its badge is a button; empty where it is none."""

    def __call__(self, index: Index, rect: QRect) -> QRect: ...


class ListView(QTableView):
    """A table of one column, for a table takes a row's height when it is needed and a list takes all of them."""

    discard_wanted = Signal()
    badge_pressed = Signal(str)
    """The badge of an article that asks for a decision, which is a button."""
    menu_wanted = Signal(QPoint)
    """The list's menu, at a point of the screen; what it is about is chosen."""
    article_clicked = Signal(str)
    """A click that chooses one: the article it began on, though its row moved before it ended."""

    def __init__(
        self, model: Articles, painter: QStyledItemDelegate, height: RowHeights, badge: BadgeButton, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._articles, self._height, self._badge = model, height, badge
        self._first, self._going, self._is_fitting = 0, 0, False
        self._typed, self._typed_at = "", 0.0
        self._pressed: tuple[ArticleId, QPoint] | None = None
        self.setModel(model)
        self.setItemDelegate(painter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(1)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(_GUESS)
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.fit_rows())
        model.rowsInserted.connect(lambda _parent, first, last: self._move_by(first, self._height_of(first, last)))
        model.rowsAboutToBeRemoved.connect(lambda _parent, first, last: self._note_height(first, last))
        model.rowsRemoved.connect(lambda _parent, first, _last: self._move_by(first, -self._going))
        for signal in (model.modelReset, model.dataChanged):
            signal.connect(lambda *_: self.fit_rows())

    def fit_rows(self) -> None:
        """Gives every row in sight its height; what is in sight below a row that grows stays where it is."""
        if self._is_fitting or not self.model().rowCount():
            return
        self._is_fitting = True
        try:
            grown = self._measure_rows()
            if grown:
                self.updateGeometries()
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + grown)
        finally:
            self._is_fitting = False

    def choose(self, place: QModelIndex) -> None:
        """Makes a row the current one and the only one that is chosen, whatever keys are held down."""
        self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """A row that comes into sight is measured first, and then shown whole."""
        super().scrollTo(index, hint)
        self.fit_rows()
        self.updateGeometries()
        super().scrollTo(index, hint)

    def keyboardSearch(self, search: str) -> None:
        """Goes to the next row whose headline begins with what is typed."""
        now = monotonic()
        is_further = now - self._typed_at < QApplication.keyboardInputInterval() / 1000
        self._typed, self._typed_at = (self._typed + search if is_further else search), now
        after = self.currentIndex().row() - (1 if is_further else 0)
        found = self._articles.first_beginning_with(self._typed, after)
        if found.isValid():
            self.choose(found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        line = self._articles.line(self.indexAt(at))
        is_click = event.button() is Qt.MouseButton.LeftButton and not event.modifiers() & _CHOOSING_SEVERAL
        self._pressed = (line.row.id, at) if is_click and line is not None else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a badge that is a button opens no row by itself."""
        pressed, self._pressed = self._pressed, None
        line = self._articles.line(self._badge_at(event.position().toPoint()))
        if event.button() is Qt.MouseButton.LeftButton and not event.modifiers() and line is not None:
            self.setState(QAbstractItemView.State.NoState)
            self.badge_pressed.emit(line.row.id)
            return
        super().mouseReleaseEvent(event)
        if pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        article, began = pressed
        at = event.position().toPoint()
        is_still = (at - began).manhattanLength() < QApplication.startDragDistance()
        if is_still or self._articles.place_of(article) == self.indexAt(at):
            self.article_clicked.emit(article)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_button = self._badge_at(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_button else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def _badge_at(self, at: QPoint) -> QModelIndex:
        """The row whose badge is a button and lies at a point of the viewport; invalid for none."""
        index = self.indexAt(at)
        is_button = index.isValid() and self._badge(index, self.visualRect(index)).contains(at)
        return index if is_button else QModelIndex()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key is about the row that has the keyboard, a click about the one under the pointer."""
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if self._articles.line(place) is not None:
            if is_by_key:
                self.scrollTo(place)
            at = self.visualRect(place).center() if is_by_key else event.pos()
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Delete:
                self.discard_wanted.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
            case Qt.Key.Key_Home:
                self._go_to(range(self.model().rowCount()))
            case Qt.Key.Key_End:
                self._go_to(reversed(range(self.model().rowCount())))
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_rows()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit_rows()

    def _height_of(self, first: int, last: int) -> int:
        return sum(self.rowHeight(row) for row in range(first, last + 1))

    def _note_height(self, first: int, last: int) -> None:
        """How high the rows are that go, for once they are gone nobody knows."""
        self._going = self._height_of(first, last)

    def _move_by(self, row: int, grown: int) -> None:
        """What is in sight stays where it is while rows come and go above it."""
        bar = self.verticalScrollBar()
        if row <= self._first and bar.value() > 0:
            self.updateGeometries()
            bar.setValue(bar.value() + grown)
        self.fit_rows()

    def _measure_rows(self) -> int:
        """Sets the heights of the rows in sight; how many pixels those above what was the first row have grown by."""
        width, height = self.viewport().width(), self.viewport().height()
        model: QAbstractItemModel = self.model()
        row = first = max(0, self.rowAt(0))
        top, grown = self.rowViewportPosition(first), 0
        before, self._first = self._first, first
        while row < model.rowCount() and top < height + grown:
            old, new = self.rowHeight(row), self._height(model.index(row, 0), width)
            if old != new:
                self.setRowHeight(row, new)
                grown += new - old if row < before else 0
            top += new
            row += 1
        return grown if row > before else 0  # after a leap nothing in sight has to stay where it was

    def _go_to(self, rows: Iterable[int]) -> None:
        for row in rows:
            index = self.model().index(row, 0)
            if self.model().flags(index) & Qt.ItemFlag.ItemIsSelectable:
                self.choose(index)
                self.scrollToTop() if row < 2 else None
                return
