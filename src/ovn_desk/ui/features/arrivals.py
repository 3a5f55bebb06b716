"""What is said when another text of the open article comes while this one is being written."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ovn_desk.domain.article import RevisionId
from ovn_desk.ui.conflicts.sides import versions_words
from ovn_desk.ui.editor.clipboard import copy_text
from ovn_desk.ui.state.clock import newsroom_time
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import Answer
from ovn_desk.usecases import merging, queries

TOPIC = "arrival"
"""What the bar says of another text of the open article, until another article is opened."""
DECISION, COMBINED = "two versions", "combined versions"
"""What it says until somebody decided between two versions, or has read a text that was combined."""


class Arrivals(QObject):
    """Never takes the text from under the writer's hands: it says what came, from whom, and what will become of it."""

    comparison_wanted = Signal(str)
    """The id of a version to lay the text now over."""
    decision_wanted = Signal()

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        article.versions.came.connect(self._say_version)
        article.versions.combined.connect(self._say_combined)
        article.withdrawn.connect(self._say_withdrawn)
        article.other_writer_came.connect(self._say_shared)
        text.other_writer_met.connect(self._say_met)

    def _say_version(self, revision: str) -> None:
        """What came beside the text; that it was combined with it is said by itself."""
        if self._article.versions.is_to_read:
            return
        came = queries.revision(self._session.store, RevisionId(revision))
        names = queries.staff_names(self._session.store)
        at = newsroom_time(self._session.house, came.at)
        sentence = self.tr("Another version of this article came: {name}, {at}.").format(
            name=names.get(came.by, self.tr("somebody")), at=f"{at:%d %b %H:%M}"
        )
        if self._article.versions.are_undecided:
            more = self.tr("Both versions changed the same words. Both are kept: decide which words stand.")
            decide: Answer = (self.tr("Decide"), lambda _: self.decision_wanted.emit())
            self._say(f"{sentence} {more}", revision, first=[decide], topic=DECISION)
            return
        more = self.tr(
            "Yours is untouched. When you save a version, the two are combined; where both changed the same words, "
            "you are asked to decide."
        )
        self._say(f"{sentence} {more}", revision)

    def _say_combined(self) -> None:
        """Two versions that are in no conflict became one, which nobody has read."""
        article = self._article.id
        if article is None:
            return
        parts = queries.ask(self._session.store, merging.versions, article)
        named = versions_words(self._session, parts)
        said = self.tr("Two versions were combined, since they did not change the same words: {versions}. Please read.")
        came = next((one for one in parts if one.is_here), parts[0])
        answers: list[Answer] = [
            (self.tr("Show what came"), lambda _: self.comparison_wanted.emit(came.revision.id)),
            (self.tr("I have read it"), lambda _: self.confirm_reading()),
        ]
        said = said.format(versions=named)
        self._notices.said.emit(Notice(said, tone="warn", answers=answers, topic=COMBINED))

    def confirm_reading(self) -> None:
        """Somebody has read what was combined."""
        store, article = self._session.flushed_store(), self._article.id
        if store is not None and article is not None:
            self._notices.try_action(lambda: merging.confirm_reading(store, article))

    def _say_met(self, revision: str) -> None:
        self._say(
            self.tr(
                "Another window of this computer kept a text of this article meanwhile. Nothing was overwritten: both "
                "are versions now, beside each other."
            ),
            revision,
        )

    def _say_withdrawn(self, why: str) -> None:
        said = self.tr("{why} What you wrote up to now is kept on this computer, and is no version of the article.")
        head = self._article.folded.head if self._article.folded else ""
        answers: list[Answer] = [
            (self.tr("Compare"), lambda _: self.comparison_wanted.emit(head)),
            (self.tr("Copy the text"), lambda _: copy_text(self._text.content)),
        ]
        self._notices.said.emit(Notice(said.format(why=why), tone="warn", answers=answers, is_sticky=True, topic=TOPIC))

    def _say_shared(self) -> None:
        self._notices.said.emit(
            Notice(
                self.tr(
                    "This article is being written in another window of this computer, too. What you write here "
                    "becomes a version beside it."
                ),
                tone="warn",
                answers=[(self.tr("Understood"), lambda _: None)],
                is_sticky=True,
                topic=TOPIC,
            )
        )

    def _say(self, sentence: str, revision: str, *, first: Sequence[Answer] = (), topic: str = TOPIC) -> None:
        answers: list[Answer] = [
            *first,
            (self.tr("Compare"), lambda _: self.comparison_wanted.emit(revision)),
            (self.tr("Go on writing"), lambda _: None),
        ]
        self._notices.said.emit(Notice(sentence, tone="warn", answers=answers, is_sticky=True, topic=topic))
