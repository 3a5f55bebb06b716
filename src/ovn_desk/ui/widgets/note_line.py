"""A line above a text that concerns the whole of it, with what can be done about that."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class NoteLine(QFrame):
    """One sentence and its buttons, in the column of the text: it covers nothing."""

    def __init__(
        self, sentence: str, acts: Sequence[tuple[str, Callable[[], object]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("note-line")
        self.setProperty("tone", "calm")
        text = QLabel(sentence, wordWrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 6, 2)
        row.setSpacing(4)
        row.addWidget(text, 1)
        for words, act in acts:
            button = QPushButton(words)
            button.setProperty("flat", True)
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
        self.setAccessibleName(sentence)
        self.hide()
