"""Where a comment is written: about some words or about the story, as a new thread or an answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from ovn_desk.domain.article import EventId
from ovn_desk.domain.workflow import Quote

_SHOWN = 80


class CommentBox(QFrame):
    """Shift+Enter says it; Escape forgets what it was about."""

    said = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.about = Quote()
        self.to: EventId | None = None
        self._about = QLabel(wordWrap=True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setProperty("role", "quote")
        self._about.hide()
        self.text = QPlainTextEdit(placeholderText=self.tr("Comment on the story; @Name calls somebody"))
        self.text.setAccessibleName(self.tr("Comment"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(64)
        self.text.installEventFilter(self)
        self.must_fix = QCheckBox(self.tr("Must fix"))
        say = QPushButton(self.tr("Comment"))
        say.clicked.connect(self._say)
        row = QHBoxLayout()
        row.addWidget(self.must_fix)
        row.addStretch()
        row.addWidget(say)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self._about)
        column.addWidget(self.text)
        column.addLayout(row)

    def write_about(self, about: Quote) -> None:
        """Ready for a new comment about these words; without words about the story."""
        self.about, self.to = about, None
        words = about.exact if len(about.exact) <= _SHOWN else f"{about.exact[: _SHOWN - 1]}…"
        self._show(f"“{words}”" if words else "", may_require=True)

    def answer(self, to: EventId, name: str) -> None:
        """Ready for an answer to somebody's comment."""
        self.about, self.to = Quote(), to
        self._show(self.tr("Answer to {name}").format(name=name), may_require=False)

    def clear(self) -> None:
        self.text.clear()
        self.must_fix.setChecked(False)
        self.about, self.to = Quote(), None
        self._about.hide()
        self.must_fix.show()

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._say()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _show(self, words: str, *, may_require: bool) -> None:
        self._about.setText(words)
        self._about.setVisible(bool(words))
        self.must_fix.setVisible(may_require)
        self.text.setFocus()

    def _say(self) -> None:
        if self.text.toPlainText().strip():
            self.said.emit(self.text.toPlainText(), self.must_fix.isChecked())
        else:
            self.text.setFocus()
