"""The list's model: headings and rows as numbers, and what a row shows, read when it is seen."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import State
from ovn_desk.ui.state.session import Session
from ovn_desk.usecases import article_list
from ovn_desk.usecases.article_list import Group, ListFilter, ListLine, ListSection, ListSpot

Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole
_BLOCK, _MOST_READ = 48, 4_000  # rows that are read together, and that are remembered
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Heading:
    """A section and how many articles are in it."""

    key: State | Group
    count: int


class Articles(QAbstractListModel):
    """Each section is its heading and its rows. One article that changes touches one row, wherever it goes."""

    def __init__(
        self, session: Session, describe: Callable[[ListLine], str] = str, parent: QWidget | None = None
    ) -> None:
        """`describe` makes the sentence that a screen reader says of a row."""
        super().__init__(parent)
        self._session, self._describe = session, describe
        self.filter = ListFilter()
        self._sections: list[ListSection] = []
        self._starts: list[int] = []
        self._lines: dict[int, ListLine] = {}
        self._numbers: dict[ArticleId, int] = {}

    @property
    def is_empty(self) -> bool:
        return not self._sections

    def reload(self) -> None:
        """Asks the store, and waits for its answer."""
        session = self._session
        self.show(article_list.sections(session.store, self.filter, person=session.person, house=session.house))

    def show(self, sections: Sequence[ListSection]) -> None:
        """Shows other sections; what its rows say is read anew. Where the rows are the same, nothing moves."""
        self._lines.clear()
        self._numbers.clear()
        if [(one.key, one.rows) for one in sections] == [(one.key, one.rows) for one in self._sections]:
            if self._sections:
                self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
            return
        self.beginResetModel()
        self._sections = list(sections)
        self._count()
        self.endResetModel()

    def update(self, article: ArticleId) -> bool:
        """Brings one article up to date: its row changes, comes, goes or moves. False where all must be asked."""
        session, here = self._session, self._find(article)
        self._lines.pop(self._numbers.get(article, 0), None)
        if self.filter.words.strip() or self.filter.scope is article_list.Scope.FOR_ME or self.filter.is_discarded:
            self._announce(here)
            return False
        spot = article_list.spot(
            session.store,
            article,
            self.filter,
            person=session.person,
            house=session.house,
            here=self._sections[here[0]].key if here else None,
        )
        if spot is None:
            return here is None  # a row that is gone has no number: the others have to be asked
        if here is not None and self._sections[here[0]].key == spot.key:
            self._announce(here)
            return True
        if here is not None:
            self._take_out(*here)
        if spot.key is not None:
            self._put_in(spot)
        return True

    def place_of(self, article: ArticleId | None) -> QModelIndex:
        """Where an article stands; invalid where the list lacks it."""
        here = self._find(article) if article else None
        return self.index(self._starts[here[0]] + 1 + here[1]) if here else QModelIndex()

    def line(self, index: Index) -> ListLine | None:
        """What a row shows; None for a heading."""
        item = self._item(index.row()) if index.isValid() else None
        return item if isinstance(item, ListLine) else None

    def first_beginning_with(self, start: str, after: int) -> QModelIndex:
        """The first row below `after` whose headline begins with these letters, or else the first of all."""
        found = article_list.rows_beginning_with(self._session.store, start)
        below = QModelIndex()
        for begin, section in zip(self._starts, self._sections, strict=True):
            for place, number in enumerate(section.rows, begin + 1):
                if number in found:
                    if place > after:
                        return self.index(place)
                    below = below if below.isValid() else self.index(place)
        return below

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        if parent.isValid() or not self._sections:
            return 0
        return self._starts[-1] + 1 + len(self._sections[-1].rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if (
            role not in {RowRole, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            or not index.isValid()
        ):
            return None
        item = self._item(index.row())
        if role == RowRole:
            return item
        if isinstance(item, Heading):
            return f"{section_name(item.key)}, {item.count}"
        if item is None:  # another process made the store's rows anew, which will be heard in a moment
            return ""
        if role == Qt.ItemDataRole.DisplayRole:
            return item.row.headline or self.tr("No headline yet")
        return self._describe(item)

    def flags(self, index: Index) -> Qt.ItemFlag:
        section = bisect_right(self._starts, index.row()) - 1
        if index.row() == self._starts[section]:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _item(self, row: int) -> Heading | ListLine | None:
        place = bisect_right(self._starts, row) - 1
        section, offset = self._sections[place], row - self._starts[place] - 1
        if offset < 0:
            return Heading(section.key, len(section.rows))
        number = section.rows[offset]
        if number not in self._lines:
            self._read(section.rows[max(0, offset - _BLOCK // 2) : offset + _BLOCK])
        return self._lines.get(number)

    def _read(self, numbers: Iterable[int]) -> None:
        if len(self._lines) > _MOST_READ:
            self._lines.clear()
            self._numbers.clear()
        missing = [number for number in numbers if number not in self._lines]
        read = article_list.lines(self._session.store, missing, person=self._session.person)
        self._lines |= read
        self._numbers |= {line.row.id: number for number, line in read.items()}

    def _find(self, article: ArticleId) -> tuple[int, int] | None:
        """The section of an article's row, and its place there."""
        number = self._numbers.get(article) or article_list.row_number(self._session.store, article)
        if number is None:
            return None
        self._numbers[article] = number
        for place, section in enumerate(self._sections):
            try:
                return place, section.rows.index(number)
            except ValueError:
                continue
        return None

    def _announce(self, here: tuple[int, int] | None) -> None:
        if here is not None:
            place = self.index(self._starts[here[0]] + 1 + here[1])
            self.dataChanged.emit(place, place)

    def _take_out(self, place: int, offset: int) -> None:
        section, start = self._sections[place], self._starts[place]
        if len(section.rows) == 1:
            self.beginRemoveRows(QModelIndex(), start, start + 1)
            del self._sections[place]
            self._count()
            self.endRemoveRows()
            return
        self.beginRemoveRows(QModelIndex(), start + 1 + offset, start + 1 + offset)
        section.rows.pop(offset)
        self._count()
        self.endRemoveRows()
        self.dataChanged.emit(self.index(start), self.index(start))

    def _put_in(self, spot: ListSpot) -> None:
        order: list[State | Group] = [Group.PINNED, *article_list.ORDER]
        keys = [order.index(section.key) for section in self._sections]
        wanted = order.index(spot.key or Group.PINNED)
        place = bisect_right(keys, wanted - 1)
        if wanted not in keys:
            start = self._starts[place] if place < len(self._starts) else self.rowCount()
            self.beginInsertRows(QModelIndex(), start, start + 1)
            self._sections.insert(place, ListSection(order[wanted], array("q", [spot.number])))
            self._count()
            self.endInsertRows()
            return
        section, start = self._sections[place], self._starts[place]
        above = min(spot.above, len(section.rows))
        self.beginInsertRows(QModelIndex(), start + 1 + above, start + 1 + above)
        section.rows.insert(above, spot.number)
        self._count()
        self.endInsertRows()
        self.dataChanged.emit(self.index(start), self.index(start))

    def _count(self) -> None:
        self._starts, start = [], 0
        for section in self._sections:
            self._starts.append(start)
            start += 1 + len(section.rows)


def section_name(key: State | Group) -> str:
    names = {
        Group.PINNED: _translate("Pinned"),
        Group.FOR_YOU: _translate("For you"),
        Group.DISCARDED: _translate("Discarded"),
        State.DRAFT: _translate("Drafts"),
        State.SENT_BACK: _translate("Sent back"),
        State.FILED: _translate("Filed"),
        State.IN_REVIEW: _translate("In review"),
        State.CORRECTING: _translate("Correcting"),
        State.APPROVED: _translate("Approved"),
        State.PUBLISHED: _translate("Exported"),
        State.HELD: _translate("Held"),
        State.SPIKED: _translate("Spiked"),
        State.WITHDRAWN: _translate("Withdrawn"),
    }
    return names[key]


def _translate(text: str) -> str:
    return QCoreApplication.translate("Articles", text)
