"""A file a source came as, shown on the source's sheet; its words can be marked as an excerpt."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import Attachment
from ovn_desk.ui.widgets.inputs import Tabs
from ovn_desk.usecases import sourcing
from ovn_desk.usecases.queries import Readable

_STEP, _SMALLEST, _LARGEST = 1.25, 0.1, 8.0


class Viewer(QWidget):
    """Fits its sheet, scrolls and zooms; raises DeskError for a file that can not be shown."""

    excerpt_wanted = Signal(str)
    left = Signal()

    def __init__(self, store: Readable, attachment: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = sourcing.file_of(store, attachment)
        self._views = Tabs()
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setAccessibleName(self.tr("Words of {name}").format(name=attachment.name))
        self._text.selectionChanged.connect(self._show_use)
        self._zoomed: Callable[[float], None] | None = None
        self._use = QPushButton(self.tr("Use the marked words as an excerpt"))
        self._use.setObjectName("primary")
        self._use.clicked.connect(self._use_words)
        self._hint = QLabel(self.tr("Mark the words the story rests on."), wordWrap=True)
        self._hint.setProperty("role", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addLayout(self._head(attachment))
        column.addWidget(self._views, 1)
        column.addWidget(self._hint)
        row = QHBoxLayout()
        row.addWidget(self._use)
        row.addStretch()
        column.addLayout(row)
        self._views.currentChanged.connect(lambda _: self._show_use())
        try:
            self._show(attachment)
        except DeskError:
            self.deleteLater()  # with all its data
            raise
        self.setFocusProxy(self._views.currentWidget())
        self._show_use()

    def zoom(self, factor: float) -> None:
        """Makes the pages, the picture or the words larger or smaller by a factor."""
        if self._views.currentWidget() is self._text:
            self._text.zoomIn(1 if factor > 1 else -1)
        elif self._zoomed is not None:
            self._zoomed(factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def _head(self, attachment: Attachment) -> QHBoxLayout:
        back = QPushButton(self.tr("← Back to the source"))
        back.setProperty("link", True)
        back.clicked.connect(self.left)
        name = QLabel(attachment.name, wordWrap=True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("role", "soft")
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(back)
        row.addWidget(name, 1)
        for sign, meaning, keys, factor in (
            ("−", self.tr("Smaller (Ctrl −)"), "Ctrl+-", 1 / _STEP),
            ("+", self.tr("Larger (Ctrl +)"), "Ctrl++", _STEP),
        ):
            button = QToolButton()
            button.setText(sign)
            button.setToolTip(meaning)
            button.setAccessibleName(meaning)
            button.clicked.connect(lambda _=False, by=factor: self.zoom(by))
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=factor: self.zoom(by))
            row.addWidget(button)
        return row

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
            sentence = self.tr("{name} cannot be shown: it is broken, or locked by a password.")
            raise DeskError(sentence.format(name=attachment.name))
        view = QPdfView(self)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setDocument(document)
        view.setAccessibleName(self.tr("Pages"))

        def zoom(factor: float) -> None:
            if view.zoomMode() is not QPdfView.ZoomMode.Custom:
                width = document.pagePointSize(0).width() * view.logicalDpiX() / 72
                view.setZoomFactor(view.viewport().width() / max(1.0, width))
                view.setZoomMode(QPdfView.ZoomMode.Custom)
            view.setZoomFactor(min(_LARGEST, max(_SMALLEST, view.zoomFactor() * factor)))

        self._zoomed = zoom
        self._views.addTab(view, self.tr("Pages"))
        pages = (document.getAllText(number).text() for number in range(document.pageCount()))
        self._text.setPlainText("\n\n".join(pages))
        self._views.addTab(self._text, self.tr("Words"))

    def _show_picture(self, attachment: Attachment) -> None:
        picture = QPixmap()
        if not picture.loadFromData(self._data):
            sentence = self.tr("{name} cannot be shown: the picture is broken.")
            raise DeskError(sentence.format(name=attachment.name))
        area = _PictureArea(picture, attachment.name)
        self._zoomed = area.zoom
        self._views.addTab(area, self.tr("Picture"))

    def _show_use(self) -> None:
        """The button for words is there where words can be marked, and can be pressed when some are."""
        has_words = self._views.indexOf(self._text) >= 0
        is_here = self._views.currentWidget() is self._text
        self._use.setVisible(has_words and is_here)
        self._use.setEnabled(self._text.textCursor().hasSelection())
        self._hint.setVisible(has_words)
        self._hint.setText(
            self.tr("Mark the words the story rests on.")
            if is_here
            else self.tr("Under “Words” you can mark those the story rests on.")
        )

    def _use_words(self) -> None:
        words = self._text.textCursor().selectedText().replace("\u2029", "\n").strip()
        if words:
            self.excerpt_wanted.emit(words)
            self.left.emit()


class _PictureArea(QScrollArea):
    """A picture as wide as there is room, until it is zoomed."""

    def __init__(self, picture: QPixmap, name: str) -> None:
        super().__init__()
        self._picture, self._scale = picture, 0.0
        self._label = QLabel()
        self._label.setAccessibleName(name)
        self.setWidget(self._label)

    def zoom(self, factor: float) -> None:
        self._scale = min(_LARGEST, max(_SMALLEST, self._shown_scale() * factor))
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _shown_scale(self) -> float:
        return self._scale or min(1.0, self.viewport().width() / max(1, self._picture.width()))

    def _draw(self) -> None:
        width = max(1, round(self._picture.width() * self._shown_scale()))
        self._label.setPixmap(self._picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        self._label.adjustSize()
