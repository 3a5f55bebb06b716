"""A line of the history as it is read: what was done, who did it and when, what was said, what is wrong."""

from collections import OrderedDict
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QFont, QPainter, QPalette, QTextDocument
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ovn_desk.ui.widgets import theme

EntryRole = Qt.ItemDataRole.UserRole + 1
_SIDE, _TOP = 10, 6
_MOST_KEPT = 400


@dataclass(frozen=True, slots=True)
class EntryText:
    """The words of one line; `is_now` is the version that is open."""

    what: str
    about: str
    note: str = ""
    problem: str = ""
    is_now: bool = False

    @property
    def plain(self) -> str:
        """The same for whoever hears it."""
        warning = f"⚠ {self.problem}" if self.problem else ""
        return "\n".join(part for part in (self.what, self.about, self.note, warning) if part)


class EntryPainter(QStyledItemDelegate):
    """Lays a line out in the width of the list, in as many lines of text as it needs."""

    def __init__(self, now: str, parent: QObject | None = None) -> None:
        """`now` is what stands beside the version that is open."""
        super().__init__(parent)
        self._now = now
        self._documents: OrderedDict[tuple[EntryText, int, bool], QTextDocument] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = option.rect.width() or 260
        return QSize(width, round(self._document(index, width, option.font).size().height()) + 2 * _TOP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        now = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.accent_tint if is_chosen else now.panel))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 6, 6)
        painter.translate(option.rect.left() + _SIDE, option.rect.top() + _TOP)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(now.ink))
        self._document(index, option.rect.width(), option.font).documentLayout().draw(painter, context)
        painter.restore()

    def _document(self, index: QModelIndex | QPersistentModelIndex, width: int, font: QFont) -> QTextDocument:
        said: EntryText = index.data(EntryRole)
        key = (said, width, theme.is_dark())
        if key in self._documents:
            self._documents.move_to_end(key)
            return self._documents[key]
        made = QTextDocument()
        made.setDocumentMargin(0)
        made.setDefaultFont(font)
        made.setTextWidth(max(60, width - 2 * _SIDE))
        made.setHtml(self._html(said))
        self._documents[key] = made
        if len(self._documents) > _MOST_KEPT:
            self._documents.popitem(last=False)
        return made

    def _html(self, said: EntryText) -> str:
        now = theme.colours()
        mark = f' <span style="color:{now.accent}">{escape(self._now)}</span>' if said.is_now else ""
        lines = [f"<b>{escape(said.what)}</b>{mark}", f'<span style="color:{now.soft}">{escape(said.about)}</span>']
        if said.note:
            lines.append(escape(said.note))
        if said.problem:
            lines.append(f'<span style="color:{now.red}">⚠ {escape(said.problem)}</span>')
        return "<br>".join(lines)
