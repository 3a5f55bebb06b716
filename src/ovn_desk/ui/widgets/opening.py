"""Files and folders, shown by whatever the computer shows them with."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> None:
    """Opens a file or folder in the program that the computer has for it: a page in the browser."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))
