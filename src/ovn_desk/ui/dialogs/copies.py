"""Where everything is: what the hub and each copy have, and what none of these has, story by story."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import ArticleId
from ovn_desk.ui.state.copy_state import CopyState
from ovn_desk.ui.widgets import fitting

_HEIGHT = 420  # with a list
_ARTICLE = Qt.ItemDataRole.UserRole


class CopiesDialog(QDialog):
    """Kept up to date while it is open; Enter or a double click on a story opens it."""

    article_wanted = Signal(str)
    copy_wanted = Signal()
    sync_wanted = Signal()

    def __init__(
        self, state: CopyState, headline: Callable[[ArticleId], str], *, has_hub: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("copies")
        self.setWindowTitle(self.tr("Where everything is"))
        fitting.resize_to_fit(self, 620, _HEIGHT)
        self._state, self._headline = state, headline
        self.places = QLabel(wordWrap=True)
        self.places.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.stories = QListWidget()
        self.stories.setWordWrap(True)
        self.stories.itemActivated.connect(self._open)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.places)
        column.addWidget(self.heading)
        column.addWidget(self.stories, 1)
        column.addStretch()
        row = QHBoxLayout()
        for words, wanted, is_shown in (
            (self.tr("Send to the hub now"), self.sync_wanted, has_hub),
            (self.tr("Copy to another disk now"), self.copy_wanted, True),
        ):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(wanted)
            button.setVisible(is_shown)
            row.addWidget(button)
        row.addStretch()
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)  # Enter on a story opens it, and presses nothing
        close.clicked.connect(self.reject)
        row.addWidget(close)
        column.addLayout(row)
        state.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        words = self._state.words
        if words is None:
            self.places.setText(self.tr("Looking…"))
            return
        self.places.setText("\n".join(words.places()))
        found = words.stories_only_here(self._headline)
        self.heading.setText(words.heading)
        self.stories.setAccessibleName(words.heading)
        chosen = self.stories.currentRow()
        self.stories.clear()
        for article, line in found:
            item = QListWidgetItem(line)
            item.setData(_ARTICLE, article)
            self.stories.addItem(item)
        self.stories.setCurrentRow(min(max(chosen, 0), len(found) - 1))
        if not found and self.stories.isVisibleTo(self):
            self.stories.hide()
            fitting.resize_to_fit(self, self.width(), self._column.totalHeightForWidth(self.width()))
        elif found and not self.stories.isVisibleTo(self):
            self.stories.show()
            fitting.resize_to_fit(self, self.width(), _HEIGHT)

    def _open(self, item: QListWidgetItem) -> None:
        if article := item.data(_ARTICLE):
            self.article_wanted.emit(article)
            self.accept()
