"""A field on a picture's card for what is missing there, written without opening the card."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget


@dataclass(frozen=True, slots=True)
class Typing:
    """What stood in a field that had the keyboard, and where the cursor was in it."""

    name: str
    text: str
    cursor: int


class QuickField(QLineEdit):
    """Says what was written when it is left, or Enter is pressed."""

    written = Signal(str, str, str)
    """The picture's key, the field's name, and the words."""

    def __init__(self, key: str, name: str, hint: str) -> None:
        super().__init__(placeholderText=hint)
        self.setObjectName(f"quick-{name}-{key}")
        self.setAccessibleName(hint)
        self._key, self._name, self._told = key, name, ""
        self.editingFinished.connect(self._tell)

    @staticmethod
    def being_typed(cards: QWidget) -> Typing | None:
        """What somebody is writing in one of the fields, before the cards are drawn anew; it is not told half."""
        for field in cards.findChildren(QuickField):
            if field.hasFocus():
                field.blockSignals(True)
                return Typing(field.objectName(), field.text(), field.cursorPosition())
        return None

    @staticmethod
    def go_on(cards: QWidget, typing: Typing) -> None:
        """The keyboard is in the same field of the new cards, with what was written there."""
        for field in cards.findChildren(QuickField, typing.name):
            if field.isVisible():
                field.setText(typing.text)
                field.setCursorPosition(typing.cursor)
                field.setFocus()

    def _tell(self) -> None:
        words = self.text().strip()
        if words and words != self._told:
            self._told = words
            self.written.emit(self._key, self._name, words)
