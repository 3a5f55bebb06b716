"""Samples: says which story or newsroom is invented, and throws the story away with one click."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from ovn_desk.domain.article import ArticleId
from ovn_desk.ui.commands import Command, Menu
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.usecases import sample


class SamplesFeature(Feature):
    """The bar says what is a sample when it is opened."""

    def __init__(self, session: Session, article: OpenArticle, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._article, self._notices = session, article, notices
        self._story = sample.story_to_try(session.store)
        self._is_newsroom = bool(sample.sample_reporter(session.store)) and not session.why_read_only
        article.opened.connect(self._describe)

    def commands(self) -> Sequence[Command]:
        throw = self.throw_away
        return (Command("sample.throw_away", "Throw the sample story away", "", Menu.HELP, throw, self._may_throw),)

    def throw_away(self) -> None:
        """Takes the sample story off the list; the bar brings it back."""
        store, story, by = self._session.flushed_store(), self._story, self._session
        if store is None or story is None:
            return
        if not self._notices.try_action(lambda: sample.throw_story_away(store, by=by.by)):
            return
        self._story = None
        said = Notice(
            self.tr("The sample story is thrown away."),
            answers=[(self.tr("Bring it back"), lambda _: self._bring_back(story))],
        )
        self._notices.said.emit(said)

    def _bring_back(self, story: ArticleId) -> None:
        store, session = self._session.flushed_store(), self._session
        if store and self._notices.try_action(lambda: sample.bring_story_back(store, story, by=session.by)):
            self._story = story

    def _keep(self) -> None:
        if store := self._session.flushed_store():
            sample.forget_story(store)
            self._story = None

    def _may_throw(self) -> bool:
        return self._story is not None and not self._session.why_read_only

    def _describe(self) -> None:
        if self._is_newsroom:
            self._is_newsroom = False  # once is enough
            self._describe_newsroom()
        elif self._story is not None and self._article.id == self._story:
            self._describe_story()

    def _describe_newsroom(self) -> None:
        """Says in the sample newsroom that it is one, and how to have one of one's own."""
        said = self.tr(
            "This is the sample newsroom: people and stories are invented. You sit here as {name}; the name at the top "
            "right makes you somebody else. For your own newsroom close the window and start the desk again."
        )
        self._notices.done.emit(said.format(name=self._session.person.name))

    def _describe_story(self) -> None:
        said = self.tr("A sample story to play with: its facts are invented.")
        answers = [
            (self.tr("Throw it away"), lambda _: self.throw_away()),
            (self.tr("Keep it"), lambda _: self._keep()),
        ]
        self._notices.said.emit(Notice(said, answers=answers))
