"""Tab and Enter in a table: from cell to cell, a row more behind the last, and out of it from an empty one."""

from PySide6.QtGui import QTextBlock, QTextCursor

from ovn_desk.text import tables
from ovn_desk.text.offsets import from_utf16, to_utf16
from ovn_desk.ui.editor.plain import PlainEdit


def is_in_table(editor: PlainEdit) -> bool:
    """Whether Tab goes to a cell from where the cursor is: inside a row, or in the caption above a table."""
    block = editor.textCursor().block()
    if tables.is_caption(block.text()):
        return _table_below(block) is not None
    return _cell_of(editor.textCursor()) is not None


def go_to_next_cell(editor: PlainEdit, step: int) -> bool:
    """The next cell (1) or the one before (-1) is chosen; behind the last there is a new row. False outside a table."""
    cursor = editor.textCursor()
    block = cursor.block()
    if tables.is_caption(block.text()):
        head = _table_below(block)
        return head is not None and step > 0 and _choose(editor, head, 0)
    here = _cell_of(cursor)
    if here is None:
        return False
    number = here + step
    while not 0 <= number < len(tables.cells(block.text())):
        beside = _row_beside(block, step)
        if beside is None:
            return _add_row(editor, block, 0) if step > 0 else True
        block = beside
        number = 0 if step > 0 else len(tables.cells(block.text())) - 1
    return _choose(editor, block, number)


def go_to_cell_below(editor: PlainEdit) -> bool:
    """Enter: the cell below, a new row below the last one, and out of the table from a last row that is empty."""
    cursor = editor.textCursor()
    block, here = cursor.block(), _cell_of(cursor)
    if here is None:
        return False
    below = _row_beside(block, 1)
    if below is not None:
        return _choose(editor, below, min(here, len(tables.cells(below.text())) - 1))
    is_empty = not block.text().replace("|", "").strip()
    if not is_empty or tables.is_delimiter(block.previous().text()):
        return _add_row(editor, block, here)
    row = QTextCursor(block)
    row.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    row.insertText("\n")
    if row.block().next().text().strip():
        row.insertText("\n")
        row.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
    editor.setTextCursor(row)
    editor.ensureCursorVisible()
    return True


def _cell_of(cursor: QTextCursor) -> int | None:
    """The cell that the cursor is in; None outside tables, and where only bars are written so far."""
    block = cursor.block()
    line = block.text()
    if not tables.is_row(line) or tables.is_delimiter(line) or not _has_delimiter(block):
        return None
    return tables.cell_at(line, from_utf16(line, cursor.positionInBlock()))


def _has_delimiter(block: QTextBlock) -> bool:
    """Whether a row stands in a whole table: below its hyphens, or right above them."""
    if tables.is_delimiter(block.next().text()):
        return True
    above = block.previous()
    while above.isValid() and tables.is_row(above.text()):
        if tables.is_delimiter(above.text()):
            return True
        above = above.previous()
    return False


def _table_below(caption: QTextBlock) -> QTextBlock | None:
    """The head of the table that a caption stands above."""
    below = caption.next()
    while below.isValid() and not below.text().strip():
        below = below.next()
    return below if below.isValid() and tables.is_row(below.text()) and _has_delimiter(below) else None


def _row_beside(block: QTextBlock, step: int) -> QTextBlock | None:
    """The next row with cells, past the line of hyphens."""
    beside = block.next() if step > 0 else block.previous()
    if beside.isValid() and tables.is_delimiter(beside.text()):
        beside = beside.next() if step > 0 else beside.previous()
    return beside if beside.isValid() and tables.cells(beside.text()) else None


def _add_row(editor: PlainEdit, last: QTextBlock, number: int) -> bool:
    columns = len(tables.cells(last.text()))
    end = QTextCursor(last)
    end.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    below = last.next()
    if below.isValid() and tables.is_delimiter(below.text()):  # a head without a row
        end = QTextCursor(below)
        end.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    end.insertText(f"\n{tables.empty_row(columns)}")
    return _choose(editor, end.block(), number)


def _choose(editor: PlainEdit, row: QTextBlock, number: int) -> bool:
    """Chooses the words of a cell, so that typing replaces them; in an empty one the cursor stands."""
    line = row.text()
    start, end = tables.words_of_cell(line, number)
    cursor = QTextCursor(row)
    cursor.setPosition(row.position() + to_utf16(line, start))
    cursor.setPosition(row.position() + to_utf16(line, end), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
    return True
