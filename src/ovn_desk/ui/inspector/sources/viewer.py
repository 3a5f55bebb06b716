"""A file a source came as, shown in the desk; its words can be chosen as an excerpt."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import Attachment
from ovn_desk.ui.widgets.inputs import Tabs
from ovn_desk.usecases import sourcing
from ovn_desk.usecases.queries import Readable


class Viewer(QDialog):
    """A window of its own beside the desk; raises DeskError for a file that can not be shown."""

    excerpt_wanted = Signal(str)

    def __init__(self, store: Readable, attachment: Attachment, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(attachment.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 860)
        self._data = sourcing.file_of(store, attachment)
        self._views = Tabs()
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setAccessibleName(self.tr("Words of {name}").format(name=attachment.name))
        use = QPushButton(self.tr("Use the selected words as an excerpt"))
        use.setObjectName("primary")
        use.clicked.connect(self._use)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(use)
        column = QVBoxLayout(self)
        column.addWidget(self._views, 1)
        column.addLayout(row)
        try:
            self._show(attachment)
        except DeskError:
            self.deleteLater()  # its parent would keep it, unseen, with all its data
            raise
        use.setVisible(self._views.indexOf(self._text) >= 0)

    def _show(self, attachment: Attachment) -> None:
        if attachment.media == "application/pdf":
            self._show_pdf(attachment)
        elif attachment.media.startswith("image/"):
            self._show_picture(attachment)
        else:
            self._text.setPlainText(sourcing.words_of(self._data, attachment))
            self._views.addTab(self._text, self.tr("Words"))

    def _show_pdf(self, attachment: Attachment) -> None:
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(self._data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument(self)
        document.load(self._buffer)
        if document.status() is not QPdfDocument.Status.Ready:
            raise DeskError(f"{attachment.name} can not be shown: it is broken, or locked by a password.")
        view = QPdfView(self)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setDocument(document)
        view.setAccessibleName(self.tr("Pages"))
        self._views.addTab(view, self.tr("Pages"))
        pages = (document.getAllText(number).text() for number in range(document.pageCount()))
        self._text.setPlainText("\n\n".join(pages))
        self._views.addTab(self._text, self.tr("Words"))

    def _show_picture(self, attachment: Attachment) -> None:
        picture = QPixmap()
        if not picture.loadFromData(self._data):
            raise DeskError(f"{attachment.name} can not be shown: the picture is broken.")
        label = QLabel()
        label.setPixmap(picture)
        label.setAccessibleName(attachment.name)
        area = QScrollArea()
        area.setWidget(label)
        self._views.addTab(area, self.tr("Picture"))

    def _use(self) -> None:
        words = self._text.textCursor().selectedText().replace("\u2029", "\n").strip()
        if words:
            self.excerpt_wanted.emit(words)
