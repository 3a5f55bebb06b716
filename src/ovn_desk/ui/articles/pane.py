"""The first column: what is to be shown, and the articles below it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.house import Role
from ovn_desk.ui.articles.empty import EmptyList
from ovn_desk.ui.articles.filter_bar import FilterBar
from ovn_desk.ui.articles.model import Articles
from ovn_desk.ui.articles.painter import RowPainter
from ovn_desk.ui.articles.row_text import RowTexts
from ovn_desk.ui.articles.view import ListView
from ovn_desk.ui.background.jobs import Latest
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.usecases import article_list, queries, store_settings
from ovn_desk.usecases.article_list import ListFilter, ListLine, ListSection, Scope
from ovn_desk.usecases.queries import Changes, Kind

_FILTER_PAUSE_MS = 80
_AGES_CHANGE_MS = 60_000
_MOST_CHOSEN_AGAIN = 200  # rows that stay chosen when the list was asked anew
_MOST_ONE_BY_ONE = 20  # articles of one commit that are brought up to date each by itself


class ArticleList(QWidget):
    """The filter and the list; asks for articles to be opened, started and thrown away."""

    open_wanted = Signal(str)
    new_wanted = Signal()
    take_in_wanted = Signal()
    write_wanted = Signal()
    """Enter on the article that is open: its text is to have the keyboard."""
    discard_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, session: Session, article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list-pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._article = session, article
        self.texts = RowTexts(session)
        self.filter_bar = FilterBar(session)
        self.filter = self.filter_bar.field
        self.model = Articles(session, self._whole_text, self)
        self._painter = RowPainter(self.texts.make, self._is_open, self)
        self.view = ListView(self.model, self._painter, self._painter.row_height, self._painter.badge_button, self)
        self._painter.outgrown.connect(self.view.fit_rows, Qt.ConnectionType.QueuedConnection)
        self.view.setObjectName("list")
        self.view.setAccessibleName(self.tr("Articles"))
        self.empty = EmptyList(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter_bar)
        column.addWidget(self.view, 1)
        self._pause = QTimer(self, singleShot=True, interval=_FILTER_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._clock = QTimer(self, interval=_AGES_CHANGE_MS)
        self._clock.timeout.connect(self._show_ages)
        self._clock.start()
        self._asking, self._counting = Latest(self), Latest(self)
        self._is_asking = self._opens_first = self._is_late = False
        self._connect()
        self.reload()
        self._count_waiting()

    @property
    def is_searching(self) -> bool:
        """Whether what is shown is not yet what the filter asks for."""
        return self._is_asking or self._pause.isActive()

    def reload(self) -> None:
        """Asks the store for everything anew, and waits for it."""
        session, asked = self._session, self.filter_bar.value
        self._show(asked, article_list.sections(session.store, asked, person=session.person, house=session.house))

    def finish(self) -> None:
        """Ends the work under way."""
        self._clock.stop()
        self._asking.finish()
        self._counting.finish()

    def show_to_settle(self, article: ArticleId | None, number: int) -> None:
        """How much is to be settled in the open article as it stands; its row counts its last revision."""
        was, self.texts.to_settle = self.texts.to_settle, (article, number)
        if was != self.texts.to_settle:
            self.view.fit_rows()
            self.view.viewport().update()

    def show_length(self, article: str, number: int) -> None:
        """How many words the open article has as it stands, at the moment when the status line says it."""
        was, self.texts.length = self.texts.length, (ArticleId(article), number)
        if was != self.texts.length:
            self.view.fit_rows()
            self.view.viewport().update()

    def refresh_colours(self) -> None:
        """Draws every row anew in the colours of now."""
        self._painter.forget()
        self.view.viewport().update()

    def selected_lines(self) -> list[ListLine]:
        """The chosen rows, from top to bottom; without any the one that has the keyboard."""
        places = [self.model.index(row) for row in self._selected_rows()] or [self.view.currentIndex()]
        return [line for place in places if (line := self.model.line(place)) is not None]

    def _whole_text(self, line: ListLine) -> str:
        return "\n".join(part for part in (self.texts.make(line).whole, self.texts.say_where(line.row.id)) if part)

    def neighbour(self, articles: list[ArticleId]) -> ArticleId | None:
        """The article below these, or else above them; None where the list has no other."""
        rows = [self.model.place_of(article).row() for article in articles]
        below, above = range(max(rows) + 1, self.model.rowCount()), range(min(rows) - 1, -1, -1)
        for row in (*below[:3], *above[:3]):
            if (line := self.model.line(self.model.index(row))) is not None:
                return line.row.id
        return None

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.view.viewport() and isinstance(event, QResizeEvent):
            self.empty.setGeometry(self.view.viewport().geometry())
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press_in_filter(Qt.Key(event.key()))
        return False

    def _show_ages(self) -> None:
        """How long ago each article was changed, a minute later."""
        self.view.fit_rows()
        self.view.viewport().update()

    def _press_in_filter(self, key: Qt.Key) -> bool:
        """Down goes into the list, Escape forgets the words; False for any other key."""
        if key is Qt.Key.Key_Down and not self.model.is_empty:
            self.view.setFocus()
            if not self.view.currentIndex().isValid():
                self.view.choose(self.model.index(1))
            return True
        if key is Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
            return True
        return False

    def _connect(self) -> None:
        view, bar, session = self.view, self.filter_bar, self._session
        bar.typed.connect(self._pause.start)
        bar.changed.connect(self._ask)
        bar.field.returnPressed.connect(self._open_first)
        view.activated.connect(self._activate)
        bar.field.installEventFilter(self)
        view.article_clicked.connect(self._open_clicked)
        view.discard_wanted.connect(self.discard_wanted)
        view.menu_wanted.connect(self.menu_wanted)
        view.viewport().installEventFilter(self)
        session.committed.connect(self._follow_changes)
        session.person_changed.connect(self._change_person)
        self._article.opened.connect(self._select)

    def _change_person(self) -> None:
        self.reload()
        self._select()
        self._count_waiting()

    def _ask(self) -> None:
        """Asks the store off the window's thread; the newest question is answered."""
        self._pause.stop()
        session, asked = self._session, self.filter_bar.value
        self._is_asking = True
        self._asking.ask(
            partial(article_list.sections, session.store, asked, person=session.person, house=session.house),
            done=partial(self._show, asked),
            refused=lambda _why: None,  # whoever reads or writes next is told in words
        )

    def _show(self, asked: ListFilter, sections: list[ListSection]) -> None:
        """Shows what was found. What was in sight, chosen and current stays so; in another list it is what is open."""
        self._is_asking = False
        self.texts.is_for_me = asked.scope is Scope.FOR_ME and not asked.is_discarded
        view, model = self.view, self.model
        chosen = self.selected_lines() if len(self._selected_rows()) <= _MOST_CHOSEN_AGAIN else []
        current = model.line(view.currentIndex())
        is_same = asked == model.filter
        top = model.line(model.index(max(0, view.rowAt(0)))) if is_same else None
        model.filter = asked
        model.show(sections)
        if top is not None and (place := model.place_of(top.row.id)).isValid():
            view.scrollTo(place, view.ScrollHint.PositionAtTop)
        if is_same:
            self._choose([line.row.id for line in chosen], current.row.id if current else self._article.id)
            self._select_late()
        else:
            self._select()
        self._show_empty()
        if self._opens_first:
            self._open_first()

    def _selected_rows(self) -> list[int]:
        ranges = self.view.selectionModel().selection()
        spans = [ranges.at(place) for place in range(ranges.count())]
        return sorted({row for span in spans for row in range(span.top(), span.bottom() + 1)})

    def _choose(self, articles: list[ArticleId], current: ArticleId | None) -> None:
        chosen, flags = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        place = self.model.place_of(current)
        if place.isValid() and place != self.view.currentIndex():
            is_marked = current in {*articles, self._article.id}  # the keyboard may be on a row that is not chosen
            chosen.setCurrentIndex(place, flags.ClearAndSelect if is_marked else flags.NoUpdate)
        for article in articles:
            if (one := self.model.place_of(article)).isValid():
                chosen.select(one, flags.Select)

    def _follow_changes(self, changes: Changes) -> None:
        kinds = changes.kinds & ~Kind.SETTINGS
        if changes.kinds & Kind.SETTINGS:  # among them is whether the hub lets anybody in here
            self.texts.forget()
            self._show_ages()
        if kinds is Kind.NOTHING:
            return
        if kinds & Kind.ROSTER:
            self.texts.refresh()
        if kinds & ~Kind.TEXTS:
            self.texts.forget_exports()
            self._count_waiting()
        current = self.model.line(self.view.currentIndex())
        is_small = not changes.is_anything and len(changes.articles) <= _MOST_ONE_BY_ONE
        updated = [self.model.update(one) for one in changes.articles] if is_small else [False]
        if kinds & Kind.HOUSE or not all(updated):
            self._ask()
        was_open = current is not None and current.row.id == self._article.id
        if was_open and self.view.currentIndex() != self.model.place_of(self._article.id):
            self._select()  # it stands in another section now, and Qt chose what came after it
        self._select_late()
        self._show_empty()

    def _count_waiting(self) -> None:
        session = self._session
        self._counting.ask(
            partial(article_list.number_waiting, session.store, person=session.person, house=session.house),
            done=self.filter_bar.show_waiting,
            refused=lambda _why: None,
        )

    def _select(self) -> None:
        self.view.viewport().update()  # the mark of the open story is not the selection's
        place = self.model.place_of(self._article.id)
        self._is_late = not place.isValid()
        if place.isValid():
            if self.view.selectionModel().selectedIndexes() != [place]:
                self.view.choose(place)
        else:
            self.view.clearSelection()

    def _select_late(self) -> None:
        """Chooses the open article once the list has it: a new one is opened before it is there."""
        if self._is_late and self.model.place_of(self._article.id).isValid():
            self._select()

    def _open(self, index: QModelIndex) -> None:
        if (line := self.model.line(index)) is not None:
            self.open_wanted.emit(line.row.id)

    def _activate(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is not None and line.row.id == self._article.id:
            self.write_wanted.emit()
        else:
            self._open(index)

    def _open_clicked(self, article: str) -> None:
        """A click opens what it began on, wherever that went meanwhile, to be written on; chosen is what is open then.

        Keys are for the text: letters typed after a click went to the next headline that begins with them.
        """
        self.open_wanted.emit(article)
        if self._article.id is not None:
            self._select()
        if self._article.id == article:
            self.write_wanted.emit()

    def _is_open(self, line: ListLine) -> bool:
        return line.row.id == self._article.id

    def _open_first(self) -> None:
        """Enter in the filter: the first that was found, once it is."""
        self._opens_first = False
        if self.is_searching:
            self._opens_first = True
            if self._pause.isActive():
                self._ask()
            return
        self._open(self.model.index(1))

    def _show_empty(self) -> None:
        if not self.model.is_empty:
            self.empty.hide()
            return
        asked, bar, tell = self.model.filter, self.filter_bar, self.empty.tell
        show_all = partial(bar.set_value, ListFilter(Scope.ALL))
        if asked.words.strip() and asked.scope is not Scope.ALL:
            search_all = partial(bar.set_part, scope=Scope.ALL)
            tell(self.tr("None of these stories has these words."), self.tr("Search all stories"), search_all)
        elif asked.words.strip():
            tell(self.tr("No article has these words."), self.tr("Clear the filter"), bar.clear)
        elif asked.is_discarded:
            tell(self.tr("Nothing was discarded in the last 30 days."), self.tr("Back to the list"), bar.clear)
        elif replace(asked, scope=Scope.ALL) != ListFilter():
            tell(self.tr("No article is like that."), self.tr("Clear the filter"), bar.clear)
        elif chiefs := self._chiefs_with_files():
            said = self.tr(
                "No story has been handed to you yet. Ask {who} for a file and take it in here, or start a story."
            )
            who = self.tr(" or ").join(chiefs)
            tell(said.format(who=who), self.tr("Take in a file…"), self.take_in_wanted.emit)
        elif asked.scope is Scope.FOR_ME and self._session.person.role is not Role.REPORTER:
            tell(self.tr("Nothing to review. Filed stories arrive here."), self.tr("Show all"), show_all)
        elif asked.scope is Scope.FOR_ME:
            tell(self.tr("Nothing waits for you. What is sent back arrives here."), self.tr("Show all"), show_all)
        else:
            new = self.new_wanted.emit
            line = self.tr("No story of yours yet.") if asked.scope is Scope.MINE else self.tr("No story yet.")
            tell(line, self.tr("Start a story"), new)

    def _chiefs_with_files(self) -> list[str]:
        """Who may hand stories over to a desk that has none, where they come by file."""
        session = self._session
        is_chief = session.person.role is Role.CHIEF
        if is_chief or queries.has_stories(session.store) or store_settings.hub_address(session.store):
            return []
        return [one.name for one in queries.active_staff(session.store) if one.role is Role.CHIEF]
