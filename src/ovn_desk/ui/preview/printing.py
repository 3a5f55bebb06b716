"""A page as PDF, printed by the same engine that shows it; nothing is fetched from anywhere."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QEventLoop, QMarginsF, QMimeDatabase, QObject, QUrl
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineSettings
from PySide6.QtWidgets import QApplication

from ovn_desk import files
from ovn_desk.domain.errors import DeskError
from ovn_desk.ui.preview import serving
from ovn_desk.ui.preview.serving import SCHEME, Gate, Serve, Server
from ovn_desk.ui.widgets import theme
from ovn_desk.usecases.printing import ADDRESS, MARGINS, PAGE, PDF

_LAYOUT = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A4),
    QPageLayout.Orientation.Portrait,
    QMarginsF(*MARGINS),
    QPageLayout.Unit.Millimeter,  # Qt would take points, and what is at an edge no printer reaches
)


class _Page(QWebEnginePage):
    """One page and no frames: a page is printed, not what it shows of others."""

    def acceptNavigationRequest(self, _url: QUrl | str, _kind: QWebEnginePage.NavigationType, is_main: bool) -> bool:  # noqa: FBT001
        return is_main


class Printer(QObject):
    """Prints one page at a time. `done` gets the PDF, or nothing where it could not be made."""

    def __init__(self, parent: QObject | None = None, *, serve: Serve | None = None) -> None:
        """`serve` gives the pictures of a page by their paths; without it they are in the folder that is printed."""
        super().__init__(parent)
        self._beside: Path | None = None
        self._profile = QWebEngineProfile(self)  # off the record
        self._server = Server(serve or (lambda path: _read_picture(self._beside, path)), self)
        self._profile.installUrlSchemeHandler(SCHEME, self._server)
        self._profile.setUrlRequestInterceptor(Gate(self))

    def print(self, html: bytes, done: Callable[[bytes], None], beside: Path | None = None) -> None:
        """A page with its pictures in the folder `beside`, or one that carries everything inside."""
        self._server.document, self._beside = html, beside
        page = _Page(self._profile, self)
        page.settings().setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, False)

        def end_print(data: QByteArray) -> None:
            page.deleteLater()
            done(bytes(data.data()))

        def print_loaded(is_good: bool) -> None:  # noqa: FBT001 - Qt's signal
            if is_good:
                page.printToPdf(end_print, _LAYOUT)
            else:
                end_print(QByteArray())

        page.loadFinished.connect(print_loaded)
        page.load(QUrl(ADDRESS))


def _read_picture(folder: Path | None, path: str) -> tuple[str, bytes]:
    if folder:
        file = (folder / path).resolve()
        if file.is_relative_to(folder.resolve()) and file.is_file():
            return QMimeDatabase().mimeTypeForFile(str(file)).name(), file.read_bytes()
    raise DeskError("picture-address-wrong")


def print_folder(folder: str) -> bool:
    """Print the page in a folder to a PDF beside it, and say whether that was done; in a process of its own.

    `usecases.printing.PdfPrinter` asks for it.
    """
    (_, printer), made = _own_application(), list[bytes]()
    waiting = QEventLoop()

    def take_pdf(pdf: bytes) -> None:
        made.append(pdf)
        waiting.quit()

    printer.print((Path(folder) / PAGE).read_bytes(), take_pdf, Path(folder))
    waiting.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop runs on that would take the page away
    if made[0]:
        files.write_unfinished(Path(folder) / PDF, made[0], is_flushed=False)
    return bool(made[0])


@cache
def _own_application() -> tuple[QApplication, Printer]:
    """What a process without a window prints with, kept for as long as it runs."""
    serving.prepare()
    app = QApplication([])
    theme.load_fonts()
    return app, Printer(app)
