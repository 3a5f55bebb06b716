"""The misspelt words of one widget, underlined where they are seen.

Extra selections and not the highlighter: those ask for no new layout, and follow the text by themselves.
"""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from ovn_desk.text.spelling import Word
from ovn_desk.ui.editor.field import Field
from ovn_desk.ui.editor.spelling_cache import SpellingCache
from ovn_desk.ui.editor.text import Editor
from ovn_desk.ui.widgets import theme

_SOON_MS = 40
_NEAR = 2_000  # letters above and below what is seen: a line may be longer than the window

Writing = Editor | Field


class Underlines(QObject):
    """Draws what is known; what a change made unknown stays as it was until it was looked at."""

    changed = Signal()

    def __init__(self, place: Writing, parent: QObject) -> None:
        super().__init__(parent)
        self.place = place
        self.is_on = True
        self._typed_at: int | None = None
        self._shown: list[QTextEdit.ExtraSelection] = []
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.show)
        self.checked = self._find_checked(place.document(), 0)
        place.cursorPositionChanged.connect(self._note_move)
        place.verticalScrollBar().valueChanged.connect(lambda _: self.show_soon())

    def follow(self, version: int) -> None:
        """The widget shows another document, or the word lists changed since its words were looked at."""
        self._typed_at = None
        was, self.checked = self.checked, self._find_checked(self.place.document(), version)
        if self.checked is not was:
            self._shown = []
        if self.checked.version != version:
            self.checked.version = version
            self.checked.forget()
        self.show_soon()

    def visible_lines(self) -> tuple[int, int]:
        """The first and the last line in the window."""
        first, last = self._edges()
        return first.blockNumber(), last.blockNumber()

    def show_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def stop(self) -> None:
        """Draws nothing any more, also when the widget scrolls while it goes."""
        self._soon.stop()
        self._soon.blockSignals(True)

    def show(self) -> None:
        """Underlines what is seen; draws nothing anew where nothing changed."""
        marks = [*self._known_marks(), *self._stale_marks()] if self.is_on else []
        if [_look(mark) for mark in marks] != [_look(mark) for mark in self._shown]:
            self._shown = marks
            self.place.mark("misspelt", marks)

    def word_at(self, cursor: QTextCursor) -> Word | None:
        """The misspelt word that is known of at a cursor."""
        place = cursor.positionInBlock()
        words = self.checked.words(cursor.blockNumber()) or ()
        return next((word for word in words if word.start <= place <= word.end), None)

    def cursor(self, line: int, word: Word) -> QTextCursor:
        """A cursor over a word of a line."""
        made = QTextCursor(self.place.document().findBlockByNumber(line))
        start = made.position()
        made.setPosition(start + word.start)
        made.setPosition(start + word.end, QTextCursor.MoveMode.KeepAnchor)
        return made

    def _find_checked(self, document: QTextDocument, version: int) -> SpellingCache:
        found = document.findChild(SpellingCache)
        if found is None:
            found = SpellingCache(document, version)
            found.changed.connect(self._note_change)
        return found

    def _note_change(self, end: int) -> None:
        self._typed_at = end
        self.changed.emit()

    def _note_move(self) -> None:
        """A word is underlined when its writer has left it, not before."""
        if self._typed_at is not None and self.place.textCursor().position() != self._typed_at:
            self._typed_at = None
            self.show_soon()

    def _edges(self) -> tuple[QTextCursor, QTextCursor]:
        room = self.place.viewport().rect()
        return self.place.cursorForPosition(QPoint(0, 0)), self.place.cursorForPosition(room.bottomRight())

    def _known_marks(self) -> Iterator[QTextEdit.ExtraSelection]:
        """Marks on the words that are known to be misspelt."""
        first, last = self._edges()
        near = range(first.position() - _NEAR, last.position() + _NEAR)
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        shape.setUnderlineColor(QColor(theme.colours().red))
        for line in range(first.blockNumber(), last.blockNumber() + 1):
            for word in self.checked.words(line) or ():
                cursor = self.cursor(line, word)
                if cursor.position() in near and not self._is_being_typed(cursor):
                    mark = QTextEdit.ExtraSelection()
                    mark.cursor, mark.format = cursor, shape
                    yield mark

    def _stale_marks(self) -> list[QTextEdit.ExtraSelection]:
        """Marks in lines that changed and were not looked at again yet: they must not flash."""
        return [
            mark
            for mark in self._shown
            if mark.cursor.document() is self.place.document()
            and mark.cursor.hasSelection()
            and self.checked.words(mark.cursor.blockNumber()) is None
        ]

    def _is_being_typed(self, word: QTextCursor) -> bool:
        """Whether the last thing done was typing in this word."""
        at = self.place.textCursor().position()
        return at == self._typed_at and self.place.hasFocus() and word.selectionStart() <= at <= word.selectionEnd()


def _look(mark: QTextEdit.ExtraSelection) -> tuple[int, int, str]:
    return mark.cursor.selectionStart(), mark.cursor.selectionEnd(), mark.format.underlineColor().name()
