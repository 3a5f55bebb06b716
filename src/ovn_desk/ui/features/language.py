"""The language of a new story: the one that it is written in, until somebody says otherwise."""

from functools import partial

from PySide6.QtCore import QObject

from ovn_desk.domain.article import ArticleId
from ovn_desk.text import language
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText


class LanguageFeature(Feature):
    """Follows the words of a story that was opened empty; what was set or taken back by hand stays."""

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._notices = session, article, text, notices
        self._new: ArticleId | None = None
        self._language = ""
        article.opened.connect(self._note_opened)
        text.rested.connect(self._follow_words)

    def _note_opened(self) -> None:
        content = self._text.content
        self._new = self._article.id if content.is_empty and not content.translates else None
        self._language = content.language

    def _follow_words(self) -> None:
        """Turns a new story when its words are in the newsroom's other language; says so, with Undo."""
        article, content = self._article.id, self._text.content
        if article is None or article != self._new or self._article.edit_refusal:
            return
        if content.language != self._language:  # by hand
            self._new = None
            return
        written_in = language.story_language(content.headline, content.body)
        if not written_in or written_in == content.language or written_in not in self._session.house.languages:
            return
        self._language = written_in
        self._text.edit(language=written_in)
        said = self.tr("This story is in Urdu now.") if written_in == "ur" else self.tr("This story is in English now.")
        self._notices.offer_undo(said, partial(self._take_back, article, content.language))

    def _take_back(self, article: ArticleId, before: str) -> None:
        if self._article.id == article and not self._article.edit_refusal:
            self._new = None
            self._text.edit(language=before)
