"""A few words in one frame of which one is chosen, as “Page | Details”."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ovn_desk.ui.widgets.steady import SteadyToolButton


class Segments(QFrame):
    """Words side by side by their names; a click chooses one, and so does Tab and Space."""

    chosen = Signal(str)
    """By a person, not by the program."""

    def __init__(self, words: Mapping[str, str], *, label: str, parent: QWidget | None = None) -> None:
        """`words` is what stands on each by its name; `label` is what is read aloud before them."""
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAccessibleName(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.buttons: dict[str, QToolButton] = {}
        for name, word in words.items():
            button = SteadyToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setProperty("segment", True)
            button.clicked.connect(lambda _=False, one=name: self.chosen.emit(one))
            row.addWidget(button)
            self.buttons[name] = button

    @property
    def choice(self) -> str:
        """The name of the chosen word; empty for none."""
        return next((name for name, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, name: str) -> None:
        """Shows a word as the chosen one, and tells nobody."""
        self.buttons[name].setChecked(True)
