"""The Markdown editor: plain text, an undo of its own for each article, Urdu from the right."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from ovn_desk.domain.texts import normalised
from ovn_desk.text.offsets import from_utf16, to_utf16, utf16_length
from ovn_desk.ui import theme
from ovn_desk.ui.editor import typing
from ovn_desk.ui.editor.highlight import Highlighter

_PAUSE_MS = 15  # the keys of one moment are one change
_LINE_HEIGHT = {"en": 125.0, "ur": 100.0}  # per cent of the face's own line, which Nastaliq makes tall enough
_COLUMN = 72
_BELOW = 96
_SHEETS = 24
_LED_MS = 250  # a text that the page moved does not move the page


@dataclass(slots=True)
class _Sheet:
    """One article's text as it was left: its undo, its colours, where the cursor and the window stood."""

    document: QTextDocument
    highlighter: Highlighter
    cursor: QTextCursor | None = None
    scrolled: int = 0


class Editor(QTextEdit):
    """The text of the article. `touched` comes with each change, `settled` with the text after a short pause."""

    opened = Signal()
    touched = Signal()
    settled = Signal(str)
    left = Signal()
    scrolled = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(False)
        self.setPlaceholderText(self.tr("Write here."))
        self.setAccessibleName(self.tr("Text of the article"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._marks: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self._sheets: OrderedDict[str, _Sheet] = OrderedDict()
        self._sheet = _Sheet(self.document(), Highlighter(self.document()))
        self.language = "en"
        self._loading = False
        self._is_plain = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self.textChanged.connect(self._changed)
        self._led = QElapsedTimer()
        self.verticalScrollBar().valueChanged.connect(self._tell_where)
        self._style_text()

    def load(self, text: str, *, language: str, name: str = "") -> None:
        """Shows another article's text. One that was open before comes back with its undo and its place."""
        self._loading = True
        self._pause.stop()
        self.language = language
        self._sheet.cursor, self._sheet.scrolled = self.textCursor(), self.verticalScrollBar().value()
        sheet = self._sheets.pop(name, None) or self._new_sheet()
        document = sheet.document
        if document is not self.document():
            self._marks.clear()
            self.setExtraSelections([])
            self.setDocument(document)
        self._sheet = self._sheets[name] = sheet
        self._use_font()
        if sheet.cursor is None or document.toPlainText() != text:
            document.setUndoRedoEnabled(False)
            document.setPlainText(text)
            self._style_text()
            document.setUndoRedoEnabled(True)
            self.moveCursor(QTextCursor.MoveOperation.Start)
        else:
            self.setTextCursor(sheet.cursor)
            self.verticalScrollBar().setValue(sheet.scrolled)
        while len(self._sheets) > _SHEETS:
            self._sheets.popitem(last=False)[1].document.deleteLater()
        self._loading = False
        self.opened.emit()

    @property
    def highlighter(self) -> Highlighter:
        return self._sheet.highlighter

    def _new_sheet(self) -> _Sheet:
        document = QTextDocument(self)
        highlighter = Highlighter(document)
        highlighter.known = self.highlighter.known
        return _Sheet(document, highlighter)

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

    def surround(self, before: str, after: str) -> None:
        """Marks round the selection, which stays selected."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        chosen = cursor.selectedText().replace("\u2029", "\n")
        cursor.insertText(f"{before}{chosen}{after}")
        cursor.setPosition(start + utf16_length(before))
        cursor.setPosition(end + utf16_length(before), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def move_paragraph(self, step: int) -> None:
        typing.move_paragraph(self, step)

    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected, in letters."""
        text, cursor = self.text(), self.textCursor()
        return from_utf16(text, cursor.selectionStart()), from_utf16(text, cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Selects from one place to another, counted in letters, and shows it."""
        self.setTextCursor(self.cursors([(start, end)])[0])
        self.ensureCursorVisible()

    def cursors(self, places: Sequence[tuple[int, int]]) -> list[QTextCursor]:
        """A cursor over each place, counted in letters."""
        text, made = self.text(), []
        for start, end in places:
            cursor = QTextCursor(self.document())
            cursor.setPosition(to_utf16(text, start))
            cursor.setPosition(to_utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
            made.append(cursor)
        return made

    def change(self, changes: Sequence[tuple[int, int, str]]) -> None:
        """Replaces places, counted in letters, by texts: one step that can be undone."""
        whole = QTextCursor(self.document())
        whole.beginEditBlock()
        cursors = self.cursors([(start, end) for start, end, _ in changes])
        for cursor, (*_, text) in zip(reversed(cursors), reversed(changes), strict=True):
            cursor.insertText(text)
        whole.endEditBlock()

    def mark(self, kind: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Draws marks of one kind over the text, beside those of other kinds."""
        self._marks[kind] = marks
        self.setExtraSelections([mark for some in self._marks.values() for mark in some])

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
        if language != self.language:
            self.language = language
            self._loading = True
            self._style_text()
            self._loading = False

    def set_known_sources(self, keys: frozenset[str]) -> None:
        if keys != self.highlighter.known:
            self.highlighter.known = keys
            self._rehighlight()

    def refresh_colours(self) -> None:
        self._loading = True
        for sheet in {id(sheet): sheet for sheet in (self._sheet, *self._sheets.values())}.values():
            sheet.highlighter.refresh_colours()
            sheet.highlighter.rehighlight()
        self._loading = False

    def go_to(self, line: int, column: int) -> None:
        """Puts the cursor at a 1-based line and column (in code points) and shows it."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        cursor = QTextCursor(block)
        offset = to_utf16(block.text(), max(0, column - 1))
        cursor.setPosition(min(block.position() + offset, block.position() + block.length() - 1))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly() or not typing.handled(self, event):
            super().keyPressEvent(event)

    def scroll_to(self, line: float) -> None:
        """Shows the text from a line on (from 0; a part of a line counts)."""
        self._led.start()
        block = self.document().findBlockByNumber(int(line))
        if line <= 0 or not block.isValid():
            self.verticalScrollBar().setValue(0)
            return
        box = self.document().documentLayout().blockBoundingRect(block)
        self.verticalScrollBar().setValue(round(box.top() + (line - int(line)) * box.height()))

    def _tell_where(self, value: int) -> None:
        """The text was scrolled by its writer, not by the page."""
        if self._loading or (self._led.isValid() and self._led.elapsed() < _LED_MS):
            return
        block = self.cursorForPosition(QPoint(2, 2)).block()
        box = self.document().documentLayout().blockBoundingRect(block)
        part = (value - box.top()) / max(1.0, box.height())
        self.scrolled.emit(0.0 if value <= 0 else block.blockNumber() + min(1.0, max(0.0, part)))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste and drop bring what was written and nothing of its look; one undo takes it back."""
        from ovn_desk.formats import pasted  # its parsers would make every start slower

        text = "" if self._is_plain or not source.hasHtml() else pasted.markdown(source.html())
        if not text and source.hasText():
            text = normalised(source.text()) if self._is_plain else pasted.plain(source.text())
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def paste_plain(self) -> None:
        """Paste as it stands: letters only, lines where they are."""
        self._is_plain = True
        self.paste()
        self._is_plain = False

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

    def _use_font(self) -> None:
        font = theme.writing_font(15, language=self.language)
        self.setFont(font)
        self.document().setDefaultFont(font)

    def _style_text(self) -> None:
        self._use_font()
        is_urdu = self.language == "ur"
        direction = Qt.LayoutDirection.RightToLeft if is_urdu else Qt.LayoutDirection.LeftToRight
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(direction)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        shape = QTextBlockFormat()
        shape.setLineHeight(_LINE_HEIGHT[self.language], QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setLayoutDirection(direction)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(shape)
        frame = self.document().rootFrame().frameFormat()
        frame.setBottomMargin(_BELOW)  # the last line is not written on the window's edge
        self.document().rootFrame().setFrameFormat(frame)
