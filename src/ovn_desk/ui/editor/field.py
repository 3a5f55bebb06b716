"""Headline and standfirst: one paragraph each, above the text."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from ovn_desk.domain.texts import one_line
from ovn_desk.ui import theme


class Field(QTextEdit):
    """One paragraph that grows with its text: headline or standfirst. Enter goes on to the next field."""

    edited = Signal(str)
    finished = Signal()

    def __init__(
        self, name: str, *, label: str, pixels: int, bold: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setPlaceholderText(label)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._pixels, self._bold = pixels, bold
        self._loading = False
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.set_language("en")

    def load(self, text: str, *, language: str) -> None:
        self._loading = True
        self.setPlainText(text)
        self.set_language(language)
        self._loading = False

    def set_language(self, language: str) -> None:
        is_urdu = language == "ur"
        self.setFont(theme.reading_font(self._pixels, language=language, bold=self._bold))
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_urdu else Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        self._fit()

    def mark(self, _kind: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Draws marks over the text; here there is one kind of them."""
        self.setExtraSelections(marks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(one_line(source.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = round(self.document().size().height()) + 4
        self.setFixedHeight(max(height, self.fontMetrics().height() + 4))

    def _changed(self) -> None:
        if not self._loading:
            self.edited.emit(self.toPlainText())
