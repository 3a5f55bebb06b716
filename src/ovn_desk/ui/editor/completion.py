"""The sources of the article as one types `[@`: arrows choose, Enter or Tab takes, Escape leaves."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ovn_desk.domain.source import Source
from ovn_desk.text.offsets import from_utf16
from ovn_desk.ui.editor.text import Editor

_BEGUN = re.compile(r"\[(?:[^\[\]\n]*[\s(;])?-?@([A-Za-z0-9_-]*)$")
_MOST, _WIDTH = 8, 320
_KEY = Qt.ItemDataRole.UserRole


class Completion(QObject):
    """A small list at the cursor that never takes the keyboard from the editor."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.sources: Sequence[Source] = ()
        self.list = QListWidget(editor)
        self.list.setObjectName("completion")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Sources to cite"))
        self.list.hide()
        self.list.itemClicked.connect(lambda _: self._take())
        editor.textChanged.connect(self._look)
        editor.cursorPositionChanged.connect(self._look_on)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.list.isVisible() and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
                self._take()
                return True
            if key == Qt.Key.Key_Escape:
                self.list.hide()
                return True
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        """Opens the list where a citation has just been begun, and narrows it as the key is typed."""
        begun = self._typed_key()
        wanted = begun.casefold() if begun is not None else ""
        found = [s for s in self.sources if wanted in s.key.casefold() or wanted in s.label.casefold()][:_MOST]
        if begun is None or not found or self._editor.isReadOnly() or not self._editor.hasFocus():
            self.list.hide()
            return
        self.list.clear()
        for source in found:
            item = QListWidgetItem(f"@{source.key}   {source.label}")
            item.setData(_KEY, source.key)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        row = self.list.sizeHintForRow(0) or 24
        self.list.setFixedSize(_WIDTH, row * len(found) + 8)
        below = self._editor.viewport().mapTo(self._editor, self._editor.cursorRect().bottomLeft())
        room = self._editor.rect()
        below.setX(max(0, min(below.x(), room.width() - _WIDTH)))
        if below.y() + self.list.height() > room.height():
            below.setY(below.y() - self._editor.cursorRect().height() - self.list.height())
        self.list.move(below)
        self.list.show()
        self.list.raise_()

    def _look_on(self) -> None:
        if self.list.isVisible() and self._typed_key() is None:
            self.list.hide()

    def _typed_key(self) -> str | None:
        """The letters of the key that were typed so far; None where no citation is begun."""
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            return None
        line = cursor.block().text()
        match = _BEGUN.search(line[: from_utf16(line, cursor.positionInBlock())][-200:])
        return match[1] if match else None

    def _take(self) -> None:
        item = self.list.currentItem()
        begun = self._typed_key()
        self.list.hide()
        if item is None or begun is None:
            return
        cursor = self._editor.textCursor()
        line = cursor.block().text()
        is_closed = line.startswith("]", from_utf16(line, cursor.positionInBlock()))
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor, len(begun))
        cursor.insertText(f"{item.data(_KEY)}{'' if is_closed else ']'}")
        if is_closed:
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        self._editor.setTextCursor(cursor)
