"""Keys that do more than write their letter: in a list, quotation marks, marks round a selection."""

import sys
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor

from ovn_desk.text import keys
from ovn_desk.text.offsets import from_utf16, utf16_length
from ovn_desk.ui.editor import markdown_commands, table_keys
from ovn_desk.ui.editor.plain import PlainEdit

_IS_MAC = sys.platform == "darwin"  # where Qt itself goes by paragraphs, with Alt


def handle_key(editor: PlainEdit, event: QKeyEvent, *, is_quoting: bool) -> bool:
    """Does what the key means here; False leaves it to the editor."""
    key, text, is_shifted = event.key(), event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if held == Qt.KeyboardModifier.ControlModifier and key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not _IS_MAC:
        return _go_by_paragraph(editor, -1 if key == Qt.Key.Key_Up else 1, is_selecting=is_shifted)
    if held:
        return False
    if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return _leave_address(editor) or table_keys.go_to_cell_below(editor) or _enter(editor, is_break=is_shifted)
    if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
        step = -1 if is_shifted or key == Qt.Key.Key_Backtab else 1
        return table_keys.go_to_next_cell(editor, step) or _indent(editor, outwards=step < 0)
    if key == Qt.Key.Key_Backspace and not editor.textCursor().hasSelection():
        return _backspace(editor)
    if editor.textCursor().hasSelection() and _surround(editor, text):
        return True
    if text.strip() and text.isprintable():
        _part_from_picture(editor)
    return is_quoting and text in {'"', "'"} and _quote(editor, text)


def move_paragraph(editor: PlainEdit, step: int) -> None:
    """Takes the paragraph under the cursor past its neighbour, up (-1) or down (1), as one step that can be undone."""
    cursor = editor.textCursor()
    first, last = paragraph(cursor.block())
    near = _neighbour(first if step < 0 else last, step)
    if near is None:
        return
    other_first, other_last = paragraph(near)
    upper = (other_first, other_last) if step < 0 else (first, last)
    lower = (first, last) if step < 0 else (other_first, other_last)
    start, end = upper[0].position(), _end(lower[1])
    places = (start, _end(upper[1]), lower[0].position(), end)
    one, gap, two = (_text_between(editor, *pair) for pair in pairwise(places))
    inside, length = cursor.position() - first.position(), _end(upper[1]) - start
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(two + gap + one)
    cursor.setPosition((start if step < 0 else end - length) + inside)
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()


def insert_paragraph(editor: PlainEdit, text: str, place: QTextCursor) -> int:
    """Puts a paragraph of its own where a cursor is, as one step; it never tears another apart, but comes after it.

    Returns Qt's position of its end.
    """
    was_here = editor.textCursor().position() == place.position()
    block = place.block()
    cursor = QTextCursor(block)
    if not block.text().strip():
        above, below = block.previous(), block.next()
        before = "\n" if above.isValid() and above.text().strip() else ""
        after = "\n" if below.isValid() and below.text().strip() else ""
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f"{before}{text}{after}")
        end = cursor.position() - len(after)
    else:
        first, last = paragraph(block)
        is_before = place.position() == first.position()
        cursor.setPosition(first.position() if is_before else _end(last))
        cursor.insertText(f"{text}\n\n" if is_before else f"\n\n{text}")
        end = cursor.position() - (2 if is_before else 0)
    if was_here:
        cursor.setPosition(end)
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
    return end


def _end(block: QTextBlock) -> int:
    return block.position() + block.length() - 1


