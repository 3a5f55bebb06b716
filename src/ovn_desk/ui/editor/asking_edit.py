"""A place to write in that asks to be brought into sight when the keyboard is given to it."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QTextEdit

from ovn_desk.ui.widgets.file_drops import local_files


class AskingEdit(QTextEdit):
    """In a narrow window something else may stand in its place."""

    wanted = Signal()
    """The keyboard was given to it while it was out of sight."""
    files_given = Signal(list)
    """Files that were pasted, for the window to take in: their addresses are nothing that anybody wrote."""

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Takes the keyboard; whoever placed something else there puts that aside first."""
        if not self.isVisible():
            self.wanted.emit()
        super().setFocus(reason)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not self.give_files(source):
            super().insertFromMimeData(source)

    def give_files(self, source: QMimeData) -> bool:
        """Whether what came were files of this computer, and not words to put in; the window hears of them."""
        files = local_files(source)
        if files:
            self.files_given.emit(files)
        return bool(files)
