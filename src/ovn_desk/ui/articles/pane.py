"""The first column: a filter as one types, and the articles below it."""

from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.workflow import State
from ovn_desk.ui.articles.inbox import Inbox
from ovn_desk.ui.articles.model import Articles, RowRole
from ovn_desk.ui.articles.painter import RowPainter
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.phrases import age, quantity
from ovn_desk.usecases import queries
from ovn_desk.usecases.queries import ArticleRow, Changes, Kind

_FILTER_PAUSE_MS = 80


class ArticleList(QWidget):
    """The filter and the list; asks for an article to be opened."""

    open_wanted = Signal(str)

    def __init__(self, session: Session, article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list-pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._article = session, article
        self._names: dict[StaffId, str] = {}
        self._to_settle: tuple[ArticleId | None, int] = (None, 0)
        self.filter = QLineEdit(placeholderText=self.tr("Filter articles"), clearButtonEnabled=True)
        self.filter.setObjectName("filter")
        self.filter.setAccessibleName(self.tr("Filter articles"))
        self.model = Articles(session, self)
        self.view = QListView()
        self.view.setObjectName("list")
        self.view.setAccessibleName(self.tr("Articles"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(RowPainter(self._describe, self.view))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setMouseTracking(True)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inbox = Inbox(session)
        self.inbox.open_wanted.connect(self.open_wanted)
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
        column.addWidget(self.inbox)
        column.addWidget(self.empty)
        column.addWidget(self.view, 1)
        self._pause = QTimer(self, singleShot=True, interval=_FILTER_PAUSE_MS)
        self._pause.timeout.connect(self.reload)
        self.filter.textChanged.connect(lambda _: self._pause.start())
        self.filter.returnPressed.connect(self._open_first)
        self.view.activated.connect(self._open)
        self.view.clicked.connect(self._open)
        session.committed.connect(self._follow_changes)
        article.opened.connect(self._select)
        self.reload()

    def reload(self) -> None:
        self._names = queries.staff_names(self._session.store)
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

    def show_to_settle(self, article: ArticleId | None, number: int) -> None:
        """How much is to be settled in the open article as it stands; its row counts its last revision."""
        was, self._to_settle = self._to_settle, (article, number)
        if was != self._to_settle:
            self.view.viewport().update()

    def _describe(self, row: ArticleRow) -> tuple[str, str, str]:
        """What a row says below its headline: the line, a chip, and the chip's tone."""
        house = self._session.house
        section = house.section(row.category)
        parts = [age(row.updated_at, datetime.now(UTC)), quantity(row.words, "word", "words")]
        if row.language != house.languages[0]:
            parts.append(row.language.upper())
        parts.append(section.name("en") if section else self.tr("No category"))
        if row.versions > 1:
            return " · ".join(parts), self.tr("{number} versions: decide").format(number=row.versions), "bad"
        opened, number = self._to_settle
        to_settle = number if row.id == opened else row.problems
        holder = self._names.get(row.holder or StaffId(""), "")
        match row.state:
            case State.IN_REVIEW:
                chip = (self.tr("with {name}").format(name=holder), "")
            case State.SENT_BACK:
                chip = (self.tr("sent back: read why"), "bad")
            case State.APPROVED:
                chip = (self.tr("signed, ready to export"), "calm")
            case State.FILED:
                chip = (self.tr("by {name}").format(name=self._names.get(row.reporter, "")), "")
            case State.DRAFT if to_settle:
                chip = (self.tr("{number} to settle").format(number=to_settle), "warn")
            case _:
                chip = ("", "")
        return " · ".join(parts), *chip

    def _follow_changes(self, changes: Changes) -> None:
        if changes.kinds in {Kind.NOTHING, Kind.SETTINGS}:
            return
        if len(changes.articles) == 1 and self.model.refresh(next(iter(changes.articles))):
            return
        self.reload()

    def _select(self) -> None:
        place = self.model.place_of(self._article.id)
        if place.isValid():
            self.view.setCurrentIndex(place)
        else:
            self.view.clearSelection()

    def _open(self, index: QModelIndex) -> None:
        item = index.data(RowRole)
        if isinstance(item, ArticleRow):
            self.open_wanted.emit(item.id)

    def _open_first(self) -> None:
        self.reload()
        for number in range(self.model.rowCount()):
            item = self.model.index(number).data(RowRole)
            if isinstance(item, ArticleRow):
                self.open_wanted.emit(item.id)
                return
