"""Above the text: that there are two versions to decide between, or that they were combined and are to be read."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ovn_desk.ui.conflicts.sides import versions_words
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.usecases import merging, queries

_NARROW = 520  # pixels; the buttons stand below the words then


class VersionsStrip(QFrame):
    """Stands there for as long as it is so, whatever was said in the bar meanwhile."""

    decision_wanted = Signal()
    read = Signal()
    comparison_wanted = Signal(str)
    """The id of the version made here, to lay the combined text over."""

    def __init__(self, session: Session, article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._article = session, article
        self._own = ""
        self.setObjectName("versions-strip")
        self.words = QLabel(wordWrap=True)
        self.words.setMinimumWidth(1)
        self.decide = QPushButton()
        self.decide.setObjectName("primary")
        self.decide.clicked.connect(self.decision_wanted)
        self.compare = QPushButton(self.tr("Show what came"))
        self.compare.clicked.connect(lambda: self.comparison_wanted.emit(self._own))
        self.confirm = QPushButton(self.tr("I have read it"))
        self.confirm.clicked.connect(self.read)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.addWidget(self.words, 1)
        buttons = QHBoxLayout()
        for button in (self.decide, self.compare, self.confirm):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(0)
        self._row.addLayout(buttons)
        self.hide()
        for fact in (article.opened, article.changed, session.person_changed):
            fact.connect(self.refresh)

    def refresh(self) -> None:
        """Says what there is to do about the versions of the open article."""
        article, name = self._article, self._article.id
        if name is None or not (article.versions.are_undecided or article.versions.is_to_read):
            self.hide()
            return
        found = queries.ask(self._session.store, merging.versions, name)
        named = versions_words(self._session, found)
        is_open = article.versions.are_undecided
        if is_open:
            said = self.tr("{number} versions: {versions}. Decide which words stand; until then nobody can approve it.")
            if article.edit_refusal:
                said = self.tr("{number} versions: {versions}. Whoever has the story decides which words stand.")
            is_begun = bool(queries.ask(self._session.store, lambda reading: reading.choices(name)))
            self.decide.setText(self.tr("Go on deciding") if is_begun else self.tr("Decide"))
            if article.edit_refusal:
                self.decide.setText(self.tr("Look at both"))
        else:
            said = self.tr("Combined, please read: {versions}. They did not change the same words.")
            self._own = next((one for one in found if one.is_here), found[0]).revision.id
        self.words.setText(said.format(number=len(found), versions=named))
        self.setAccessibleName(self.words.text())
        self.setProperty("tone", "bad" if is_open else "warn")
        self.style().unpolish(self)
        self.style().polish(self)
        self.decide.setVisible(is_open)
        for button in (self.compare, self.confirm):
            button.setVisible(not is_open)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if self.width() < _NARROW else directions.LeftToRight)
