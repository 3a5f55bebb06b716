"""A PDF on paper: its pages drawn on a printer one by one, so that the window stays free and may stop it."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

_MOST_DPI = 300  # enough for text; a page of 1,200 would take 400 MB


class PaperPrinter(QObject):
    """`ended` says how many pages were sent: none where the printer could not be begun."""

    ended = Signal(int)

    def __init__(
        self, printer: QPrinter, pdf: bytes, tell: Callable[[int, int], bool], parent: QObject | None = None
    ) -> None:
        """`tell` is told how many pages of how many were sent, and answers whether to go on."""
        super().__init__(parent)
        self._printer, self._tell, self._page = printer, tell, 0
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)
        self._painter = QPainter()

    def start(self) -> None:
        """Begins to print; the first page goes when the window is free."""
        self._printer.setFullPage(True)
        if not self._document.pageCount() or not self._painter.begin(self._printer):
            self.ended.emit(0)
            return
        QTimer.singleShot(0, self, self._print_page)

    def _print_page(self) -> None:
        if self._page and not self._printer.newPage():
            self._end()
            return
        sheet = QRectF(self._printer.paperRect(QPrinter.Unit.DevicePixel))
        size = self._document.pagePointSize(self._page)
        scale = min(sheet.width() / size.width(), sheet.height() / size.height())
        share = min(1.0, _MOST_DPI / self._printer.resolution())
        drawn = QSize(round(size.width() * scale * share), round(size.height() * scale * share))
        image = self._document.render(self._page, drawn)
        target = QRectF(0, 0, size.width() * scale, size.height() * scale)
        self._painter.drawImage(target, image)
        self._page += 1
        if not self._tell(self._page, self._document.pageCount()):
            self._printer.abort()
            self._end()
        elif self._page < self._document.pageCount():
            QTimer.singleShot(0, self, self._print_page)
        else:
            self._end()

    def _end(self) -> None:
        self._painter.end()
        self.ended.emit(self._page)
