"""One row of the list, drawn."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ovn_desk.ui.articles.model import Heading, Index, RowRole, section_name
from ovn_desk.ui.widgets import theme
from ovn_desk.usecases.queries import ArticleRow


class RowPainter(QStyledItemDelegate):
    """Headline in up to three lines, what it is about and how old, and what it waits for."""

    def __init__(self, describe: Callable[[ArticleRow], tuple[str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._describe = describe

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item = index.data(RowRole)
        width = max(120, option.widget.width() if option.widget else 240)
        if isinstance(item, Heading):
            return QSize(width, 36)
        layout_height, _ = _headline(item, width - 32)
        has_chip = bool(self._describe(item)[1])
        return QSize(width, layout_height + 20 + (22 if has_chip else 0) + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(RowRole)
        now = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Heading):
            self._heading(painter, option.rect, item, now)
        else:
            self._row(painter, option, item, now)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, item: Heading, now: theme.Colours) -> None:
        font = theme.reading_font(11, language="en", bold=True)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.8)
        painter.setFont(font)
        painter.setPen(QColor(now.soft))
        inner = rect.adjusted(16, 12, -16, -4)
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, section_name(item.state).upper()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, str(item.count))

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: ArticleRow, now: theme.Colours) -> None:
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(now.accent_tint))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(now.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(now.line))
        inner = rect.adjusted(16, 8, -16, -8)
        height, layout = _headline(row, inner.width())
        painter.setPen(QColor(now.ink if row.headline else now.soft))
        layout.draw(painter, QPointF(inner.topLeft()))
        about, chip, tone = self._describe(row)
        painter.setPen(QColor(now.soft))
        painter.setFont(theme.reading_font(12, language="en"))
        line = QRect(inner.left(), inner.top() + height + 3, inner.width(), 17)
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading,
            painter.fontMetrics().elidedText(about, Qt.TextElideMode.ElideRight, line.width()),
        )
        if chip:
            self._chip(painter, QRect(inner.left(), line.bottom() + 4, inner.width(), 18), chip, tone, now)

    def _chip(self, painter: QPainter, rect: QRect, text: str, tone: str, now: theme.Colours) -> None:
        font = theme.reading_font(11, language="en", bold=True)
        fill, ink = {
            "calm": (now.accent_tint, now.accent),
            "warn": (now.amber_tint, now.amber),
            "bad": (now.red_tint, now.red),
        }.get(tone, (now.line, now.soft))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 16)
        rect.setWidth(QFontMetrics(font).horizontalAdvance(shown) + 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(rect, 9, 9)
        painter.setPen(QColor(ink))
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)


def _headline(row: ArticleRow, width: int) -> tuple[int, QTextLayout]:
    font = theme.reading_font(14 if row.language == "ur" else 13, language=row.language, bold=True)
    layout = QTextLayout(row.headline or "No headline yet", font)
    option = QTextOption()
    is_urdu = row.language == "ur"
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_urdu else Qt.LayoutDirection.LeftToRight)
    option.setAlignment(Qt.AlignmentFlag.AlignRight if is_urdu else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    for _ in range(3):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return round(height), layout
