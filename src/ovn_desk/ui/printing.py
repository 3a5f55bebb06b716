"""A page as PDF, printed by the same engine that shows it; nothing is fetched from anywhere."""

import json
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QMarginsF, QObject, QUrl, Signal
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineSettings

from ovn_desk.ui.serving import Gate
from ovn_desk.usecases.printing import PAGE, PDF

_LAYOUT = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(12, 14, 12, 14))


class _Page(QWebEnginePage):
    """One page and no frames: what a frame loads from a disk, no interceptor sees."""

    def acceptNavigationRequest(self, _url: QUrl | str, _kind: QWebEnginePage.NavigationType, is_main: bool) -> bool:  # noqa: FBT001
        return is_main


class Printer(QObject):
    """Prints one page at a time. `done` gets the PDF, or nothing where it could not be made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = QWebEngineProfile(self)  # off the record

    def print(self, html: str, done: Callable[[bytes], None]) -> None:
        """A page that carries everything inside."""
        folder = tempfile.TemporaryDirectory()
        (Path(folder.name) / PAGE).write_text(html, encoding="utf-8")

        def printed(pdf: bytes) -> None:
            folder.cleanup()
            done(pdf)

        self.print_in(Path(folder.name), printed)

    def print_in(self, folder: Path, done: Callable[[bytes], None]) -> None:
        """The page in a folder, with the files that lie there; as a file, for Chromium takes 2 MB from memory."""
        own = QUrl.fromLocalFile(str(folder) + "/").toString()
        self._profile.setUrlRequestInterceptor(Gate(self, own=own))
        page = _Page(self._profile, self)
        page.settings().setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, False)

        def printed(data: QByteArray) -> None:
            page.deleteLater()
            done(bytes(data.data()))

        def loaded(is_good: bool) -> None:  # noqa: FBT001 - Qt's signal
            if is_good:
                page.printToPdf(printed, _LAYOUT)
            else:
                printed(QByteArray())

        page.loadFinished.connect(loaded)
        page.load(QUrl.fromLocalFile(str(folder / PAGE)))


class Press(QObject):
    """Answers `usecases.printing` until its questions end: a folder a line, and whether there is a PDF in it now."""

    _asked = Signal(str)
    _ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._printer = Printer(self)
        self._asked.connect(self._print)
        self._ended.connect(QCoreApplication.quit)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self._asked.emit(json.loads(line))
        self._ended.emit()

    def _print(self, folder: str) -> None:
        def printed(pdf: bytes) -> None:
            if pdf:
                (Path(folder) / PDF).write_bytes(pdf)
            sys.stdout.write(json.dumps(bool(pdf)) + "\n")
            sys.stdout.flush()

        self._printer.print_in(Path(folder), printed)
