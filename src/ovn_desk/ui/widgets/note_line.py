"""A line above a text that concerns the whole of it, with what can be done about that."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class NoteLine(QFrame):
    """One sentence and its buttons, in the column of the text: it covers nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note-line")
        self.setProperty("tone", "calm")
        self.text = QLabel(wordWrap=True)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 6, 6)
        self._row.setSpacing(4)
        self._row.addWidget(self.text, 1)
        self.hide()

    def fill(self, sentence: str, acts: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Has this sentence and these buttons, in the place of those before; whether it is seen stays as it is."""
        self.text.setText(sentence)
        self.setAccessibleName(sentence)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [QPushButton(words) for words, _ in acts]
        for button, (_, act) in zip(self._buttons, acts, strict=True):
            button.setProperty("flat", True)
            button.clicked.connect(lambda _=False, act=act: act())
            self._row.addWidget(button)
