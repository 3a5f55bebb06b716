"""Sharing: what goes to other desks and comes from them, and what there is to do about it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.sync.exchange import IngestReport
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.sharing.hub import HubLink
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.opening import open_file
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import merging, queries

_NAMED = 3  # stories that came, by their headline


class SharingFeature(Feature):
    """Opens the forms, and says in the bar what came; `decision_wanted` asks for the view of two versions."""

    decision_wanted = Signal()
    changed = Signal()

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        bar: MessageBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._article, self._text, self._bar, self._window = session, article, text, bar, window
        self.hub = HubLink(session, notices.work, bar, self)
        self.hub.came.connect(self.say_came)
        self.hub.changed.connect(self.changed)
        article.opened.connect(self.offer_decision)

    def commands(self) -> Sequence[Command]:
        hand_over, sync = self.hand_over, self.hub.sync
        return (
            Command(
                "article.hand_over", "Hand over as a file…", "Ctrl+Shift+H", Menu.FILE, hand_over, submenu=Submenu.SHARE
            ),
            Command("hub.sync", "Sync with the hub", "", Menu.FILE, sync, submenu=Submenu.SHARE),
        )

    def hand_over(self) -> None:
        """A form that writes articles to a file for somebody."""
        from ovn_desk.ui.sharing.hand_over import HandOverDialog  # not needed to begin

        dialog = HandOverDialog(self._session, self._article, self._text, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.written.connect(self._say_written)
        dialog.show()

    def take_in(self, file: Path) -> None:
        """A look into a file that came from another desk, and what it brings once that is wanted."""
        from ovn_desk.ui.sharing.take_in import TakeInDialog  # not needed to begin

        dialog = TakeInDialog(self._session, file, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.came.connect(self.say_came)
        dialog.show()

    def say_came(self, came: IngestReport, who: str = "") -> None:
        """A sentence about what came, and the way to what has to be decided; what is open has heard of it already."""
        undecided = queries.ask(self._session.store, merging.undecided_articles, came.articles)
        sentences = [self._describe(came, who)]
        for words, troubles in (("refused", came.refused), ("waiting for parts that have not arrived", came.waiting)):
            if troubles:
                sentences.append(f"{quantity(len(troubles), 'record', 'records')} {words}: {troubles[0].sentence}.")
        said = " ".join([*sentences, *map(str, came.notes)])
        if not undecided:
            self._bar.say(said, tone="warn" if came.refused else "calm")
            return
        said = f"{said} {self._describe_undecided(undecided)}"
        self._bar.say(said, tone="warn", answers=[(self.tr("Decide"), lambda _: self._open(undecided[0]))])

    def _describe(self, came: IngestReport, who: str) -> str:
        """What came, from whom, and where it is now."""
        if not came.articles:
            is_news = self.tr("No story came, but news of the newsroom's people or settings did.")
            return is_news if came.added else self.tr("Nothing new came: all of it was here already.")
        number = quantity(len(came.articles), "story", "stories")
        names = self._name(sorted(came.articles))
        if who:
            return self.tr("{stories} came from {who}, now in your list: {names}.").format(
                stories=number, who=who, names=names
            )
        return self.tr("{stories} came, now in your list: {names}.").format(stories=number, names=names)

    def _describe_undecided(self, undecided: Sequence[ArticleId]) -> str:
        if len(undecided) == 1:
            return self.tr("{name} was changed both here and elsewhere: decide which words stand.").format(
                name=self._name(undecided)
            )
        return self.tr("{number} stories were changed both here and elsewhere: decide which words stand.").format(
            number=len(undecided)
        )

    def _name(self, articles: Sequence[ArticleId]) -> str:
        """The headlines of the first few, and how many more there are."""
        headlines = queries.headlines(self._session.store, articles[:_NAMED])
        names = [f"“{headlines.get(one) or self.tr('No headline yet')}”" for one in articles[:_NAMED]]
        more = len(articles) - len(names)
        return ", ".join(names) + (self.tr(" and {number} more").format(number=more) if more else "")

    def _say_written(self, said: str, file: Path) -> None:
        def open_folder(_: str) -> None:
            open_file(file.parent, lambda why, answers: self._bar.say(why, tone="warn", answers=answers))

        self._bar.say(said, answers=[(self.tr("Open folder"), open_folder)])

    def offer_decision(self) -> None:
        """Says of the open article that there are two versions of it, and how to go on."""
        article = self._article.folded
        if article is not None and len(article.heads) > 1:
            self._bar.say(
                self.tr(
                    "There are {n} versions of this article. It can not be approved until somebody decides."
                ).format(n=len(article.heads)),
                tone="warn",
                answers=[(self.tr("Decide"), lambda _: self.decision_wanted.emit())],
            )

    def finish(self) -> None:
        self.hub.finish()

    def _open(self, article: ArticleId) -> None:
        if self._article.id != article:
            self._article.open(article)
        self.decision_wanted.emit()
