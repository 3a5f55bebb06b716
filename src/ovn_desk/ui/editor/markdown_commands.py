"""Marks of Markdown put round words and before lines, and taken away again: each one step that can be undone."""

from PySide6.QtGui import QTextCursor

from ovn_desk.text.offsets import utf16_length
from ovn_desk.ui.editor.plain import PlainEdit

_QUOTATION = "> "  # goes on over empty lines, which have its mark, too
_ADDRESSES = ("https://", "http://")


def wrap(editor: PlainEdit, before: str, after: str) -> None:
    """Marks around the selection or the cursor; taken away where they are there already."""
    cursor = editor.textCursor()
    chosen = editor.selected_text()
    cursor.beginEditBlock()
    if chosen.startswith(before) and chosen.endswith(after) and len(chosen) >= len(before) + len(after):
        _replace(editor, cursor, chosen[len(before) : len(chosen) - len(after)])
    elif chosen and _stands_between(cursor, before, after):
        start, end = cursor.selectionStart() - utf16_length(before), cursor.selectionEnd() + utf16_length(after)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        _replace(editor, cursor, chosen)
    elif chosen:
        surround(editor, before, after)
    else:
        cursor.insertText(before + after)
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, n=utf16_length(after))
        editor.setTextCursor(cursor)
    cursor.endEditBlock()
    editor.setFocus()


def insert_link(editor: PlainEdit) -> None:
    """The selected words as a link, with its address chosen to be typed; an address that is selected gets its words."""
    cursor = editor.textCursor()
    chosen = editor.selected_text()
    start = cursor.selectionStart()
    is_address = chosen.startswith(_ADDRESSES) and not any(letter.isspace() for letter in chosen)
    words, address = ("", chosen) if is_address else (chosen, _ADDRESSES[0])
    cursor.insertText(f"[{words}]({address})")
    at = start + 1 + (utf16_length(words) + 2 if words else 0)
    cursor.setPosition(at)
    if words:
        cursor.setPosition(at + len(address), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.setFocus()


def surround(editor: PlainEdit, before: str, after: str) -> None:
    """Marks round the selection, which stays selected."""
    cursor = editor.textCursor()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    cursor.insertText(f"{before}{editor.selected_text()}{after}")
    cursor.setPosition(start + utf16_length(before))
    cursor.setPosition(end + utf16_length(before), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def prefix_lines(editor: PlainEdit, mark: str) -> None:
    """A mark at the start of each chosen line; taken away where all have it.

    Between paragraphs stays what parts them: an empty item there would make a heading of the line above.
    """
    cursor = editor.textCursor()
    document = editor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    lines = []
    while block.isValid() and block.position() <= last.position():
        lines.append(block)
        block = block.next()
    if mark != _QUOTATION and (written := [line for line in lines if line.text().strip()]):
        lines = written
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
    editor.setFocus()


def _replace(editor: PlainEdit, cursor: QTextCursor, text: str) -> None:
    start = cursor.selectionStart()
    cursor.insertText(text)
    cursor.setPosition(start)
    cursor.setPosition(start + utf16_length(text), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def _stands_between(cursor: QTextCursor, before: str, after: str) -> bool:
    around = QTextCursor(cursor)
    around.setPosition(cursor.selectionStart())
    around.movePosition(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor, len(before))
    is_before = around.selectedText() == before
    around.setPosition(cursor.selectionEnd())
    around.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, len(after))
    return is_before and around.selectedText() == after
