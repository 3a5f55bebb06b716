"""The rows of the evidence pane: what is claimed, and under it where it stands and what to do next."""

import re

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.ui.inspector.evidence.card import ClaimCard
from ovn_desk.ui.widgets import theme

Index = QModelIndex | QPersistentModelIndex
NOTE, ACTION = Qt.ItemDataRole.UserRole + 10, Qt.ItemDataRole.UserRole + 11
"""Where a row keeps what stands under its words, and the words of what to do about it."""
TITLE = Qt.ItemDataRole.UserRole + 12
"""Where a group keeps its title without its count."""
_HIGHEST = 6_000  # pixels, more than a hundred rows; what is longer scrolls by itself, beside the pane's own bar
_SIDE, _ABOVE, _GAP, _ARROW = 8, 5, 1, 14
_WRAPPED = Qt.TextFlag.TextWordWrap
_LONG = re.compile(r"\S{24}(?=\S)")  # an address, as of a page: it may break after so many letters


class ClaimRows(QTreeWidget):
    """Groups of rows as high as their words need. A click on a row chooses it, one on its action does that.

    No row above the pointer goes away under it: where a card was taken away its room is left until the pointer leaves.
    """

    action_wanted = Signal(QTreeWidgetItem)
    place_wanted = Signal(QTreeWidgetItem)
    """A row was clicked, or Enter was pressed on it."""
    pointer_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("claims")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._painter = _RowPainter(self)
        self.setItemDelegate(self._painter)
        self._clicked_at = QPoint()
        self._left_open: dict[str, bool] = {}
        self._seat: QTreeWidgetItem | None = None
        self._card: ClaimCard | None = None
        self._gaps: list[QTreeWidgetItem] = []
        """Rows without words, where cards stood that were opened and closed while the pointer is here."""
        self.itemClicked.connect(self._take_click)
        self.itemExpanded.connect(lambda _: self.fit())
        self.itemCollapsed.connect(lambda _: self.fit())
        self.itemActivated.connect(lambda row, _: self._go(row))

    def seat(self, card: ClaimCard, under: QTreeWidgetItem) -> None:
        """Puts the card below a row, as wide as the rows."""
        if self._seat is not None and self.itemAbove(self._seat) is under:
            self.fit()
            return
        self.unseat()
        group = under.parent()
        if group is None:
            return
        group.setExpanded(True)
        row, holder = QTreeWidgetItem(), QWidget()
        row.setFlags(Qt.ItemFlag.NoItemFlags)
        column = QVBoxLayout(holder)
        column.setContentsMargins(_SIDE, 2, _SIDE, 8)
        column.addWidget(card)
        self._seat, self._card = row, card
        group.insertChild(group.indexOfChild(under) + 1, row)
        self.setItemWidget(row, 0, holder)
        card.show()
        self.fit()

    def unseat(self) -> None:
        """Takes the card away, and leaves it whole: what stands in a row is deleted with it."""
        row, card, self._seat = self._seat, self._card, None
        if row is None or card is None:
            return
        card.hide()
        card.setParent(self.parentWidget())
        if self.is_pointed_at:
            self.removeItemWidget(row, 0)
            self._gaps.append(row)
        elif (group := row.parent()) is not None:
            group.removeChild(row)
        self.fit()

    def clear(self) -> None:
        self.unseat()
        self._gaps = []
        super().clear()

    @property
    def is_pointed_at(self) -> bool:
        """Whether the pointer is on the rows, also while a menu or the palette lies over them."""
        seen = self.viewport()
        return self.isVisible() and seen.visibleRegion().contains(seen.mapFromGlobal(QCursor.pos()))

    def leaveEvent(self, event: QEvent) -> None:
        """What was held in its place for the pointer is not any more."""
        super().leaveEvent(event)
        if not self.is_pointed_at:
            for gap in self._gaps:
                if (group := gap.parent()) is not None:
                    group.removeChild(gap)
            self._gaps = []
            self.fit()
            self.pointer_left.emit()

    def is_left_open(self, title: str, *, otherwise: bool) -> bool:
        """Whether somebody left a group open; `otherwise` where nobody opened or closed it."""
        return self._left_open.get(title, otherwise)

    def add_group(self, title: str, number: int) -> QTreeWidgetItem:
        """A heading with its count; Enter or a click opens and closes it."""
        group = QTreeWidgetItem([f"{title}  {number}"])
        group.setData(0, TITLE, title)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        self.addTopLevelItem(group)
        return group

    def fit(self) -> None:
        """Takes the height that its rows need: a pane that scrolls is enough, unless they are many."""
        if self._seat is not None and self._card is not None:
            width = self.viewport().width()
            tall = self._card.height_at(width - 2 * _SIDE) + 10
            if self._seat.sizeHint(0) != QSize(width, tall):
                self._seat.setSizeHint(0, QSize(width, tall))
        height, row = 4, self.topLevelItem(0)
        while row is not None and height < _HIGHEST:
            height += self.sizeHintForIndex(self.indexFromItem(row)).height()
            row = self.itemBelow(row)
        self.setMinimumHeight(min(height, _HIGHEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # words take other lines
            self.fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._clicked_at = event.position().toPoint()
        super().mouseReleaseEvent(event)

    def _take_click(self, row: QTreeWidgetItem, _column: int) -> None:
        index = self.indexFromItem(row)
        if self._painter.action_box(index, self.visualItemRect(row), self.font()).contains(self._clicked_at):
            self.action_wanted.emit(row)
        else:
            self._go(row)

    def _go(self, row: QTreeWidgetItem) -> None:
        if row.parent() is None:
            row.setExpanded(not row.isExpanded())
            self._left_open[str(row.data(0, TITLE))] = row.isExpanded()
        else:
            self.place_wanted.emit(row)


class _RowPainter(QStyledItemDelegate):
    """Words that wrap, and a soft line under them that ends in what to do."""

    def __init__(self, view: ClaimRows) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        seat = index.data(Qt.ItemDataRole.SizeHintRole)
        if isinstance(seat, QSize):
            return seat
        width, metrics = self._view.viewport().width(), QFontMetrics(option.font)
        if not index.parent().isValid():
            return QSize(width, metrics.height() + 14)
        words = self._words_box(index, QRect(0, 0, width, 0), metrics)
        return QSize(width, words.height() + metrics.height() + _GAP + 2 * _ABOVE + 2)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _: Index) -> None:
        """The card has its whole row; Qt would leave room round it as round words."""
        editor.setGeometry(option.rect)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not index.parent().isValid():
            self._paint_arrow(painter, option)
            option.rect = option.rect.adjusted(_ARROW, 0, 0, 0)
            super().paint(painter, option, index)
            return
        if index.data(Qt.ItemDataRole.SizeHintRole) is not None:
            return  # the card paints itself
        now = theme.colours()
        state, box = option.state, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected or state & QStyle.StateFlag.State_MouseOver:
            is_chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.accent_tint if is_chosen else now.panel))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        painter.setFont(option.font)
        words = self._words_box(index, box, QFontMetrics(option.font))
        painter.setPen(QColor(now.ink))
        painter.drawText(words, _WRAPPED, _breakable(index))
        below = QRect(words.left(), words.bottom() + _GAP + 1, words.width(), QFontMetrics(option.font).height())
        painter.setPen(QColor(now.soft))
        room = below.width() - (self.action_box(index, box, option.font).width() if index.data(ACTION) else 0)
        note = QFontMetrics(option.font).elidedText(index.data(NOTE) or "", Qt.TextElideMode.ElideRight, room - 8)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeading, note)
        painter.setPen(QColor(now.accent))
        painter.drawText(below, Qt.AlignmentFlag.AlignTrailing, index.data(ACTION) or "")
        painter.restore()

    def _paint_arrow(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Down where a group is open, to the side where it is folded."""
        middle = QPointF(option.rect.left() + _ARROW / 2 + 1, option.rect.center().y() + 1)
        turned = [QPointF(-4, -2), QPointF(0, 2), QPointF(4, -2)]
        if not option.state & QStyle.StateFlag.State_Open:
            turned = [QPointF(point.y(), point.x()) for point in turned]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.colours().soft), 1.5))
        painter.drawPolyline([middle + point for point in turned])
        painter.restore()

    def action_box(self, index: Index, box: QRect, font: QFont) -> QRect:
        """Where the action of a row that lies in a box is pressed; empty without one."""
        action = index.data(ACTION)
        if not action or not index.parent().isValid():
            return QRect()
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(action) + _SIDE, metrics.height() + 2 * _ABOVE
        is_rtl = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = box.left() if is_rtl else box.right() - width - _SIDE
        return QRect(left, box.bottom() - height, width + _SIDE, height + 1)

    def _words_box(self, index: Index, box: QRect, metrics: QFontMetrics) -> QRect:
        room = box.adjusted(_SIDE, _ABOVE, -_SIDE, 0)
        taken = metrics.boundingRect(QRect(0, 0, max(40, room.width()), 10_000), _WRAPPED, _breakable(index))
        return QRect(room.left(), room.top(), room.width(), taken.height())


def _breakable(index: Index) -> str:
    """A row's words, which take another line between two of them; only what is longer than any word within itself."""
    return _LONG.sub(lambda run: f"{run[0]}\u200b", str(index.data(Qt.ItemDataRole.DisplayRole)))
