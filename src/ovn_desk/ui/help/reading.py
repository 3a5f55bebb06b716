"""A page of help to read in a window of its own: the guide, and what is new."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

_SIZE = (680, 470)


class ReadingDialog(QDialog):
    """Shows Markdown; a link opens in the browser, never here."""

    def __init__(self, title: str, markdown: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(*_SIZE)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(_open_link)
        self.page.document().setDocumentMargin(20)
        self.page.setMarkdown(markdown)
        self.page.setAccessibleName(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.page, 1)
        column.addWidget(buttons)


def _open_link(address: QUrl) -> None:
    if address.scheme() in {"http", "https"}:
        QDesktopServices.openUrl(address)
