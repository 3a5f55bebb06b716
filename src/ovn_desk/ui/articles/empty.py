"""What stands in the list where it has no rows: one line, and one button that says what to do."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyList(QWidget):
    """It lies over the view, which stays where it is with the keyboard: hiding that would send the focus elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = QLabel(wordWrap=True)
        self._line.setProperty("role", "soft")
        self._line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton()
        self.button.clicked.connect(lambda _=False: self._do())
        self._do: Callable[[], object] = lambda: None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 32, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._line)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.hide()

    @property
    def text(self) -> str:
        return self._line.text()

    def tell(self, line: str, button: str, do: Callable[[], object]) -> None:
        """Shows a line, and a button that does something."""
        self._line.setText(line)
        self.button.setText(button)
        self._do = do
        self.show()
        self.raise_()
