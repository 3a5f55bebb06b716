"""The Markdown editor and the two fields above it: plain text, undo that is never lost, Urdu from the right."""

import re

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from ovn_desk.domain.article import normalised, one_line
from ovn_desk.ui import theme

_PAUSE_MS = 15  # the keys of one moment are one change
_LINE_HEIGHT = {"en": 125.0, "ur": 100.0}  # per cent of the face's own line, which Nastaliq makes tall enough
_COLUMN = 72
_BELOW = 96
_CITATION = re.compile(r"\[@([A-Za-z0-9][A-Za-z0-9_-]*)[^\]\n]*\]")
_MARKS = (
    ("strong", re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__")),
    ("emphasis", re.compile(r"(?<![*\w])\*[^*\s][^*\n]*\*(?!\*)|(?<![_\w])_[^_\s][^_\n]*_(?!\w)")),
    ("code", re.compile(r"`[^`\n]+`")),
    ("link", re.compile(r"!?\[[^\]@\n][^\]\n]*\]\([^)\n]*\)|<https?://[^>\s]+>")),
)


class Highlighter(QSyntaxHighlighter):
    """Headings, emphasis, links, quotes and citations, each known by more than its colour."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.known: frozenset[str] = frozenset()
        self.refresh_colours()

    def refresh_colours(self) -> None:
        now = theme.colours()
        self._formats = {
            "heading": _format(weight=700),
            "quote": _format(colour=now.soft, italic=True),
            "strong": _format(weight=700),
            "emphasis": _format(italic=True),
            "code": _format(colour=now.soft),
            "link": _format(colour=now.accent, underline=True),
            "citation": _format(colour=now.accent, background=now.accent_tint),
            "unknown": _format(colour=now.amber, background=now.amber_tint, underline=True),
        }

    def highlightBlock(self, text: str) -> None:
        if re.match(r"#{1,6}\s", text):
            self.setFormat(0, len(text) * 2, self._formats["heading"])
        elif text.startswith(">"):
            self.setFormat(0, len(text) * 2, self._formats["quote"])
        for name, pattern in _MARKS:
            for match in pattern.finditer(text):
                self._mark(text, match.start(), match.end(), name)
        for match in _CITATION.finditer(text):
            self._mark(text, match.start(), match.end(), "citation" if match[1] in self.known else "unknown")

    def _mark(self, text: str, start: int, end: int, name: str) -> None:
        first = utf16_length(text[:start])
        self.setFormat(first, utf16_length(text[start:end]), self._formats[name])


class Editor(QTextEdit):
    """The text of the article. `touched` comes with each change, `settled` with the text after a short pause."""

    touched = Signal()
    settled = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(False)
        self.setPlaceholderText(self.tr("Write here."))
        self.setAccessibleName(self.tr("Text of the article"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.highlighter = Highlighter(self.document())
        self._language = "en"
        self._loading = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self.textChanged.connect(self._changed)
        self._style_text()

    def load(self, text: str, *, language: str) -> None:
        """Shows another article's text; its undo begins anew."""
        self._loading = True
        self._pause.stop()
        self._language = language
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        self._style_text()
        self.document().setUndoRedoEnabled(True)
        self._loading = False
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def text(self) -> str:
        return self.toPlainText()

    def settle(self) -> None:
        """Announces the text now, without waiting for the pause to end."""
        was_waiting = self._pause.isActive()
        self._pause.stop()
        if was_waiting or self.sender() is self._pause:
            self.settled.emit(self.text())

    def replace_all(self, text: str) -> None:
        """Another text for the same article, as one step that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()

    def insert(self, text: str) -> None:
        """Text at the cursor, as one step that can be undone; the keyboard comes back here."""
        self.textCursor().insertText(text)
        self.setFocus()

    def wrap(self, before: str, after: str) -> None:
        """Marks around the selection, or around the cursor."""
        cursor = self.textCursor()
        chosen = cursor.selectedText().replace("\u2029", "\n")
        cursor.beginEditBlock()
        cursor.insertText(f"{before}{chosen}{after}")
        if not chosen:
            cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, n=utf16_length(after))
            self.setTextCursor(cursor)
        cursor.endEditBlock()
        self.setFocus()

    def prefix_lines(self, mark: str) -> None:
        """A mark at the start of each chosen line; taken away where all have it."""
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart())
        last = document.findBlock(cursor.selectionEnd())
        lines = []
        block = first
        while block.isValid() and block.position() <= last.position():
            lines.append(block)
            block = block.next()
        has_all = all(line.text().startswith(mark) for line in lines)
        cursor.beginEditBlock()
        for line in lines:
            edit = QTextCursor(line)
            if has_all:
                edit.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, len(mark))
                edit.removeSelectedText()
            else:
                edit.insertText(mark)
        cursor.endEditBlock()
        self.setFocus()

    def set_language(self, language: str) -> None:
        if language != self._language:
            self._language = language
            self._loading = True
            self._style_text()
            self._loading = False

    def set_known_sources(self, keys: frozenset[str]) -> None:
        if keys != self.highlighter.known:
            self.highlighter.known = keys
            self._rehighlight()

    def refresh_colours(self) -> None:
        self.highlighter.refresh_colours()
        self._rehighlight()

    def go_to(self, line: int, column: int) -> None:
        """Puts the cursor at a 1-based line and column (in code points) and shows it."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        cursor = QTextCursor(block)
        offset = utf16_length(block.text()[: max(0, column - 1)])
        cursor.setPosition(min(block.position() + offset, block.position() + block.length() - 1))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste brings text, and nothing else."""
        if source.hasText():
            self.textCursor().insertText(normalised(source.text()))
            self.ensureCursorVisible()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self.fontMetrics().horizontalAdvance("n") * _COLUMN
        side = max(24, (self.width() - width) // 2)
        self.setViewportMargins(side, 8, side - 12 if side > 36 else side, 0)
        super().resizeEvent(event)

    def _rehighlight(self) -> None:
        self._loading = True
        self.highlighter.rehighlight()
        self._loading = False

    def _changed(self) -> None:
        if self._loading:
            return
        self.touched.emit()
        self._pause.start()

    def _style_text(self) -> None:
        self.setFont(theme.writing_font(15, language=self._language))
        is_urdu = self._language == "ur"
        direction = Qt.LayoutDirection.RightToLeft if is_urdu else Qt.LayoutDirection.LeftToRight
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(direction)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        shape = QTextBlockFormat()
        shape.setLineHeight(_LINE_HEIGHT[self._language], QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setLayoutDirection(direction)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(shape)
        frame = self.document().rootFrame().frameFormat()
        frame.setBottomMargin(_BELOW)  # the last line is not written on the window's edge
        self.document().rootFrame().setFrameFormat(frame)


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


def utf16_length(text: str) -> int:
    """How many positions a text takes in Qt, which counts UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _format(
    *, colour: str = "", background: str = "", weight: int = 0, italic: bool = False, underline: bool = False
) -> QTextCharFormat:
    made = QTextCharFormat()
    if colour:
        made.setForeground(QColor(colour))
    if background:
        made.setBackground(QColor(background))
    if weight:
        made.setFontWeight(weight)
    made.setFontItalic(italic)
    made.setFontUnderline(underline)
    return made
