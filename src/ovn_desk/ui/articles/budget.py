"""The news budget: the stories of the day or the week, as a table one can print."""

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.workflow import state_words
from ovn_desk.text import direction
from ovn_desk.ui.state.clock import newsroom_time
from ovn_desk.ui.state.custody import custody_names, custody_text
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.usecases import inbox, queries
from ovn_desk.usecases.inbox import Period
from ovn_desk.usecases.queries import BudgetRow

_AGES_CHANGE_MS = 60_000
_PADDING = 24
_ARTICLE = Qt.ItemDataRole.UserRole


class Budget(QWidget):
    """State, writer, who has it, length, deadline, claims and what is open, a line a story."""

    open_wanted = Signal(str)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("budget")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._day = date.fromisoformat(session.today)
        self._columns = (
            self.tr("Story"),
            self.tr("State"),
            self.tr("Writer"),
            self.tr("Who has it"),
            self.tr("Words"),
            self.tr("Due"),
            self.tr("Planned for"),
            self.tr("Claims"),
            self.tr("Open"),
        )
        self.period = Choice()
        self.period.addItem(self.tr("Today"), Period.DAY)
        self.period.addItem(self.tr("This week"), Period.WEEK)
        self.period.setAccessibleName(self.tr("Period"))
        self.period.activated.connect(lambda _: self.refresh())
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self.table = QTableWidget(0, len(self._columns))
        self.table.setAccessibleName(self.tr("News budget"))
        self.table.setHorizontalHeaderLabels(self._columns)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setItemDelegateForColumn(0, _HeadlineDelegate(self.table))
        self.table.itemActivated.connect(self._open)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._empty = QLabel(self.tr("Nothing is planned. Assign a story, or give one a time, and it stands here."))
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "soft")
        self._lay_out()
        session.committed.connect(lambda _: self.refresh())
        self._clock = QTimer(self, interval=_AGES_CHANGE_MS)
        self._clock.timeout.connect(self.refresh)
        self._clock.start()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def refresh(self) -> None:
        if not self.isVisible():
            return
        self._day = date.fromisoformat(self._session.today)
        period = Period(self.period.currentData())
        rows = queries.ask(self._session.store, inbox.budget, day=self._day, period=period)
        names = queries.staff_names(self._session.store)
        holders = custody_names(self._session, is_short=False)
        last = self._day + timedelta(days=6)
        self._title.setText(f"{self._day:%A %d %B}" if period is Period.DAY else f"{self._day:%d %B} – {last:%d %B}")
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(self._cells(row, names, holders)):
                cell = QTableWidgetItem(text)
                cell.setData(_ARTICLE, row.article)
                if column == 0:
                    cell.setFont(theme.reading_font(14, language=direction.language_of(text), bold=True))
                self.table.setItem(number, column, cell)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def html(self) -> str:
        """The table as a page, for the printer."""

        def cells(number: int) -> list[str]:
            items = (self.table.item(number, column) for column in range(self.table.columnCount()))
            return [escape(item.text()) if item else "" for item in items]

        head = "".join(f"<th align='left'>{escape(name)}</th>" for name in self._columns)
        rows = "".join(
            f"<tr>{''.join(f'<td>{text}</td>' for text in cells(number))}</tr>"
            for number in range(self.table.rowCount())
        )
        title = escape(f"{self._session.house.name}: {self._title.text()}")
        return f"<h2>{title}</h2><table cellpadding='4' width='100%'><tr>{head}</tr>{rows}</table>"

    def _cells(self, row: BudgetRow, names: Mapping[StaffId, str], holders: Mapping[StaffId, str]) -> list[str]:
        house = self._session.house
        overdue = inbox.is_overdue(row)
        deadline = f"{newsroom_time(house, row.due_at):%a %H:%M}" if row.due_at else ""
        out = row.embargo_until or row.planned_at
        return [
            row.headline or self.tr("No headline yet"),
            str(state_words(row.state)).removeprefix("a "),
            names.get(row.owner, ""),
            custody_text(self._session, row.article, row.custody, row.state, holders),
            f"{row.words} / {row.aim}" if row.aim else str(row.words),
            f"{deadline} {self.tr('overdue')}" if overdue else deadline,
            (f"{newsroom_time(house, out):%a %H:%M}" + (self.tr(" embargo") if row.embargo_until else ""))
            if out
            else "",
            f"{row.supported} / {row.claims}" if row.claims else "",
            str(row.open or ""),
        ]

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        printing = QPushButton(self.tr("Print…"))
        printing.clicked.connect(self._print)
        back = QPushButton(self.tr("Write"))
        back.clicked.connect(self.left)
        top.addWidget(self._title, 1)
        for widget in (self.period, printing, back):
            top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._empty)
        column.addWidget(self.table, 1)
        column.addStretch()

    def _open(self, cell: QTableWidgetItem) -> None:
        self.open_wanted.emit(cell.data(_ARTICLE))
        self.left.emit()

    def _print(self) -> None:
        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            document = QTextDocument()
            document.setHtml(self.html())
            document.print_(printer)


class _HeadlineDelegate(QStyledItemDelegate):
    """Wraps a headline in the room that the style's padding leaves, which Qt does not count: no row is too low."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        option.rect.setWidth(option.rect.width() - _PADDING)
        return super().sizeHint(option, index)
