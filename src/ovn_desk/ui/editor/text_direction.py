"""Paragraphs turned round by hand: with the Shift key of one side, by a mark that Unicode has for it."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor

from ovn_desk.text import direction
from ovn_desk.ui.editor.plain import PlainEdit

_LEFT_SHIFT, _RIGHT_SHIFT = {42, 50}, {54, 62}  # scan codes on Windows, and on X11 and Wayland
_MAC_SHIFTS = {56: "en", 60: "ur"}


class SideKeys:
    """Ctrl with the Shift key of one side and no other key: towards that side the paragraph lies, as on Windows."""

    def __init__(self) -> None:
        self._side = ""

    def press(self, event: QKeyEvent) -> None:
        """Notes a key that was pressed; any other key makes it an ordinary shortcut."""
        is_held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Shift and is_held:
            self._side = _side_of(event)
        elif event.key() != Qt.Key.Key_Control:
            self._side = ""

    def release(self, event: QKeyEvent) -> str:
        """The language whose direction was asked for; empty for none."""
        if event.key() not in {Qt.Key.Key_Shift, Qt.Key.Key_Control}:
            return ""
        side, self._side = self._side, ""
        return side


def _side_of(event: QKeyEvent) -> str:
    if sys.platform == "darwin":
        return _MAC_SHIFTS.get(event.nativeVirtualKey(), "")
    code = event.nativeScanCode()
    return "en" if code in _LEFT_SHIFT else "ur" if code in _RIGHT_SHIFT else ""


def turn_paragraphs(editor: PlainEdit, language: str) -> None:
    """Makes the chosen paragraphs lie as one in this language does, by Unicode's own marks; one undo step."""
    cursor, document = editor.textCursor(), editor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    edit = QTextCursor(cursor)
    edit.beginEditBlock()
    while block.isValid() and block.position() <= last.position():
        line = block.text()
        made = direction.mark_language(line, language, editor.language)
        if made != line:
            _change_start(block, line, made)
        block = block.next()
    edit.endEditBlock()


def _change_start(block: QTextBlock, line: str, made: str) -> None:
    """Only the letters that differ, so that cursors further on stay where they are; none is outside the BMP."""
    rest = next((n for n, (a, b) in enumerate(zip(reversed(line), reversed(made), strict=False)) if a != b), None)
    kept = min(len(line), len(made)) if rest is None else rest
    cursor = QTextCursor(block)
    length = len(line) - kept
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, length)
    cursor.insertText(made[: len(made) - kept])
