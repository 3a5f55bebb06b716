"""A field on a picture's card for what is missing there, written without opening the card."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget


@dataclass(frozen=True, slots=True)
class Typing:
    """What stood in a field that had the keyboard, and where the cursor was in it."""

    key: str
    name: str
    text: str
    cursor: int


class QuickField(QLineEdit):
    """Says what is written as it is; Enter goes on to the next field."""

    written = Signal(str, str, str)
    """The picture's key, the field's name, and the words."""

    def __init__(self, key: str, name: str, hint: str) -> None:
        super().__init__(placeholderText=hint)
        self.setObjectName(f"quick-{name}-{key}")
        self.setAccessibleName(hint)
        self.key, self.name = key, name
        self.textEdited.connect(lambda text: self.written.emit(self.key, self.name, text.strip()))
        self.returnPressed.connect(self.focusNextChild)

    @staticmethod
    def being_typed(cards: QWidget) -> Typing | None:
        """What somebody is writing in one of the fields, before the cards are drawn anew."""
        for field in cards.findChildren(QuickField):
            if field.hasFocus():
                return Typing(field.key, field.name, field.text(), field.cursorPosition())
        return None

    @staticmethod
    def go_on(cards: QWidget, typing: Typing) -> None:
        """The keyboard is in the same field of the new cards, with what was written there."""
        for field in cards.findChildren(QuickField, f"quick-{typing.name}-{typing.key}"):
            if field.isVisible():
                field.setText(typing.text)
                field.setCursorPosition(typing.cursor)
                field.setFocus()
