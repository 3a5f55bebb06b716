"""What every place to write in has: the keys of any editor, and undo of its own instead of Qt's."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from ovn_desk.text.offsets import to_utf16
from ovn_desk.ui.editor.asking_edit import AskingEdit
from ovn_desk.ui.editor.document import PlainDocument
from ovn_desk.ui.editor.text_menu import TextMenu

_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


def _is_redo(event: QKeyEvent) -> bool:
    """Also Ctrl+Y, which other programs have on every system."""
    is_ctrl_y = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return is_ctrl_y or event.matches(_REDO)


class PlainEdit(AskingEdit):
    """A text widget over a `PlainDocument`, which remembers what was typed and how to take it back."""

    def __init__(self, document: PlainDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self._marks: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self.menu = TextMenu(self, self)
        self._is_choosing_lines = False
        self.show_document(document)
        self.setAcceptRichText(False)
        self.cursorPositionChanged.connect(self._note_jump)

    @property
    def language(self) -> str:
        """Of the document that is shown."""
        return self.plain.language

    def show_document(self, document: PlainDocument) -> None:
        """Shows another document; the one before keeps its history."""
        self.plain = document
        document.setParent(self)  # which outlives what the widget still does with it at its end
        self.setDocument(document)

    def setPlaceholderText(self, words: str, /) -> None:
        """Says what is written here while nothing is; Qt's own stands beside the place where the first letter comes."""
        self._hint = words
        self.viewport().update()

    def placeholderText(self) -> str:
        return self._hint

    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        line = self.textCursor().block()
        if self._hint and self.document().isEmpty() and not line.layout().preeditAreaText():
            frame = QTextCursor(self.document()).currentFrame().frameFormat()
            left, top, right = (int(one) for one in (frame.leftMargin(), frame.topMargin(), frame.rightMargin()))
            is_rtl = line.textDirection() == Qt.LayoutDirection.RightToLeft
            side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            place = self.viewport().rect().adjusted(left, top, -right, 0)
            painter.drawText(place, side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._hint)

    def text(self) -> str:
        return self.plain.text

    def selected_text(self) -> str:
        return self.textCursor().selectedText().replace("\u2029", "\n")

    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected, in letters."""
        cursor = self.textCursor()
        return self.plain.letters(cursor.selectionStart()), self.plain.letters(cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Selects from one place to another, counted in letters, and shows it."""
        self.setTextCursor(self.cursors([(start, end)])[0])
        self.ensureCursorVisible()

    def cursors(self, places: Sequence[tuple[int, int]]) -> list[QTextCursor]:
        """A cursor over each place, counted in letters."""
        return self.plain.spans(places)

    def change(self, changes: Sequence[tuple[int, int, str]]) -> None:
        """Replaces places, counted in letters, by texts: one step that can be undone."""
        whole = QTextCursor(self.document())
        whole.beginEditBlock()
        cursors = self.cursors([(start, end) for start, end, _ in changes])
        for cursor, (*_, text) in zip(reversed(cursors), reversed(changes), strict=True):
            cursor.insertText(text)
        whole.endEditBlock()

    def insert(self, text: str) -> None:
        """Text at the cursor, as one step that can be undone; the keyboard comes back here."""
        self.textCursor().insertText(text)
        self.setFocus()

    def go_to(self, line: int, column: int) -> None:
        """Puts the cursor at a 1-based line and column (in code points) and shows it."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        cursor = QTextCursor(block)
        offset = to_utf16(block.text(), max(0, column - 1))
        cursor.setPosition(min(block.position() + offset, block.position() + block.length() - 1))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus()

    def mark(self, kind: str, marks: Sequence[QTextEdit.ExtraSelection]) -> None:
        """Marks on the text that are no part of it; those of one kind replace each other."""
        self._marks[kind] = list(marks)
        self.setExtraSelections([mark for marks in self._marks.values() for mark in marks])

    def _forget_marks(self) -> None:
        """Takes every mark away."""
        self._marks.clear()
        self.setExtraSelections([])

    def can_undo(self) -> bool:
        return bool(self.plain.history.done) and not self.isReadOnly()

    def can_redo(self) -> bool:
        return bool(self.plain.history.undone) and not self.isReadOnly()

    def undo(self) -> None:
        """Takes back what was written last, with the cursor where it was."""
        if self.can_undo():
            self._go(self.plain.step_back())

    def redo(self) -> None:
        """Writes again what was taken back."""
        if self.can_redo():
            self._go(self.plain.step_on())

    def event(self, event: QEvent) -> bool:
        """Keeps the keys of undo for the text that has the focus; the window has the same keys for another one."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self.see_key(event)
            if event.matches(_UNDO) or _is_redo(event):
                event.accept()
                return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Qt writes what an empty text asks for in the font of the viewport, which has that of the style sheet."""
        if event.type() == QEvent.Type.Paint and self.document().isEmpty() and self.viewport().font() != self.font():
            self.viewport().setFont(self.font())
        return super().viewportEvent(event)

    def see_key(self, event: QKeyEvent) -> None:
        """A key is going down, which may turn out to be a shortcut of the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(_UNDO):
            self.undo()
        elif _is_redo(event):
            self.redo()
        elif self.isReadOnly():
            super().keyPressEvent(event)
        else:
            with self.plain.typing():
                if not self.type_key(event):
                    super().keyPressEvent(event)

    def type_key(self, event: QKeyEvent) -> bool:
        """Does what a key means in this text; False leaves it to Qt."""
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().deletePreviousChar()  # Qt's own way first takes away a line's looks
            self.ensureCursorVisible()
            return True
        return False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        with self.plain.typing():
            super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A third press chooses the line without its end: what is typed over it does not join it to the next."""
        before = self.selection()
        super().mousePressEvent(event)
        is_extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._is_choosing_lines = self.textCursor().hasSelection() and self.selection() != before and not is_extending
        self._leave_line_end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._leave_line_end()
        self._is_choosing_lines = False

    def _leave_line_end(self) -> None:
        """Takes the end of the last line out of a selection of whole lines that was made with the mouse."""
        cursor = self.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        ends_after = self.document().findBlock(last).position() == last > first
        if not (self._is_choosing_lines and ends_after):
            return
        is_backwards = cursor.position() < cursor.anchor()
        cursor.setPosition(last - 1 if is_backwards else first)
        cursor.setPosition(first if is_backwards else last - 1, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def dropEvent(self, event: QDropEvent) -> None:
        """Words that are dragged inside the text are taken out and put in as one step."""
        with self.plain.whole_step():
            super().dropEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.open(event)

    def _go(self, position: int | None) -> None:
        if position is not None:
            cursor = QTextCursor(self.plain)
            cursor.setPosition(position)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _note_jump(self) -> None:
        if self.textCursor().position() != self.plain.edited_at:
            self.plain.close_step()
