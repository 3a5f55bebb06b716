"""Sharing: what goes to other desks and comes from them, and what there is to do about it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.house import Role
from ovn_desk.domain.notifications import Reason
from ovn_desk.sync.bundle import Preview
from ovn_desk.sync.exchange import IngestReport
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.features.arrivals import COMBINED, DECISION
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.sharing.hub import HubLink
from ovn_desk.ui.sharing.news_words import label, tell
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import THIS_STORY, Answer, MessageBar
from ovn_desk.ui.widgets.opening import open_file
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import merging, queries
from ovn_desk.usecases.news import Need, StoryNews, news_of
from ovn_desk.usecases.queries import Changes

if TYPE_CHECKING:
    from ovn_desk.ui.sharing.take_in import TakeInDialog

_MOST_BUTTONS = 3  # of the stories that came
_TO_DECIDE = "stories to decide"
_WITH_PLACE = {Need.DECIDE, Need.COMMENT, Need.UNDONE}
_SAID_AT_ONCE = {Reason.TAKEN_OVER, Reason.TAKEN_TWICE, Reason.RECALLED}
"""What `custody_news` says of the open story."""
_PRESSING = {Need.LAPSED, Need.UNDONE, Need.DECIDE}


class SharingFeature(Feature):
    """Opens the forms, and says in the bar what came; `decision_wanted` asks for the view of two versions."""

    decision_wanted = Signal()
    comparison_wanted = Signal(str)
    """The id of a version that is to be seen beside the text of the open story."""
    comment_wanted = Signal(str)
    """The id of a comment on the open story, which is to be shown at its words."""
    changed = Signal()
    leaver_asked = Signal()
    """Somebody who has left wants to hand over, what no other desk would take in."""
    asker_came = Signal(str)
    """The id of the key with which somebody asks to be let in, whose file was taken in."""
    inviting_wanted = Signal(str)
    """The name of somebody who left, whom a chief may invite again."""
    people_wanted = Signal()
    """Somebody is to be added to the newsroom."""

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
        self.hub = HubLink(session, text, notices.work, bar, self)
        self.hub.came.connect(self.say_came)
        self.hub.changed.connect(self.changed)
        self._pressing: frozenset[ArticleId] = frozenset()
        """Stories of which it was said that they are to be decided."""
        self._looking: TakeInDialog | None = None
        self._next_files: list[Path] = []
        """Files that are looked at once the one in the window is taken in, or is not."""
        session.committed.connect(self._follow_changes)
        self.hub.settings_wanted.connect(self.set_up_hub)

    def commands(self) -> Sequence[Command]:
        hand_over, sync = self.hand_over, self.hub.sync
        return (
            Command(
                "article.hand_over", "Hand over as a file…", "Ctrl+Shift+H", Menu.FILE, hand_over, submenu=Submenu.SHARE
            ),
            Command("hub.sync", "Sync with the hub", "", Menu.FILE, sync, submenu=Submenu.SHARE),
            Command("hub.settings", "Hub…", "", Menu.FILE, self.set_up_hub, submenu=Submenu.SHARE),
            Command(
                "hub.people",
                "People at the hub…",
                "",
                Menu.FILE,
                self.show_hub_people,
                when=lambda: bool(self.hub.address),
                submenu=Submenu.SHARE,
            ),
        )

    def hand_over(self, person: StaffId | None = None) -> None:
        """A form that writes articles to a file for somebody; none for who has left."""
        if self._session.person.is_retired:
            self.leaver_asked.emit()
            return
        from ovn_desk.ui.sharing.hand_over import HandOverDialog  # not needed to begin

        dialog = HandOverDialog(self._session, self._article, self._text, self._window, person=person)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.written.connect(self._say_written)
        dialog.show()

    def set_up_hub(self) -> None:
        """Where the hub is and who one is there, tried out before it is kept."""
        from ovn_desk.ui.sharing.hub_dialog import HubDialog  # only those with a hub have its package

        dialog = HubDialog(self._session, self.hub, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def show_hub_people(self) -> None:
        """Who is let in at the hub, for whoever runs it."""
        from ovn_desk.ui.sharing.hub_people import HubPeopleDialog  # only those with a hub have its package

        dialog = HubPeopleDialog(self._session, self.hub, self._window)
        dialog.adding_wanted.connect(self.people_wanted)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def take_in(self, file: Path) -> None:
        """A look into a file that came from another desk, and what it brings once that is wanted.

        One at a time: what a file would bring depends on what came before it.
        """
        if self._looking is None:
            self._look_into(file)
        elif file not in {self._looking.file, *self._next_files}:
            self._next_files.append(file)
            self._looking.say_next(self._next_files)
        if self._looking is not None:
            self._looking.activateWindow()  # the file may have been dropped from another program

    def _look_into(self, file: Path) -> None:
        from ovn_desk.ui.sharing.take_in import TakeInDialog  # not needed to begin

        self._looking = dialog = TakeInDialog(self._session, self._article, file, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.kept.connect(self._say_kept)
        dialog.came.connect(self._follow_file)
        dialog.inviting_wanted.connect(self.inviting_wanted)
        dialog.finished.connect(self._look_into_next)
        dialog.say_next(self._next_files)
        dialog.show()

    def _look_into_next(self) -> None:
        self._looking = None
        if self._next_files:
            self.take_in(self._next_files.pop(0))

    def _say_kept(self, made: list[ArticleId]) -> None:
        """Drafts were made of the texts of somebody who has left."""
        self._article.open(made[0])
        said = self.tr("Kept as {drafts} of yours.").format(drafts=quantity(len(made), "draft", "drafts"))
        self._bar.say(said)

    def say_came(self, came: IngestReport, who: str = "", shown: StoryNews | None = None) -> None:
        """Says of each story that came what it wants, with one click to it; what is `shown` needs none."""
        every = self._news_of(came)
        news = [one for one in every if not (one.article == self._article.id and one.why in _SAID_AT_ONCE)]
        if every and not news and not (came.refused or came.waiting or came.notes):
            return
        told = tell(news, queries.staff_names(self._session.store), who=who)
        sentences = [told] if every else [self._describe_rest(came)]
        for words, troubles in (("refused", came.refused), ("waiting for parts that have not arrived", came.waiting)):
            if troubles:
                sentences.append(f"{quantity(len(troubles), 'record', 'records')} {words}: {troubles[0].sentence}.")
        is_one = len({one.article for one in news}) == 1
        answers: list[Answer] = [
            (label(one, is_only=is_one), partial(self._go_to, one))
            for one in news[:_MOST_BUTTONS]
            if one != shown and (one.need in _WITH_PLACE or one.article != self._article.id)
        ]
        is_pressing = bool(came.refused) or any(one.need in _PRESSING for one in news)
        said = " ".join(filter(None, [*sentences, *map(str, came.notes)]))
        self._bar.say(said, tone="warn" if is_pressing else "calm", answers=answers, topic=self._topic_of(news))

    def _topic_of(self, news: Sequence[StoryNews]) -> str:
        """That of what is said of the open story's versions, where that is all that came: it is said once.

        What is said of others to be decided goes when one of them is.
        """
        if len(news) == 1 and news[0].article == self._article.id:
            return {Need.DECIDE: DECISION, Need.READ: COMBINED}.get(news[0].need, "")
        self._pressing = frozenset(one.article for one in news if one.need is Need.DECIDE)
        return _TO_DECIDE if self._pressing else ""

    def _follow_changes(self, changes: Changes) -> None:
        touched = [one for one in self._pressing if changes.may_touch(one)]
        if touched and len(queries.ask(self._session.store, merging.undecided_articles, touched)) < len(touched):
            self._bar.withdraw(_TO_DECIDE)
            self._pressing = frozenset()

    def go_to_need(self, article: ArticleId) -> None:
        """Opens a story at what it wants of the person here: the decision, the comment that calls them, or the text."""
        news = queries.ask(self._session.store, news_of, [article], self._session.person)
        if news:
            self._go_to(news[0])

    def _news_of(self, came: IngestReport) -> list[StoryNews]:
        person = self._session.person  # whoever has left is told of all that is theirs at once
        look = partial(news_of, uncounted=() if person.is_retired else came.uncounted)
        return queries.ask(self._session.store, look, came.arrived, person)

    def _follow_file(self, came: IngestReport, found: Preview | None) -> None:
        """Says what came in a file, and opens the most pressing story where none is open; who asks is asked about."""
        self._tell_of_file(came, found)
        if found is not None and found.is_asking:
            self.asker_came.emit(found.key)

    def _tell_of_file(self, came: IngestReport, found: Preview | None) -> None:
        news = self._news_of(came)
        if (
            found is not None
            and not news
            and not (came.refused or came.waiting)
            and (found.is_asking or found.is_with_new_key)
        ):
            self._say_who_came(found)
            return
        first = next(iter(news), None)
        if first is not None and self._article.id is None:
            self._article.open(first.article)
        is_open = first is not None and self._article.id == first.article
        self.say_came(came, found.by if found else "", first if is_open else None)
        if first is not None and is_open:
            self._go_to(first)  # what is said of a decision goes when it is begun

    def _say_who_came(self, found: Preview) -> None:
        """Of a file without a story: who asks to be let in, whom a chief is asked about, or whose key came."""
        if found.is_asking:
            if self._session.person.role is not Role.CHIEF:
                said = self.tr("{name} asks to be let in. A chief has to answer that: hand the file on to one.")
                self._bar.say(said.format(name=found.by))
            return
        said = self.tr("{name} has joined. What you hand over to {name} can be sealed from now on.")
        hand_over: Answer = (
            self.tr("Hand over to {name}…").format(name=found.by),
            lambda _: self.hand_over(found.writer),
        )
        self._bar.say(said.format(name=found.by), answers=[hand_over])

    def _go_to(self, news: StoryNews, _: str = "") -> None:
        if self._article.id != news.article:
            self._article.open(news.article)
        if self._article.id != news.article:
            return  # what was being written could not be kept, which the bar says
        if news.need is Need.DECIDE:
            self.decision_wanted.emit()
        elif news.need is Need.COMMENT and news.event:
            self.comment_wanted.emit(news.event)
        elif news.need is Need.UNDONE and news.version:
            self.comparison_wanted.emit(news.version)

    def _describe_rest(self, came: IngestReport) -> str:
        """What came where no story did."""
        if came.quiet:
            return self.tr("No words came, only that a story was read or begun.")
        is_news = self.tr("No story came, but news of the newsroom's people or settings did.")
        return is_news if came.added else self.tr("Nothing new came: all of it was here already.")

    def _say_written(self, said: str, file: Path) -> None:
        def open_folder(_: str) -> None:
            open_file(file.parent, lambda why, answers: self._bar.say(why, tone="warn", answers=answers))

        self._bar.withdraw(THIS_STORY)  # what offered to hand it over
        self._bar.say(said, answers=[(self.tr("Open folder"), open_folder)])

    def finish(self) -> None:
        self.hub.finish()
