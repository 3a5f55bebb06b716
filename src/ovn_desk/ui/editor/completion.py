"""The sources of the article as one types `[@`: arrows choose, Enter or Tab takes, Escape leaves.

Below them stands a new source, so that whom a story rests on can be written down at the moment of citing them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem

from ovn_desk.domain.source import Source
from ovn_desk.domain.source_search import find_sources
from ovn_desk.ui.editor.citations import begun_key, insert_citation
from ovn_desk.ui.editor.text import Editor
from ovn_desk.ui.widgets.suggestions import Suggestions

_MOST, _WIDTH = 8, 320
_KEY = Qt.ItemDataRole.UserRole


class Completion(QObject):
    """A small list at the cursor that never takes the keyboard from the editor."""

    new_wanted = Signal(str)
    """A source that the article has not yet; what was typed of its key or name."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.sources: Sequence[Source] = ()
        self.list = Suggestions(editor, self.tr("Sources to cite"), editor)
        self.list.taken.connect(self._take)
        editor.textChanged.connect(self._look)
        editor.cursorPositionChanged.connect(self._look_on)

    def _look(self) -> None:
        """Opens the list where a citation has just been begun, and narrows it as the key is typed."""
        begun = begun_key(self._editor)
        if begun is None or self._editor.isReadOnly() or not self._editor.hasFocus():
            self.list.hide()
            return
        self.list.clear()
        for source in find_sources(self.sources, begun)[:_MOST]:
            item = QListWidgetItem(f"@{source.key}   {source.label}")
            item.setData(_KEY, source.key)
            self.list.addItem(item)
        self.list.addItem(self.tr("New source “{name}”…").format(name=begun) if begun else self.tr("New source…"))
        self.list.setCurrentRow(0)
        self._place()
        self.list.show()
        self.list.raise_()

    def _place(self) -> None:
        """Puts the list under the cursor, or over it where there is no room."""
        rows = self.list.count()
        width = min(_WIDTH, self._editor.width())
        self.list.setFixedSize(width, max(24, self.list.sizeHintForRow(0)) * rows + 8)
        below = self._editor.viewport().mapTo(self._editor, self._editor.cursorRect().bottomLeft())
        room = self._editor.rect()
        below.setX(max(0, min(below.x(), room.width() - width)))
        if below.y() + self.list.height() > room.height():
            below.setY(below.y() - self._editor.cursorRect().height() - self.list.height())
        self.list.move(below)

    def _look_on(self) -> None:
        if self.list.isVisible() and begun_key(self._editor) is None:
            self.list.hide()

    def _take(self) -> None:
        item, begun = self.list.currentItem(), begun_key(self._editor)
        self.list.hide()
        if item is None or begun is None:
            return
        if key := item.data(_KEY):
            insert_citation(self._editor, key)
        else:
            self.new_wanted.emit(begun)
