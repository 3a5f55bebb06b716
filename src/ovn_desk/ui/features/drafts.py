"""Drafts and the list: discarding with Undo, copying, pinning, giving to a section, saved searches, the list's menu."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import EDITORS, State, Step
from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.features.conditions import is_open
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import Answer, MessageBar
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import article_list, drafts, saved_searches
from ovn_desk.usecases.article_list import ListLine

_LONGEST_NAME = 60

_LAPSED = "lapsed"  # the topic of what is said of a story that counts nowhere while it is open
_DISCARDED = "discarded"  # the topic of what is said of a discarded draft while it is open


class DraftsFeature(Feature):
    """What is done with the articles chosen in the list, or with the open one."""

    saving_wanted = Signal(str)
    """The id of a story whose text is to be saved as a file."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        *,
        pane: ArticleList,
        bar: MessageBar,
        open_article: Callable[[str], object],
        take: Callable[[Step], object],
        show_changes: Callable[[], object],
        export: Callable[[Sequence[ArticleId]], object],
        parent: QWidget,
    ) -> None:
        """`take` takes a step with the open article, `show_changes` its review, `export` opens the Export view."""
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self._pane, self._bar, self._window = pane, bar, parent
        self._open_article, self._take, self._show_changes, self._export = open_article, take, show_changes, export
        self._lapsed: ArticleId | None = None
        pane.discard_wanted.connect(lambda: self.discard(self._chosen_ids()))
        pane.menu_wanted.connect(self.show_menu)
        pane.filter_bar.save_wanted.connect(self.ask_search_name)
        pane.filter_bar.forget_wanted.connect(self.forget_search)
        article.opened.connect(self._say_discarded)
        article.opened.connect(self._say_lapse)
        article.changed.connect(self._say_lapse)

    def commands(self) -> Sequence[Command]:
        opened = partial(is_open, self._article)
        return (
            Command(
                "draft.duplicate",
                "Duplicate",
                "",
                Menu.FILE,
                self.duplicate_open,
                opened,
                after="article.import",
                submenu=Submenu.DRAFT,
            ),
            Command(
                "draft.discard",
                "Discard draft",
                "",
                Menu.FILE,
                self.discard_open,
                self._may_discard,
                after="draft.duplicate",
                submenu=Submenu.DRAFT,
            ),
            Command(
                "draft.make_own",
                "Make it yours",
                "",
                Menu.FILE,
                self.make_own,
                self._is_lapsed,
                after="draft.discard",
                submenu=Submenu.DRAFT,
            ),
        )

    def discard_open(self) -> None:
        if self._article.id is not None:
            self.discard([self._article.id])

    def duplicate_open(self) -> None:
        if self._article.id is not None:
            self.duplicate(self._article.id)

    def discard(self, articles: Sequence[ArticleId]) -> None:
        """Takes drafts out of the list; the bar has Undo. The keyboard stays where it is."""
        is_opened = self._article.id in articles
        if not articles or (is_opened and not self._article.save_and_close()):
            return
        store = self._session.flushed_store()
        if store is None:
            return
        beside = self._pane.neighbour(list(articles))
        name = self._name(articles)
        done: list[drafts.Discarded] = []
        if not self._notices.try_action(lambda: done.append(drafts.discard(store, articles, by=self._session.person))):
            return
        if is_opened and beside is not None:
            self._open_article(beside)
        if len(done[0].empty) == len(articles):
            sentence = self.tr("{name} is discarded.").format(name=name)
        else:
            sentence = self.tr("{name} is discarded, and kept for {days} days: Filter, Discarded drafts.")
            sentence = sentence.format(name=name, days=article_list.KEPT_DAYS)
        undo = partial(self._undo_discard, articles, opens=articles[0] if is_opened else None)
        self._bar.say(sentence, answers=[(self.tr("Undo"), lambda _: undo())])

    def restore(self, articles: Sequence[ArticleId]) -> None:
        """Puts discarded drafts back into the list."""
        store = self._session.flushed_store()
        if store is not None and self._notices.try_action(lambda: drafts.restore(store, articles)):
            self._notices.done.emit(self.tr("{name} is in the list again.").format(name=self._name(articles)))

    def duplicate(self, article: ArticleId) -> None:
        """A new draft with the text and sources of another, which is opened."""
        store = self._session.flushed_store()
        if store is None:
            return
        headline = self._headline(article)
        named = self.tr("Copy of {headline}").format(headline=headline) if headline else ""
        made: list[ArticleId] = []
        copy = partial(drafts.duplicate, store, article, headline=named)
        if self._notices.try_action(lambda: made.append(copy(by=self._session.by))):
            self._open_article(made[0])

    def set_category(self, articles: Sequence[ArticleId], category: str) -> None:
        """Gives stories to another section of the newsroom."""
        others = [one for one in articles if one != self._article.id]
        if len(others) < len(articles) and not self._article.edit_refusal:
            self._text.edit(category=category)
        store = self._session.flushed_store()
        if store is not None and others:
            self._notices.try_action(lambda: drafts.set_category(store, others, category, by=self._session.by))

    def set_pinned(self, articles: Sequence[ArticleId], *, is_pinned: bool) -> None:
        """Keeps articles at the top of the list, or no longer."""
        store, person = self._session.flushed_store(), self._session.person
        if store is not None:
            self._notices.try_action(lambda: drafts.set_pinned(store, articles, person, is_pinned=is_pinned))

    def ask_search_name(self) -> None:
        """Asks for the name under which what the list shows is kept."""
        asked = self._pane.filter_bar.value

        def keep(name: str) -> None:
            store = self._session.flushed_store()
            if store is not None and name.strip():
                self._notices.try_action(lambda: saved_searches.save_search(store, name, asked))

        self._bar.ask(self.tr("A name for this search:"), answers=[(self.tr("Save the search"), keep)])

    def forget_search(self, name: str) -> None:
        """Deletes a saved search; the bar has Undo."""
        store = self._session.flushed_store()
        kept = {one.name: one.filter for one in saved_searches.saved_searches(self._session.store)}
        if store is None or not self._notices.try_action(lambda: saved_searches.forget_search(store, name)):
            return
        undo = partial(saved_searches.save_search, store, name, kept[name])
        sentence = self.tr("The search “{name}” is deleted.").format(name=name)
        self._bar.say(sentence, answers=[(self.tr("Undo"), lambda _: self._notices.try_action(undo))])

    def show_menu(self, at: QPoint) -> None:
        """The list's own menu, for what is chosen there."""
        menu = self.menu(self._pane.selected_lines())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def menu(self, lines: Sequence[ListLine]) -> QMenu:
        """What can be done with these articles."""
        menu = QMenu(self._window)
        menu.setObjectName("list-menu")
        articles = [line.row.id for line in lines]
        if len(lines) == 1:
            self._add_for_one(menu, lines[0])
        if all(line.discarded_at for line in lines):
            menu.addAction(self.tr("Restore"), partial(self.restore, articles))
            return menu
        self._add_for_several(menu, lines)
        return menu

    def _add_for_one(self, menu: QMenu, line: ListLine) -> None:
        article, state = line.row.id, line.row.state
        menu.addAction(self.tr("Open"), partial(self._open_article, article))
        if line.discarded_at:
            return
        if state is not State.DRAFT:
            menu.addAction(self.tr("Open in review"), partial(self._open_and, article, self._show_changes))
        if state in {State.FILED, State.IN_REVIEW} and self._session.person.role in EDITORS:
            menu.addAction(self.tr("Take for review"), partial(self._open_and, article, partial(self._take, Step.TAKE)))
        menu.addSeparator()
        menu.addAction(self.tr("Duplicate"), partial(self.duplicate, article))
        address = article_list.address(self._session.store, article)
        copying = menu.addAction(self.tr("Copy the page's address"))
        copying.setEnabled(bool(address))
        copying.triggered.connect(lambda _=False: QGuiApplication.clipboard().setText(address))

    def _add_for_several(self, menu: QMenu, lines: Sequence[ListLine]) -> None:
        articles = [line.row.id for line in lines]
        is_pinned = all(line.is_pinned for line in lines)
        pinning = self.tr("Unpin") if is_pinned else self.tr("Pin to the top")
        menu.addAction(
            pinning,
            partial(self.set_pinned, articles, is_pinned=not is_pinned),
        )
        sections = menu.addMenu(self.tr("Move to"))
        now = {line.row.category for line in lines}
        for one in self._session.house.categories:
            action = sections.addAction(one.name("en").replace("&", "&&"))
            action.setEnabled(now != {one.key})
            action.triggered.connect(lambda _=False, key=one.key: self.set_category(articles, key))
        exporting = menu.addAction(self.tr("Export…"), partial(self._export, articles))
        may_go_out = all(line.row.state in {State.APPROVED, State.PUBLISHED} for line in lines)
        exporting.setEnabled(may_go_out and self._session.person.role in EDITORS)
        menu.addSeparator()
        label = self.tr("Discard") if len(lines) == 1 else self.tr("Discard {number}").format(number=len(lines))
        discarding = menu.addAction(label, partial(self.discard, articles))
        discarding.setEnabled(all(line.row.state is State.DRAFT for line in lines))

    def _open_and(self, article: ArticleId, then: Callable[[], object]) -> None:
        self._open_article(article)
        if self._article.id == article:
            then()

    def _undo_discard(self, articles: Sequence[ArticleId], *, opens: ArticleId | None) -> None:
        store = self._session.flushed_store()
        if store is not None and self._notices.try_action(lambda: drafts.restore(store, articles)) and opens:
            self._open_article(opens)

    def _say_discarded(self) -> None:
        self._bar.withdraw(_DISCARDED)
        if (article := self._article.id) is not None and self._article.is_discarded:
            restore = partial(self.restore, [article])
            answers = [(self.tr("Restore"), lambda _: restore())]
            self._bar.say(self._article.edit_refusal, answers=answers, topic=_DISCARDED)

    def make_own(self) -> None:
        """Goes on with the open story, which counts nowhere as its writer had left."""
        store, article = self._session.flushed_store(), self._article.id
        if store is None or article is None:
            return
        if self._notices.try_action(lambda: drafts.make_own(store, article, by=self._session.by)):
            said = self.tr("This story is yours now, and counts. Its earlier versions stay in its history.")
            self._notices.done.emit(said)

    def _say_lapse(self) -> None:
        """Why nothing of the open story counts, and the ways on; said once for as long as it is open."""
        folded = self._article.folded
        lapsed = folded.id if folded and folded.lapse and not self._article.is_discarded else None
        if lapsed == self._lapsed:
            return
        self._lapsed = lapsed
        self._bar.withdraw(_LAPSED)
        if lapsed is None or self._session.person.is_retired:
            return  # whoever has left is told of all that is theirs at once
        save: Answer = (self.tr("Save its text as a file…"), lambda _: self.saving_wanted.emit(lapsed))
        own: Answer = (self.tr("Make it yours"), lambda _: self.make_own())
        may_write = not self._session.why_read_only
        self._bar.say(
            self._article.edit_refusal, tone="warn", answers=[own, save] if may_write else [save], topic=_LAPSED
        )

    def _is_lapsed(self) -> bool:
        folded = self._article.folded
        return bool(folded and folded.lapse) and not self._session.person.is_retired

    def _may_discard(self) -> bool:
        folded = self._article.folded
        return folded is not None and folded.state is State.DRAFT and not self._article.is_discarded

    def _chosen_ids(self) -> list[ArticleId]:
        return [line.row.id for line in self._pane.selected_lines() if not line.discarded_at]

    def _headline(self, article: ArticleId) -> str:
        if article == self._article.id:
            return self._text.content.headline
        line = self._pane.model.line(self._pane.model.place_of(article))
        return line.row.headline if line else ""

    def _name(self, articles: Sequence[ArticleId]) -> str:
        """One by its headline, several by their number."""
        if len(articles) > 1:
            return quantity(len(articles), "draft", "drafts")
        headline = self._headline(articles[0])
        if len(headline) > _LONGEST_NAME:
            headline = f"{headline[:_LONGEST_NAME].rstrip()}…"
        return f"“{headline}”" if headline else self.tr("The draft without a headline")
