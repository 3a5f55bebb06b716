"""An article's history: every saved text and every step, and the way back to an older text."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.article import RevisionId
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.usecases import history, queries

_SIGNED = {"valid": "signature holds", "invalid": "SIGNATURE DOES NOT HOLD"}


class History(QWidget):
    """Newest first; choosing a line offers its text, and what has changed since."""

    comparison_wanted = Signal(str, str)

    def __init__(self, session: Session, article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._article = session, article
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("History"))
        self._list.setWordWrap(True)
        self._list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._back = QPushButton(self.tr("Bring this text back"))
        self._back.setEnabled(False)
        self._compare = QPushButton(self.tr("Compare with the text now"))
        self._compare.setEnabled(False)
        self._compare.clicked.connect(self._ask_to_compare)
        self._empty = QLabel(self.tr("Open an article to see what was done with it."), wordWrap=True)
        self._empty.setProperty("role", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        column.addWidget(self._compare)
        column.addWidget(self._back)
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self.refresh)
        self._list.itemSelectionChanged.connect(self._update)
        self._back.clicked.connect(self._bring_back)
        article.opened.connect(self._pause.start)
        article.changed.connect(self._pause.start)

    def refresh(self) -> None:
        article = self._article.folded
        self._list.clear()
        self._empty.setVisible(article is None)
        if article is None or not self.isVisible():
            return
        lines = queries.ask(self._session.store, history.history, article.id)
        for line in reversed(lines):
            when = line.at.replace("T", " ")[:16]
            text = f"{line.by} · {line.what}\n{when}"
            if line.signature in _SIGNED:
                text += f" · {_SIGNED[line.signature]}"
            if line.note:
                text += f"\n{line.note}"
            if line.problem:
                text += f"\n⚠ {line.problem}"
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, line.revision)
            self._list.addItem(item)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def _update(self) -> None:
        item, article = self._list.currentItem(), self._article.folded
        is_older = item is not None and article is not None and item.data(Qt.ItemDataRole.UserRole) != article.head
        self._back.setEnabled(is_older and not self._article.edit_refusal)
        chosen = self._list.selectedItems()
        self._compare.setEnabled(bool(chosen))
        two = len(chosen) == 2
        self._compare.setText(self.tr("Compare these two") if two else self.tr("Compare with the text now"))

    def _ask_to_compare(self) -> None:
        """One line against the text now, two lines against each other, the older first."""
        chosen = sorted(self._list.selectedItems(), key=self._list.row, reverse=True)
        revisions = [str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen[:2]]
        if revisions:
            self.comparison_wanted.emit(revisions[0], revisions[1] if len(revisions) == 2 else "")

    def _bring_back(self) -> None:
        if item := self._list.currentItem():
            self._article.bring_back(RevisionId(item.data(Qt.ItemDataRole.UserRole)))
