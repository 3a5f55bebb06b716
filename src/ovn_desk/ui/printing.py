"""A page as PDF, printed by the same engine that shows it; nothing is fetched from anywhere."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QMarginsF, QObject, QUrl
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineSettings

from ovn_desk.ui.serving import Gate

_LAYOUT = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(12, 14, 12, 14))


class Printer(QObject):
    """Prints one page at a time. `done` gets the PDF, or nothing where it could not be made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = QWebEngineProfile(self)  # off the record

    def print(self, html: str, done: Callable[[bytes], None]) -> None:
        folder = tempfile.TemporaryDirectory()
        file = Path(folder.name) / "page.html"
        file.write_text(html, encoding="utf-8")  # as a file: Chromium takes no more than 2 MB from memory
        address = QUrl.fromLocalFile(str(file))
        self._profile.setUrlRequestInterceptor(Gate(self, own=address.toString()))
        page = QWebEnginePage(self._profile, self)
        page.settings().setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, False)

        def printed(data: QByteArray) -> None:
            folder.cleanup()
            page.deleteLater()
            done(bytes(data.data()))

        def loaded(is_good: bool) -> None:  # noqa: FBT001 - Qt's signal
            if is_good:
                page.printToPdf(printed, _LAYOUT)
            else:
                printed(QByteArray())

        page.loadFinished.connect(loaded)
        page.load(address)
