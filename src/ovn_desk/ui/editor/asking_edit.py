"""A place to write in that asks to be brought into sight when the keyboard is given to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTextEdit


class AskingEdit(QTextEdit):
    """In a narrow window something else may stand in its place."""

    wanted = Signal()
    """The keyboard was given to it while it was out of sight."""

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Takes the keyboard; whoever placed something else there puts that aside first."""
        if not self.isVisible():
            self.wanted.emit()
        super().setFocus(reason)
