"""Where a comment is written: about some words or about the story, as a new thread or an answer."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from ovn_desk.domain.article import EventId
from ovn_desk.domain.workflow import Quote
from ovn_desk.ui.review.comment_draft import Draft
from ovn_desk.ui.review.mentions import Mentions
from ovn_desk.ui.widgets.boxes import send_with
from ovn_desk.ui.widgets.urdu_words import follow_words

_SHOWN = 80


class CommentBox(QFrame):
    """Ctrl+Enter sends it; Escape puts it away, and what was written stands there again."""

    said = Signal(str, bool)
    left = Signal()
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.about = Quote()
        self.to: EventId | None = None
        self._to_name = ""
        self._about = QLabel(wordWrap=True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setProperty("role", "quote")
        self.text = QPlainTextEdit(placeholderText=self.tr("Comment on the story; @Name calls a colleague"))
        self.text.setAccessibleName(self.tr("Comment"))
        self.text.setTabChangesFocus(True)
        follow_words(self.text, height=76, urdu_height=124)
        self._mentions = Mentions(self.text)
        self.text.textChanged.connect(self.edited)
        self.text.installEventFilter(self)
        self.must_fix = QCheckBox(self.tr("Must fix"))
        self.must_fix.setToolTip(self.tr("The story is not approved before this is resolved"))
        self.must_fix.toggled.connect(self.edited)
        self.send = QPushButton(self.tr("Comment"))
        self.send.setToolTip(self.tr("Send the comment (Ctrl+Enter)"))
        self.send.clicked.connect(self._say)
        send_with(self, self.send)
        row = QHBoxLayout()
        row.addWidget(self.must_fix)
        row.addStretch()
        row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        for widget in (self._about, self.text, self._mentions.list):
            column.addWidget(widget)
        column.addLayout(row)
        self.hide()

    def offer_names(self, names: Sequence[str]) -> None:
        """Whom a comment may call by name."""
        self._mentions.names = names

    @property
    def draft(self) -> Draft:
        """What is written here and not sent."""
        return Draft(self.text.toPlainText(), self.about, self.to, self._to_name, self.must_fix.isChecked())

    def restore(self, draft: Draft) -> None:
        """Another article's draft; the box is there where something was written."""
        self.text.setPlainText(draft.text)
        self.must_fix.setChecked(draft.must_fix)
        self._set(draft.about, draft.to, draft.to_name)
        self.setVisible(bool(draft.text.strip()))

    def write_about(self, about: Quote) -> None:
        """Ready for a new comment about these words; without words about the story."""
        self._set(about, None, "")
        self._open()

    def answer(self, to: EventId, name: str) -> None:
        """Ready for an answer to somebody's comment."""
        self._set(Quote(), to, name)
        self._open()

    def clear(self) -> None:
        """Nothing is written here any more."""
        self.restore(Draft())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.setVisible(bool(self.text.toPlainText().strip()))
                self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _set(self, about: Quote, to: EventId | None, name: str) -> None:
        self.about, self.to, self._to_name = about, to, name
        words = about.exact if len(about.exact) <= _SHOWN else f"{about.exact[: _SHOWN - 1]}…"
        shown = self.tr("Answer to {name}").format(name=name) if to else f"“{words}”" if words else ""
        self._about.setText(shown)
        self._about.setVisible(bool(shown))
        self.must_fix.setVisible(to is None)
        colleague = self.tr("{what}; @Name calls a colleague")
        what = self.tr("Your answer") if to else self.tr("Comment on these words") if words else ""
        self.text.setPlaceholderText(colleague.format(what=what or self.tr("Comment on the story")))
        self.send.setText(self.tr("Reply") if to else self.tr("Comment"))
        self.edited.emit()

    def _open(self) -> None:
        self.show()
        self.text.setFocus()

    def _say(self) -> None:
        if self.text.toPlainText().strip():
            self.said.emit(self.text.toPlainText(), self.must_fix.isChecked() and self.to is None)
        else:
            self.text.setFocus()
