"""For those who write best with less to look at: one paragraph in ink, and the line being written in the middle."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from ovn_desk.ui.editor import typing
from ovn_desk.ui.editor.plain import PlainEdit
from ovn_desk.ui.widgets import theme


class FocusMode(QObject):
    """Follows the cursor of one editor.

    `is_focused` pales the other paragraphs, `is_typewriting` keeps the line being written where it is.
    """

    def __init__(self, editor: PlainEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.is_focused = False
        self.is_typewriting = False
        self._block = -1
        editor.cursorPositionChanged.connect(self._follow)

    def refresh(self) -> None:
        """After a switch was turned, or another text or other colours came."""
        self._block = -1
        if not self.is_focused:
            self._editor.mark("focus", [])
        self._follow()

    def _follow(self) -> None:
        if self.is_focused:
            self._pale_others()
        if self.is_typewriting and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            bar, middle = self._editor.verticalScrollBar(), self._editor.viewport().height() // 2
            bar.setValue(bar.value() + self._editor.cursorRect().center().y() - middle)

    def _pale_others(self) -> None:
        first, last = typing.paragraph(self._editor.textCursor().block())
        if first.position() == self._block:
            return
        self._block = first.position()
        end = self._editor.document().characterCount() - 1
        shape = QTextCharFormat()
        shape.setForeground(QColor(theme.colours().faint))
        shape.setBackground(QColor(theme.colours().sheet))
        marks = []
        for start, stop in ((0, first.position()), (last.position() + last.length() - 1, end)):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self._editor.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
            mark.format = shape
            marks.append(mark)
        self._editor.mark("focus", marks)
