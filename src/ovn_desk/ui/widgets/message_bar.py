"""A bar below the top for what needs an answer: never a window in the way."""

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

Answer = tuple[str, Callable[[str], object]]
"""The words on a button, and what it does with what stands in the field."""


class MessageBar(QFrame):
    """One sentence, perhaps a field, and buttons; the first answer is the one that Enter gives."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._text = QLabel(wordWrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.field = QLineEdit()
        self.field.setObjectName("bar-field")
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 12, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.field, 1)
        self._answers: list[Answer] = []
        self._is_sticky = False
        self._back_to: QWidget | None = None
        self.field.returnPressed.connect(lambda: self._give(0))
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, sentence: str, *, tone: str = "calm", answers: Sequence[Answer] = (), sticky: bool = False) -> None:
        """Shows a sentence; without answers it can only be put away."""
        if self._is_sticky and self.isVisible() and not sticky:
            return
        self._remember_focus()
        self._show(sentence, tone, answers, sticky=sticky)
        self.field.hide()

    def warn(self, sentence: str) -> None:
        """Shows that something was refused."""
        self.say(sentence, tone="warn")

    def ask(self, question: str, *, answers: Sequence[Answer], value: str = "", secret: bool = False) -> None:
        """Asks for a text; the answers are given what stands in the field."""
        self._remember_focus()
        self._show(question, "calm", answers, sticky=False)
        self.field.setEchoMode(QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal)
        self.field.setAccessibleName(question)
        self.field.setText(value)
        self.field.show()
        self.field.setFocus()
        self.field.selectAll()

    def put_away(self) -> None:
        """Hides the bar; the keyboard goes back to where it was when it asked."""
        if self._has_focus() and self._back_to is not None and shiboken6.isValid(self._back_to):
            self._back_to.setFocus()
        self._back_to = None
        self._is_sticky = False
        self._answers = []
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._is_sticky:
            self.put_away()
            return
        super().keyPressEvent(event)

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _remember_focus(self) -> None:
        """Where the keyboard goes back to when a button of the bar has taken it."""
        if not self._has_focus():
            self._back_to = QApplication.focusWidget()

    def _show(self, sentence: str, tone: str, answers: Sequence[Answer], *, sticky: bool) -> None:
        self._is_sticky = sticky
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        close: list[Answer] = (
            [] if sticky else [(self.tr("Close") if not answers else self.tr("Cancel"), lambda _: None)]
        )
        self._answers = [*answers, *close]
        self._buttons = []
        for number, (label, _) in enumerate(self._answers):
            button = QPushButton(label)
            button.setObjectName("primary" if number == 0 and answers else "")
            button.clicked.connect(lambda _=False, n=number: self._give(n))
            self._row.addWidget(button)
            self._buttons.append(button)
        self.show()

    def _give(self, number: int) -> None:
        if number >= len(self._answers):
            return
        _, then = self._answers[number]
        value = self.field.text() if self.field.isVisible() else ""
        self.put_away()
        then(value)
