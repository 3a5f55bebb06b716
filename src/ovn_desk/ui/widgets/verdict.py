"""What a form says of what was done or refused: a sentence on a ground of its own, in no place while there is none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


class Verdict(QLabel):
    """Shows a sentence in the tone `calm`, `good`, `warn` or `bad`; hidden while it has none."""

    def __init__(self) -> None:
        super().__init__(wordWrap=True)
        self.setProperty("verdict", "calm")  # before it is polished: a padding that comes later is not heard of
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    @property
    def tone(self) -> str:
        return str(self.property("verdict"))

    def say(self, sentence: str, *, tone: str = "calm") -> None:
        """Shows a sentence; an empty one takes back what was said."""
        self.setText(sentence)
        self.setProperty("verdict", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(sentence))
