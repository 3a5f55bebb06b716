"""Articles by state with counts, as far as the list was scrolled."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import State
from ovn_desk.ui.state.session import Session
from ovn_desk.usecases import article_list
from ovn_desk.usecases.article_list import Section
from ovn_desk.usecases.queries import ArticleRow

PAGE = 60
Index = QModelIndex | QPersistentModelIndex
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


@dataclass(frozen=True, slots=True)
class Heading:
    """A state and how many articles are in it."""

    state: State
    count: int


class Articles(QAbstractListModel):
    """Headings and rows in one list; rows come a page at a time, by keyset, from the store."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sections: list[Section] = []
        self._items: list[Heading | ArticleRow] = []
        self.search = ""

    def reload(self) -> None:
        """Asks the store anew: counts, and the first page of each state that has articles."""
        sections = article_list.sections(self._session.store, ORDER, search=self.search, page=PAGE)
        self.beginResetModel()
        self._sections = sections
        self._items = _flat(sections)
        self.endResetModel()

    def refresh(self, article: ArticleId) -> bool:
        """Brings one row up to date in its place; false when it has to move, so that the list must be asked anew."""
        new = article_list.row(self._session.store, article)
        for index, item in enumerate(self._items):
            if isinstance(item, ArticleRow) and item.id == article:
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
            if isinstance(item, ArticleRow) and item.id == article:
                return self.index(index)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
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

    def flags(self, index: Index) -> Qt.ItemFlag:
        item = self._items[index.row()]
        if isinstance(item, Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and any(not s.is_whole for s in self._sections)

    def fetchMore(self, parent: Index) -> None:
        del parent
        section = next((s for s in self._sections if not s.is_whole), None)
        if section is None:
            return
        more = article_list.more(self._session.store, section, search=self.search, page=PAGE)
        if not more:
            section.count = len(section.rows)
            return
        before = self._sections[: self._sections.index(section) + 1]
        at = sum(1 + len(s.rows) for s in before)
        self.beginInsertRows(QModelIndex(), at, at + len(more) - 1)
        section.rows += more
        self._items[at:at] = more
        self.endInsertRows()


def _flat(sections: list[Section]) -> list[Heading | ArticleRow]:
    items: list[Heading | ArticleRow] = []
    for section in sections:
        items += [Heading(section.state, section.count), *section.rows]
    return items


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
