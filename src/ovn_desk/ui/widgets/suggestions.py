"""What a text offers while something is typed into it, as a short list that never has the keyboard itself."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QWidget


class Suggestions(QListWidget):
    """Up and Down choose, Enter, Tab or a click takes, Escape and leaving the text put it away."""

    taken = Signal()
    """The chosen one is wanted."""

    def __init__(self, text: QWidget, name: str, parent: QWidget | None = None) -> None:
        """`text` is what is typed into; `name` says for screen readers what is offered."""
        super().__init__(parent)
        self.setObjectName("completion")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.hide()
        self.itemClicked.connect(lambda _: self.taken.emit())
        text.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self.isHidden():
            return self._handle_key(event)
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list; with Ctrl or Alt held it never is."""
        keys, held = Qt.Key, event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held:
            return False
        if event.key() in {keys.Key_Down, keys.Key_Up}:
            step = 1 if event.key() == keys.Key_Down else -1
            self.setCurrentRow((self.currentRow() + step) % self.count())
        elif event.key() in {keys.Key_Return, keys.Key_Enter, keys.Key_Tab}:
            self.taken.emit()
        elif event.key() == keys.Key_Escape:
            self.hide()
        else:
            return False
        return True
