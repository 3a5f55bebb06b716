"""The field that says which article the open one is a translation of."""

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.line_completer import LineCompleter
from ovn_desk.usecases import queries, translating


class OriginalField(QLineEdit):
    """Finds an article in another language as one types its headline; emptied, it is a translation of none."""

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, clearButtonEnabled=True)
        self._session, self._article, self._text = session, article, text
        self._found: dict[str, ArticleId] = {}
        self._labels = QStringListModel(self)
        self.setPlaceholderText(self.tr("if this is a translation"))
        suggestions = LineCompleter(self._labels, self)
        suggestions.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        suggestions.activated.connect(self._choose)
        self.textEdited.connect(self._search)
        self.editingFinished.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the headline of the article that the open one is a translation of."""
        text = self._headline(self._text.content.translates)
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def _headline(self, original: str) -> str:
        if not original:
            return ""
        try:
            return queries.headline(self._session.store, ArticleId(original)) or original
        except DeskError:  # it came from another desk, and what it translates did not
            return self.tr("An article that is not on this desk")

    def _search(self, text: str) -> None:
        if self._article.id is None:
            return
        if not text:
            self._text.edit(translates="")
            return
        language = self._text.content.language
        rows = queries.ask(self._session.store, translating.originals, self._article.id, language, text)
        self._found = {}
        for row in rows:
            label = row.headline or row.slug
            self._found[label if label not in self._found else f"{label} ({row.slug})"] = row.id
        self._labels.setStringList(list(self._found))

    def _choose(self, label: str) -> None:
        if label in self._found:
            self._text.edit(translates=self._found[label])
            self.refresh()
