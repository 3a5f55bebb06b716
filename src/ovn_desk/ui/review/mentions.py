"""Colleagues' names as one types `@`: arrows choose, Enter or Tab takes, Escape leaves."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QListWidgetItem, QPlainTextEdit

from ovn_desk.ui.widgets.suggestions import Suggestions

_BEGUN = re.compile(r"(?<!\w)@([\w’'-]*(?: [\w’'-]*)?)$")
_MOST = 6
_NAME = Qt.ItemDataRole.UserRole


class Mentions(QObject):
    """A list that its owner puts below the box; it never takes the keyboard from it."""

    def __init__(self, box: QPlainTextEdit) -> None:
        super().__init__(box)
        self._box = box
        self.names: Sequence[str] = ()
        self._gave_space_at = -1
        """Where the space stands that came with a name; the one that is typed there next is the same."""
        self.list = Suggestions(box, self.tr("Colleagues to mention"))
        self.list.taken.connect(self.take)
        box.textChanged.connect(self._look)
        box.installEventFilter(self)

    def take(self) -> None:
        """Puts the chosen name in place of what was begun."""
        item, begun = self.list.currentItem(), self._begun_name()
        if item is None or begun is None:
            return
        cursor = self._box.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(begun) + 1)
        cursor.insertText(f"@{item.data(_NAME)} ")
        self._box.setTextCursor(cursor)
        self._gave_space_at = cursor.position()
        self.list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A space that is typed right behind the one that came with a name is that one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text():
            given, self._gave_space_at = self._gave_space_at, -1
            return event.text() == " " and self._box.textCursor().position() == given
        return super().eventFilter(watched, event)

    def _begun_name(self) -> str | None:
        """What was typed of a name at the cursor; None where none was begun."""
        cursor = self._box.textCursor()
        match = _BEGUN.search(cursor.block().text()[: cursor.positionInBlock()])
        return match[1] if match else None

    def _look(self) -> None:
        begun = self._begun_name()
        self.list.clear()
        found = [] if begun is None else [name for name in self.names if _begins(name, begun.casefold())][:_MOST]
        for name in found:
            row = QListWidgetItem(name)
            row.setData(_NAME, name)
            self.list.addItem(row)
        is_whole = len(found) == 1 and begun is not None and found[0].casefold() == begun.casefold()
        self.list.setVisible(bool(found) and not is_whole)
        self.list.setCurrentRow(0)
        if found:
            self.list.setFixedHeight(self.list.sizeHintForRow(0) * len(found) + 8)


def _begins(name: str, begun: str) -> bool:
    whole = name.casefold()
    return whole.startswith(begun) or any(word.startswith(begun) for word in whole.split())