def _text_between(editor: PlainEdit, start: int, end: int) -> str:
    cursor = QTextCursor(editor.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n")


def paragraph(block: QTextBlock) -> tuple[QTextBlock, QTextBlock]:
    """The first and last line of the paragraph a line stands in."""
    first = last = block
    while first.text().strip() and first.previous().isValid() and first.previous().text().strip():
        first = first.previous()
    while last.text().strip() and last.next().isValid() and last.next().text().strip():
        last = last.next()
    return first, last


def _neighbour(block: QTextBlock, step: int) -> QTextBlock | None:
    near = block.previous() if step < 0 else block.next()
    while near.isValid() and not near.text().strip():
        near = near.previous() if step < 0 else near.next()
    return near if near.isValid() else None


def _leave_address(editor: PlainEdit) -> bool:
    """Enter in the address of a link says that it is all there: one goes on behind the link."""
    cursor = editor.textCursor()
    line = cursor.block().text()
    end = keys.end_of_link(line, from_utf16(line, cursor.positionInBlock()))
    if end is None:
        return False
    cursor.setPosition(cursor.block().position() + utf16_length(line[:end]))
    editor.setTextCursor(cursor)
    return True


def _enter(editor: PlainEdit, *, is_break: bool) -> bool:
    """A new line in the place of the selection; Qt's own way does nothing in an empty line that has a look."""
    cursor = editor.textCursor()
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    block = cursor.block()
    line = block.text()
    at = from_utf16(line, cursor.positionInBlock())
    if is_break:
        cursor.insertText(keys.line_break(line, at, above=_above(block)))
    else:
        meant = keys.enter_key(line, at, above=_above(block))
        if meant.since is not None:
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(meant.put)
        if meant.parts_below and cursor.block().next().text().strip():
            cursor.insertText("\n")
            cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
        _number_on(cursor)
    cursor.endEditBlock()
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
    return True


def _above(block: QTextBlock) -> list[str]:
    """The lines of a paragraph over a line, the nearest first."""
    lines = []
    block = block.previous()
    while block.isValid() and block.text().strip():
        lines.append(block.text())
        block = block.previous()
    return lines


def _go_by_paragraph(editor: PlainEdit, step: int, *, is_selecting: bool) -> bool:
    """To the start of this paragraph or the one before, or of the next, as word processors go."""
    cursor = editor.textCursor()
    block = cursor.block()
    first, last = paragraph(block)
    if step < 0 and block.text().strip() and cursor.position() != first.position():
        place = first.position()
    elif (near := _neighbour(first if step < 0 else last, step)) is not None:
        place = paragraph(near)[0].position()
    else:
        place = 0 if step < 0 else editor.document().characterCount() - 1
    mode = QTextCursor.MoveMode.KeepAnchor if is_selecting else QTextCursor.MoveMode.MoveAnchor
    cursor.setPosition(place, mode)
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
    return True


def _number_on(cursor: QTextCursor) -> None:
    """Numbers the items below the new one on from it."""
    block = cursor.block()
    if not keys.is_item(block.text()):
        return
    blocks = []
    while block.isValid() and block.text().strip():
        blocks.append(block)
        block = block.next()
    lines = [item.text() for item in blocks]
    for item, line, fresh in zip(blocks, lines, keys.renumber_items(lines), strict=True):
        if line != fresh:
            edit = QTextCursor(item)
            edit.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            edit.insertText(fresh)


def _indent(editor: PlainEdit, *, outwards: bool) -> bool:
    cursor = editor.textCursor()
    line = cursor.block().text()
    if not keys.is_item(line):
        return False
    edit = QTextCursor(cursor.block())
    if not outwards:
        edit.insertText(keys.INDENT)
        return True
    spaces = min(len(line) - len(line.lstrip(" ")), len(keys.INDENT))
    edit.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, spaces)
    edit.removeSelectedText()
    return True


def _backspace(editor: PlainEdit) -> bool:
    """Takes the mark of an item or quotation away whole: half a mark is no item and no text."""
    cursor = editor.textCursor()
    line = cursor.block().text()
    meant = keys.backspace(line, from_utf16(line, cursor.positionInBlock()))
    if meant is None:
        return False
    start = cursor.block().position()
    cursor.setPosition(start + meant[0])  # nothing but marks before it: letters are UTF-16 units here
    cursor.setPosition(start + meant[1], QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    return True


def _part_from_picture(editor: PlainEdit) -> None:
    """Leaves a picture its paragraph: what is about to be typed beside it begins another."""
    cursor = editor.textCursor()
    line = cursor.block().text()
    side = keys.side_of_picture(line, from_utf16(line, cursor.positionInBlock()))
    if side == 0 or cursor.hasSelection():
        return
    cursor.insertText("\n\n")
    if side < 0:
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, n=2)
    editor.setTextCursor(cursor)


def _surround(editor: PlainEdit, text: str) -> bool:
    around = keys.surrounding(text) if text else None
    if around is None:
        return False
    markdown_commands.surround(editor, *around)
    return True


def _quote(editor: PlainEdit, text: str) -> bool:
    """Writes the straight mark, then makes it typographic: one undo brings the straight one back."""
    cursor = editor.textCursor()
    start = QTextCursor(editor.document())
    start.setPosition(cursor.selectionStart())
    line = start.block().text()
    before = line[: from_utf16(line, start.positionInBlock())]
    if keys.is_code(before):
        return False
    cursor.insertText(text)
    cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(keys.quote(text, before, editor.language))
    editor.setTextCursor(cursor)
    editor.plain.close_step()
    return True
