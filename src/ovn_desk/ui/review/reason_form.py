"""Where an editor writes why: in the review screen, above the text, with what was begun kept for later."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ovn_desk.ui.widgets.boxes import send_with
from ovn_desk.ui.widgets.half_written import HalfWritten
from ovn_desk.ui.widgets.urdu_words import follow_words

_LINES, _URDU_MORE = 4, 48


class ReasonForm(QFrame):
    """Ctrl+Enter sends it, Escape puts it away; what was written stands there again when it is opened for the same."""

    closed = Signal()

    def __init__(self, person: Callable[[], str], half_written: HalfWritten, parent: QWidget | None = None) -> None:
        """`person` names who sits here: what one began to write is shown to no other."""
        super().__init__(parent)
        self._person, self._half_written = person, half_written
        self.setObjectName("reason-form")
        self.setProperty("role", "card")
        self._about = ""
        self._then: Callable[[str], object] = lambda _: None
        self._offered = ""
        self._question = QLabel(wordWrap=True)
        self._question.setProperty("role", "heading")
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.installEventFilter(self)
        self.refusal = QLabel(self.tr("Write a reason first."))
        self.refusal.setProperty("chip", "warn")
        self.refusal.hide()
        self.box.textChanged.connect(self.refusal.hide)
        self.box.textChanged.connect(self._keep_draft)
        self.offer = QPushButton()
        self.offer.setProperty("flat", True)
        self.offer.clicked.connect(self._add_offered)
        self.send = QPushButton()
        self.send.setObjectName("primary")
        self.send.clicked.connect(self._send)
        send_with(self, self.send)
        cancel = QPushButton(self.tr("Not now"))
        cancel.setToolTip(self.tr("What is written is kept (Escape)"))
        cancel.clicked.connect(self.put_away)
        row = QHBoxLayout()
        row.addWidget(self.offer)
        row.addWidget(self.refusal)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self._question, self.box):
            column.addWidget(widget)
        column.addLayout(row)
        height = self.box.fontMetrics().lineSpacing() * _LINES + 16
        follow_words(self.box, height=height, urdu_height=height + _URDU_MORE)
        self.hide()

    def ask(self, question: str, label: str, then: Callable[[str], object], *, about: str, offered: str = "") -> None:
        """Asks for a reason; `about` names what it is for, so that its draft is found again.

        `offered` is a text that can be put in with one click. `then` gets the reason, which is never empty.
        """
        self._about, self._then, self._offered = "", then, offered
        name = f"reason {about}:{self._person()}"
        self.box.setPlainText(self._half_written.find(name))
        self._about = name
        self._question.setText(question)
        self.box.setAccessibleName(question)
        self.refusal.hide()
        self.send.setText(label)
        self.send.setToolTip(self.tr("{label} (Ctrl+Enter)").format(label=label))
        number = len(offered.splitlines())
        self.offer.setText(
            self.tr("Add the comment that must be fixed")
            if number == 1
            else self.tr("Add the {number} comments that must be fixed").format(number=number)
        )
        self.offer.setVisible(bool(offered))
        self.show()
        self.box.setFocus()

    def put_away(self) -> None:
        """Closes it; what was written is kept."""
        self._about = ""
        self.hide()
        self.closed.emit()

    def forget_question(self) -> None:
        """Closes it for another story or person, whose question this is not, and keeps what was written."""
        if self._about:
            self._about, self._then = "", lambda _: None
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.put_away()
            return True
        return super().eventFilter(watched, event)

    def _send(self) -> None:
        reason = self.box.toPlainText().strip()
        if not reason:
            self.refusal.show()
            self.box.setFocus()
            return
        then, about = self._then, self._about
        self.put_away()
        if then(reason) is not False:
            self._half_written.keep(about, "")

    def _add_offered(self) -> None:
        before = self.box.toPlainText().rstrip()
        self.box.setPlainText(f"{before}\n{self._offered}" if before else self._offered)
        self.box.setFocus()
        self.box.moveCursor(self.box.textCursor().MoveOperation.End)

    def _keep_draft(self) -> None:
        if self._about:
            self._half_written.keep(self._about, self.box.toPlainText())
