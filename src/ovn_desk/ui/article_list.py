"""The list of articles: by state with counts, as far as it was scrolled, filtered as one types."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import State
from ovn_desk.store.listing import Row
from ovn_desk.ui import theme
from ovn_desk.ui.phrases import counted
from ovn_desk.ui.workspace import Workspace

PAGE = 60
_FILTER_PAUSE_MS = 80
_Index = QModelIndex | QPersistentModelIndex
ORDER = (
    State.DRAFT,
    State.SENT_BACK,
    State.FILED,
    State.IN_REVIEW,
    State.CORRECTING,
    State.APPROVED,
    State.PUBLISHED,
    State.HELD,
    State.SPIKED,
    State.WITHDRAWN,
)
RowRole = Qt.ItemDataRole.UserRole


@dataclass(slots=True)
class _Section:
    state: State
    count: int
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heading:
    """A state and how many articles are in it."""

    state: State
    count: int


class Articles(QAbstractListModel):
    """Headings and rows in one list; rows come a page at a time, by keyset, from the store."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sections: list[_Section] = []
        self._items: list[Heading | Row] = []
        self.search = ""

    def reload(self) -> None:
        """Asks the store anew: counts, and the first page of each state that has articles."""
        with self._workspace.store.read() as reading:
            counts = reading.counts(search=self.search)
            sections = [_Section(state, counts[state]) for state in ORDER if counts.get(state)]
            room = PAGE
            for section in sections:
                if room > 0:
                    section.rows = reading.rows(states=[section.state], search=self.search, limit=room)
                    room -= len(section.rows)
        self.beginResetModel()
        self._sections = sections
        self._items = _flat(sections)
        self.endResetModel()

    def refresh(self, article: ArticleId) -> bool:
        """Brings one row up to date in its place; false when it has to move, so that the list must be asked anew."""
        with self._workspace.store.read() as reading:
            new = reading.row(article)
        for index, item in enumerate(self._items):
            if isinstance(item, Row) and item.id == article:
                if item.state is not new.state or (self.search and item.headline != new.headline):
                    return False
                self._items[index] = new
                for section in self._sections:
                    section.rows = [new if row.id == article else row for row in section.rows]
                place = self.index(index)
                self.dataChanged.emit(place, place)
                return True
        return False

    def place_of(self, article: ArticleId | None) -> QModelIndex:
        for index, item in enumerate(self._items):
            if isinstance(item, Row) and item.id == article:
                return self.index(index)
        return QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == RowRole:
            return item
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if isinstance(item, Heading):
                return f"{section_name(item.state)}, {item.count}"
            return item.headline or self.tr("No headline yet")
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        item = self._items[index.row()]
        if isinstance(item, Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and any(len(s.rows) < s.count for s in self._sections)

    def fetchMore(self, parent: _Index) -> None:
        del parent
        section = next((s for s in self._sections if len(s.rows) < s.count), None)
        if section is None:
            return
        below = section.rows[-1].place if section.rows else None
        with self._workspace.store.read() as reading:
            more = reading.rows(states=[section.state], search=self.search, below=below, limit=PAGE)
        if not more:
            section.count = len(section.rows)
            return
        before = self._sections[: self._sections.index(section) + 1]
        at = sum(1 + len(s.rows) for s in before)
        self.beginInsertRows(QModelIndex(), at, at + len(more) - 1)
        section.rows += more
        self._items[at:at] = more
        self.endInsertRows()


def _flat(sections: list[_Section]) -> list[Heading | Row]:
    items: list[Heading | Row] = []
    for section in sections:
        items += [Heading(section.state, section.count), *section.rows]
    return items


class _Painter(QStyledItemDelegate):
    """Headline in up to three lines, what it is about and how old, and what it waits for."""

    def __init__(self, describe: Callable[[Row], tuple[str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._describe = describe

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        item = index.data(RowRole)
        width = max(120, option.widget.width() if option.widget else 240)
        if isinstance(item, Heading):
            return QSize(width, 36)
        layout_height, _ = _headline(item, width - 32)
        has_chip = bool(self._describe(item)[1])
        return QSize(width, layout_height + 20 + (22 if has_chip else 0) + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
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

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, now: theme.Colours) -> None:
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


def _headline(row: Row, width: int) -> tuple[int, QTextLayout]:
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


class ArticleList(QWidget):
    """The filter and the list; asks for an article to be opened."""

    open_wanted = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list-pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._names: dict[str, str] = {}
        self.filter = QLineEdit(placeholderText=self.tr("Filter articles"), clearButtonEnabled=True)
        self.filter.setObjectName("filter")
        self.filter.setAccessibleName(self.tr("Filter articles"))
        self.model = Articles(workspace, self)
        self.view = QListView()
        self.view.setObjectName("list")
        self.view.setAccessibleName(self.tr("Articles"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Painter(self._describe, self.view))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setMouseTracking(True)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "soft")
        self.empty.setContentsMargins(16, 12, 16, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 4)
        top.addWidget(self.filter)
        column.addLayout(top)
        column.addWidget(self.empty)
        column.addWidget(self.view, 1)
        self._pause = QTimer(self, singleShot=True, interval=_FILTER_PAUSE_MS)
        self._pause.timeout.connect(self.reload)
        self.filter.textChanged.connect(lambda _: self._pause.start())
        self.filter.returnPressed.connect(self._open_first)
        self.view.activated.connect(self._open)
        self.view.clicked.connect(self._open)
        workspace.stored.connect(self._stored)
        workspace.opened.connect(self._select)
        self.reload()

    def reload(self) -> None:
        with self._workspace.store.read() as reading:
            self._names = {person.id: person.name for person in reading.staff()}
        place = self.view.verticalScrollBar().value()
        self.model.search = self.filter.text()
        self.model.reload()
        self.view.verticalScrollBar().setValue(place)
        self._select()
        is_empty = self.model.rowCount() == 0
        self.empty.setVisible(is_empty)
        if is_empty:
            self.empty.setText(
                self.tr("No article has these words.")
                if self.filter.text()
                else self.tr("No articles yet. Start one with + New, or import a file.")
            )

    def _describe(self, row: Row) -> tuple[str, str, str]:
        """What a row says below its headline: the line, a chip, and the chip's tone."""
        house = self._workspace.house
        category = next((c.name("en") for c in house.categories if c.key == row.category), "")
        parts = [age(row.updated_at, datetime.now(UTC)), counted(row.words, "word", "words")]
        if row.language != house.languages[0]:
            parts.append(row.language.upper())
        parts.append(category or self.tr("No category"))
        holder = self._names.get(row.holder or "", "")
        match row.state:
            case State.IN_REVIEW:
                chip = (self.tr("with {name}").format(name=holder), "")
            case State.SENT_BACK:
                chip = (self.tr("sent back: read why"), "bad")
            case State.APPROVED:
                chip = (self.tr("signed, ready to export"), "calm")
            case State.FILED:
                chip = (self.tr("by {name}").format(name=self._names.get(row.reporter, "")), "")
            case State.DRAFT if row.problems:
                chip = (self.tr("{number} to settle").format(number=row.problems), "warn")
            case _:
                chip = ("", "")
        return " · ".join(parts), *chip

    def _stored(self, articles: frozenset[ArticleId]) -> None:
        if len(articles) == 1 and self.model.refresh(next(iter(articles))):
            return
        self.reload()

    def _select(self) -> None:
        place = self.model.place_of(self._workspace.id)
        if place.isValid():
            self.view.setCurrentIndex(place)
        else:
            self.view.clearSelection()

    def _open(self, index: QModelIndex) -> None:
        item = index.data(RowRole)
        if isinstance(item, Row):
            self.open_wanted.emit(item.id)

    def _open_first(self) -> None:
        self.reload()
        for number in range(self.model.rowCount()):
            item = self.model.index(number).data(RowRole)
            if isinstance(item, Row):
                self.open_wanted.emit(item.id)
                return


def section_name(state: State) -> str:
    return {
        State.DRAFT: "Drafts",
        State.SENT_BACK: "Sent back",
        State.FILED: "Filed",
        State.IN_REVIEW: "In review",
        State.CORRECTING: "Correcting",
        State.APPROVED: "Approved",
        State.PUBLISHED: "Published",
        State.HELD: "Held",
        State.SPIKED: "Spiked",
        State.WITHDRAWN: "Withdrawn",
    }[state]


def age(moment: datetime, now: datetime) -> str:
    """How long ago, as people say it: `now`, `12 min`, `5 h`, `Mon`, `3 Nov`."""
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return "now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min"
    if seconds < 86_400:
        return f"{int(seconds // 3600)} h"
    local = moment.astimezone()
    if seconds < 6 * 86_400:
        return f"{local:%a}"
    return f"{local.day} {local:%b}" + (f" {local.year}" if local.year != now.year else "")
