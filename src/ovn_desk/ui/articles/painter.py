"""One row of the list, laid out and drawn: in its own height, so that rows never overlap."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from ovn_desk.text import direction
from ovn_desk.ui.articles.model import Heading, Index, RowRole, section_name
from ovn_desk.ui.articles.row_text import RowText
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.icons import icon
from ovn_desk.usecases.article_list import ListLine

_SIDE, _TOP, _GAP = 16, 8, 2
_BADGE, _PIN, _HEADING = 18, 14, 36
_HEADLINE_LINES, _ABOUT_LINES = 3, 2
_MOST_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of text, and their height in pixels."""

    layouts: tuple[tuple[float, QTextLayout], ...]
    height: int

    def draw(self, painter: QPainter, at: QPointF) -> None:
        for top, layout in self.layouts:
            layout.draw(painter, at + QPointF(0, top))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's texts, laid out for a width."""

    headline: _Block
    about: _Block
    height: int


class RowPainter(QStyledItemDelegate):
    """Headline in up to three lines, who and when, somebody's own words, and what is to be done.

    The accent's edge marks the open story and no other: a row that keys or the mouse only chose is grey.
    """

    outgrown = Signal()
    """A row was drawn whose text has another height by now, as when `just now` became `12 min ago`."""

    def __init__(
        self,
        make_text: Callable[[ListLine], RowText],
        is_open: Callable[[ListLine], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_text, self._is_open = make_text, is_open
        self._rows: OrderedDict[tuple[RowText, int], _Row] = OrderedDict()

    def row_height(self, index: Index, width: int) -> int:
        """How high a row is when it is so wide, in pixels."""
        item = index.data(RowRole)
        if not isinstance(item, ListLine):
            return _HEADING
        return self._lay_out(self._make_text(item), width).height

    def badge_button(self, index: Index, rect: QRect) -> QRect:
        """Where in a row the badge is that asks for a decision; empty where the row has none."""
        item = index.data(RowRole)
        if not isinstance(item, ListLine) or item.row.versions < 2:
            return QRect()
        place = _badge_place(rect)
        return place.adjusted(0, 0, _badge_width(self._make_text(item).badge, place.width()) - place.width(), 0)

    def forget(self) -> None:
        """Lays everything out anew, for another theme or size of type."""
        self._rows.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.rect.width() or 240
        return QSize(width, self.row_height(index, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(RowRole)
        now = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)
        if isinstance(item, Heading):
            _draw_heading(painter, option.rect, item, now)
        elif isinstance(item, ListLine):
            self._draw_row(painter, option, item, now)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole of a row, where what is in sight was too long."""
        item = index.data(RowRole) if index.isValid() else None
        if event.type() != QEvent.Type.ToolTip or not isinstance(item, ListLine):
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), self._make_text(item).whole, view)
        return True

    def _draw_row(self, painter: QPainter, option: QStyleOptionViewItem, item: ListLine, now: theme.Colours) -> None:
        rect, text, is_open = option.rect, self._make_text(item), self._is_open(item)
        row = self._lay_out(text, rect.width())
        if row.height != rect.height():
            self.outgrown.emit()
        _draw_background(painter, option, now, is_open=is_open)
        at = QPointF(rect.left() + _SIDE, rect.top() + _TOP)
        painter.setPen(QColor(now.ink if text.has_headline else now.soft))
        row.headline.draw(painter, at)
        painter.setPen(QColor(now.soft))
        row.about.draw(painter, at + QPointF(0, row.headline.height + _GAP))
        if text.badge:
            _draw_badge(painter, _badge_place(rect), text, now, is_open=is_open)
        if text.is_pinned:
            icon("pin", "accent").paint(painter, QRect(rect.right() - _PIN - 4, rect.top() + _TOP, _PIN, _PIN))

    def _lay_out(self, text: RowText, width: int) -> _Row:
        key = (text, width)
        if key in self._rows:
            self._rows.move_to_end(key)
            return self._rows[key]
        room = max(80, width - 2 * _SIDE - (_PIN if text.is_pinned else 0))
        is_urdu = text.language == "ur"
        font = theme.reading_font(14 if is_urdu else 13, language=text.language, bold=True)
        headline = _lines(text.headline, font, room, most=_HEADLINE_LINES, is_rtl=is_urdu)
        about = _about(text, room)
        badge = _BADGE + 4 if text.badge else 0
        made = self._rows[key] = _Row(headline, about, 2 * _TOP + headline.height + _GAP + about.height + badge)
        if len(self._rows) > _MOST_KEPT:
            self._rows.popitem(last=False)
        return made


def _about(text: RowText, width: int) -> _Block:
    """Who and when in a soft colour, then somebody's own words in ink."""
    said = f"{text.about} {text.quote}" if text.quote else text.about
    quoted = QTextLayout.FormatRange()
    quoted.start, quoted.length = len(text.about.encode("utf-16-le")) // 2, len(text.quote.encode("utf-16-le")) // 2 + 1
    look = QTextCharFormat()
    look.setForeground(QColor(theme.colours().ink))
    if direction.language_of(text.quote) == "ur":
        look.setFont(theme.reading_font(13, language="ur"))
    quoted.format = look
    font = theme.reading_font(12, language="en")
    return _lines(said, font, width, most=_ABOUT_LINES, is_rtl=False, formats=[quoted] if text.quote else [])


def _lines(
    text: str,
    font: QFont,
    width: int,
    *,
    most: int,
    is_rtl: bool,
    formats: list[QTextLayout.FormatRange] | None = None,
) -> _Block:
    """Up to so many lines; only the end of the last is elided."""
    layout = _layout(text, font, is_rtl=is_rtl, formats=formats or [])
    layout.beginLayout()
    height = 0.0
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        if len(starts) == most:
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
        starts.append(line.textStart())
    is_whole = not line.isValid()
    layout.endLayout()
    if is_whole:
        return _Block(((0.0, layout),), round(height))
    units = text.encode("utf-16-le")
    last = units[2 * starts[-1] :].decode("utf-16-le")
    kept = units[: 2 * starts[-1]].decode("utf-16-le")
    shown = kept + QFontMetrics(font).elidedText(last, Qt.TextElideMode.ElideRight, width - 2)
    return _lines(shown.rstrip(), font, width, most=most + 1, is_rtl=is_rtl, formats=formats)


def _layout(text: str, font: QFont, *, is_rtl: bool, formats: list[QTextLayout.FormatRange]) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
    option.setAlignment(Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.setFormats(formats)
    return layout


def _draw_heading(painter: QPainter, rect: QRect, item: Heading, now: theme.Colours) -> None:
    font = theme.reading_font(11, language="en", bold=True)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.8)
    painter.setFont(font)
    painter.setPen(QColor(now.soft))
    inner = rect.adjusted(_SIDE, 12, -_SIDE, -4)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeading, section_name(item.key).upper())
    painter.drawText(inner, middle | Qt.AlignmentFlag.AlignTrailing, f"{item.count:,}")


def _draw_background(painter: QPainter, option: QStyleOptionViewItem, now: theme.Colours, *, is_open: bool) -> None:
    rect, state = option.rect, option.state
    if is_open:
        painter.fillRect(rect, QColor(now.accent_tint))
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(now.accent))
    elif state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
        painter.fillRect(rect, QColor(now.line))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(now.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)


def _badge_place(rect: QRect) -> QRect:
    """The line of a row that its badge stands in."""
    return QRect(rect.left() + _SIDE, rect.bottom() + 1 - _TOP - _BADGE, rect.width() - 2 * _SIDE, _BADGE)


def _badge_font() -> QFont:
    return theme.reading_font(11, language="en", bold=True)


def _badge_width(words: str, room: int) -> int:
    return min(room, QFontMetrics(_badge_font()).horizontalAdvance(words) + 16)


def _draw_badge(painter: QPainter, rect: QRect, text: RowText, now: theme.Colours, *, is_open: bool) -> None:
    font = _badge_font()
    fill, ink = {
        "calm": (now.sheet if is_open else now.accent_tint, now.accent),
        "warn": (now.amber_tint, now.amber),
        "bad": (now.red_tint, now.red),
    }.get(text.tone, (now.line, now.soft))
    shown = QFontMetrics(font).elidedText(text.badge, Qt.TextElideMode.ElideRight, rect.width() - 16)
    rect.setWidth(_badge_width(shown, rect.width()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(rect, 9, 9)
    painter.setPen(QColor(ink))
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
