"""Twelve words that are copied by hand, each with its number."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

_ROWS = 4


class WordGrid(QLabel):
    """The words in three columns, as they are copied best; `words` are the same words in a line."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ""
        self.setObjectName("recovery-words")
        self.setAccessibleName(name)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_words(self, words: str) -> None:
        self.words = words
        self.setAccessibleDescription(words)
        cells = [
            f"<td align=right>{number}</td><td><b>{word}</b></td><td>&nbsp;&nbsp;&nbsp;</td>"
            for number, word in enumerate(words.split(), 1)
        ]
        rows = ["".join(cells[start::_ROWS]) for start in range(_ROWS)]
        self.setText(f"<table cellspacing=6>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        self.setMinimumHeight(self.sizeHint().height())  # a word that is cut off opens nothing
