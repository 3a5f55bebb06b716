"""The field that says which article the open one is a translation of."""

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.workspace import Workspace
from ovn_desk.usecases import translating


class OriginalField(QLineEdit):
    """Finds an article in another language as one types its headline; emptied, it is a translation of none."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent, clearButtonEnabled=True)
        self._workspace = workspace
        self._found: dict[str, ArticleId] = {}
        self._labels = QStringListModel(self)
        self.setPlaceholderText(self.tr("if this is a translation"))
        completer = QCompleter(self._labels, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._choose)
        self.setCompleter(completer)
        self.textEdited.connect(self._search)
        self.editingFinished.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the headline of the article that the open one is a translation of."""
        text = self._headline(self._workspace.text.content.translates)
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def _headline(self, original: str) -> str:
        if not original:
            return ""
        try:
            with self._workspace.session.read() as reading:
                return reading.row(ArticleId(original)).headline or original
        except DeskError:  # it came from another desk, and what it translates did not
            return self.tr("An article that is not on this desk")

    def _search(self, text: str) -> None:
        space = self._workspace
        if space.article.id is None:
            return
        if not text:
            space.text.edit(translates="")
            return
        with space.session.read() as reading:
            rows = translating.originals(reading, space.article.id, space.text.content.language, text)
        self._found = {}
        for row in rows:
            label = row.headline or row.slug
            self._found[label if label not in self._found else f"{label} ({row.slug})"] = row.id
        self._labels.setStringList(list(self._found))

    def _choose(self, label: str) -> None:
        if label in self._found:
            self._workspace.text.edit(translates=self._found[label])
            self.refresh()
